import { describe, test } from '@jest/globals';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHEN,
  ASKED_WHERE,
  BEGUN,
  INTRO,
  MENU,
  OFFER,
  prefaced,
  recap,
  UNTIL_WHEN,
} from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a first message that tells the story', () => {
  test('begins the report, and fills it in', () =>
    expectTranscript({}, [
      ['résident', 'y a des rodéos tous les soirs rue de Picardie', 'report.start'],
      ...OFFER,
      ['résident', 'Commencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Rodéos, circulation\n• Lieu : rue de Picardie\n• Quand : tous les soirs\n• Faits : y a des rodéos tous les soirs rue de Picardie",
      ],
      ...ASKED_MORE,
      ['résident', "Non, c'est tout"],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...recap(
        'Sujet : Rodéos, circulation',
        'Lieu : rue de Picardie',
        'Quand : tous les soirs',
        'Faits : y a des rodéos tous les soirs rue de Picardie',
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
    ]));

  test('is kept nowhere when nothing is to be sent', () =>
    expectTranscript({}, [
      ['résident', 'y a des rodéos tous les soirs rue de Picardie', 'report.start'],
      ...OFFER,
      ['résident', 'Non merci'],
      ['robot', "D'accord. Je n'ai rien gardé."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
      ...BEGUN,
    ]));

  test('goes on before the yes', () =>
    expectTranscript({}, [
      ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
      ...OFFER,
      ['résident', 'et ils menacent les gens qui passent'],
      ['robot', 'Voulez-vous commencer le signalement ?'],
      ['boutons', 'Commencer · Non merci'],
      ['résident', "c'est anonyme ?", 'privacy.confidentiality'],
      ['robot', "Seuls les délégués peuvent ouvrir votre signalement. Votre nom n'est pas obligatoire."],
      [
        'robot',
        "Le secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      [
        'robot',
        "Un signalement pas envoyé est effacé 24 heures après votre dernière réponse. Un signalement envoyé est effacé 90 jours après que les délégués l'ont clos.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ['robot', 'Reprenons votre signalement.\nVoulez-vous commencer le signalement ?'],
      ['boutons', 'Commencer · Non merci'],
      ['résident', 'oui'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Faits : des jeunes cassent les boîtes aux lettres\net ils menacent les gens qui passent",
      ],
      ...ASKED_WHERE,
    ]));

  test('waits while something else is asked', () =>
    expectTranscript({}, [
      ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
      ...OFFER,
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'Signaler'],
      ...OFFER,
      ['résident', 'Commencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Faits : des jeunes cassent les boîtes aux lettres",
      ],
      ...ASKED_WHERE,
    ]));

  test('is asked for again after a restart', () =>
    expectTranscript({}, [
      ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
      ...OFFER,
      ['entre-temps', 'le serveur redémarre'],
      ['résident', 'Commencer'],
      ['robot', "Excusez-moi, je n'ai plus votre message. Écrivez-le de nouveau."],
      ...ASKED_CATEGORY,
    ]));

  test('may be meant as a complaint', () =>
    expectTranscript({}, [
      ['résident', "on m'a cassé ma vitre hier soir", { between: ['report.start', 'complaint.file'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Faire un signalement · Porter plainte · Autre chose'],
      ['résident', 'Faire un signalement'],
      ...OFFER,
      ['résident', 'Commencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Quand : lundi 23 novembre, le soir\n• Faits : on m'a cassé ma vitre hier soir",
      ],
      ...ASKED_WHERE,
    ]));

  test('beside a question', () =>
    expectTranscript({}, [
      ['résident', "c'est ouvert quand et je veux signaler du bruit", { both: ['permanence.hours', 'report.start'] }],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      [
        'robot',
        "Voulez-vous en faire un signalement pour les délégués de la police ? Ce signalement n'est pas une plainte.",
      ],
      [
        'robot',
        "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114. Votre message n'est pas encore gardé. Seuls les délégués pourront le lire. Votre nom n'est pas obligatoire.\nLa loi oblige à transmettre certains faits graves au procureur. Accuser quelqu'un en sachant que c'est faux est puni par la loi.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
      ['résident', 'Commencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Bruit, nuisances\n• Faits : c'est ouvert quand et je veux signaler du bruit",
      ],
      ...ASKED_WHERE,
    ]));

  test('in place of the category', () =>
    expectTranscript({}, [
      ...BEGUN,
      ['résident', 'hier soir ils ont brûlé des poubelles place Cassin', 'report.start'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Lieu : place Cassin\n• Quand : lundi 23 novembre, le soir\n• Faits : hier soir ils ont brûlé des poubelles place Cassin",
      ],
      ...ASKED_MORE,
    ]));

  test('is for the delegate who is waited for', () =>
    expectTranscript({ status: 'waiting' }, [
      ['résident', 'des jeunes cassent les boîtes aux lettres le soir', 'report.start'],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'Signaler'],
      ...INTRO,
    ]));

  test('a request alone is none', () =>
    expectTranscript({}, [
      ['résident', 'je veux signaler des nuisances', 'report.start'],
      ...INTRO,
      ['résident', 'oui'],
      ['robot', "J'ai repris votre message :\n• Sujet : Bruit, nuisances"],
      ...ASKED_WHERE,
    ]));
});

describe('a story while a draft waits', () => {
  test('goes with the draft', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', 'Voir le menu'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?",
      ],
      MENU,
      ['résident', 'des jeunes cassent les boîtes aux lettres le soir', 'report.start'],
      ['robot', 'Vous avez déjà un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', "Voulez-vous le reprendre et y ajouter ce message ? Votre message n'est pas encore gardé."],
      ['boutons', 'Reprendre · Tout recommencer · Non, autre chose'],
      ['résident', 'Reprendre'],
      [
        'robot',
        "J'ai repris votre message :\n• Quand : le soir\n• Faits : des jeunes cassent les boîtes aux lettres le soir",
      ],
      ...prefaced('Reprenons votre signalement.', ASKED_MORE),
    ]));

  test('begins another one', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', 'Voir le menu'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?",
      ],
      MENU,
      ['résident', 'des jeunes cassent les boîtes aux lettres le soir', 'report.start'],
      ['robot', 'Vous avez déjà un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', "Voulez-vous le reprendre et y ajouter ce message ? Votre message n'est pas encore gardé."],
      ['boutons', 'Reprendre · Tout recommencer · Non, autre chose'],
      ['résident', 'Tout recommencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Quand : le soir\n• Faits : des jeunes cassent les boîtes aux lettres le soir",
      ],
      ...ASKED_WHERE,
    ]));

  test('or neither', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', 'Voir le menu'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?",
      ],
      MENU,
      ['résident', 'des jeunes cassent les boîtes aux lettres le soir', 'report.start'],
      ['robot', 'Vous avez déjà un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', "Voulez-vous le reprendre et y ajouter ce message ? Votre message n'est pas encore gardé."],
      ['boutons', 'Reprendre · Tout recommencer · Non, autre chose'],
      ['résident', 'Non, autre chose'],
      ['robot', "D'accord. Votre signalement attend. Il sera effacé demain, mercredi 25 novembre à 10 h."],
      ['robot', 'Pour continuer, écrivez « reprendre ».'],
      ['boutons', 'Reprendre · Voir le menu'],
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
    ]));
});
