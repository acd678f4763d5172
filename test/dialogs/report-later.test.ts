import { describe, test } from '@jest/globals';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  ASKED_WHEN,
  ASKED_WHERE,
  BEGUN,
  INTRO,
  MENU,
  prefaced,
  READ_BACK,
  recap,
  SENT,
  UNTIL_CONTACT,
  UNTIL_RECAP,
  UNTIL_WHAT,
  UNTIL_WHEN,
  UNTIL_WHERE,
} from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('half an hour of silence', () => {
  test('ends the walk; the draft waits, and that is said once', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', '31 minutes'],
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nOui. Il y a une permanence des délégués demain.",
      ],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'bof'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      MENU,
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
    ]));

  test('a story that took long to write is not lost', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', '45 minutes'],
      ['résident', "des jeunes ont cassé la porte de l'immeuble"],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['résident', 'en plus ils ont pris mon vélo'],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['résident', "Oui, c'est la suite"],
      ...ASKED_MORE,
    ]));

  test('unless it is about something else', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', '45 minutes'],
      ['résident', "des jeunes ont cassé la porte de l'immeuble"],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['résident', 'Non, autre chose'],
      ['robot', "D'accord. Votre signalement attend. Il sera effacé demain, mercredi 25 novembre à 10 h."],
      ['robot', 'Pour continuer, écrivez « reprendre ».'],
      ['boutons', 'Reprendre · Voir le menu'],
    ]));

  test('and asked for again after a restart', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', '45 minutes'],
      ['résident', "des jeunes ont cassé la porte de l'immeuble"],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['entre-temps', 'le serveur redémarre'],
      ['résident', "Oui, c'est la suite"],
      ['robot', "Excusez-moi, je n'ai plus votre message. Écrivez-le de nouveau."],
      ...ASKED_WHAT,
    ]));

  test('a button of the walk goes on with it', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['entre-temps', '31 minutes'],
      ['résident', 'Je préfère ne pas dire'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
    ]));

  test('nothing is sent before it is read back anew', () =>
    expectTranscript({}, [
      ...UNTIL_RECAP,
      ['entre-temps', '40 minutes'],
      ['résident', 'Envoyer'],
      ...READ_BACK,
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('before the yes, nothing waits', () =>
    expectTranscript({}, [
      ['résident', 'Signaler'],
      ...INTRO,
      ['entre-temps', '31 minutes'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Posez-moi votre question.'],
      MENU,
    ]));
});

describe('a day of silence', () => {
  test('the draft is erased, and that is said', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', '1441 minutes'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      [
        'robot',
        'Votre signalement commencé a été effacé : il a attendu trop longtemps.\nBonjour. Que voulez-vous savoir ?',
      ],
      MENU,
      ['résident', 'reprendre'],
      ['robot', 'Aucun signalement commencé ne vous attend.'],
      ['boutons', 'Faire un signalement · Voir le menu'],
    ]));

  test('a story begins another one', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', '1441 minutes'],
      ['résident', "des jeunes ont cassé la porte de l'immeuble"],
      ['robot', 'Votre signalement commencé a été effacé : il a attendu trop longtemps.'],
      ['robot', "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114."],
      [
        'robot',
        "Votre message n'est pas encore gardé. Seuls les délégués pourront le lire. Votre nom n'est pas obligatoire.\nLa loi oblige à transmettre certains faits graves au procureur. Accuser quelqu'un en sachant que c'est faux est puni par la loi.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
      ['résident', 'oui'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Faits : des jeunes ont cassé la porte de l'immeuble",
      ],
      ...ASKED_WHERE,
    ]));

  test('after the menu', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'Voir le menu'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?",
      ],
      MENU,
      ['entre-temps', '1441 minutes'],
      ['résident', 'Signaler'],
      ...INTRO,
    ]));
});

describe('a restart of the server', () => {
  test('what was answered before can be replaced, and not read', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', 'le serveur redémarre'],
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...recap(
        'Sujet : déjà scellé',
        'Lieu : déjà scellé',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
      ['résident', 'Modifier'],
      ['robot', 'Que voulez-vous modifier ?'],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', 'Le lieu'],
      ...ASKED_WHERE,
      ['résident', 'rue de Savoie'],
      ...recap(
        'Sujet : déjà scellé',
        'Lieu : rue de Savoie',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
      ['résident', 'Envoyer'],
      ...SENT,
    ]));
});

describe('a restart between a first name and a number', () => {
  test('both are asked for again: the name can be read by nobody here', () =>
    expectTranscript({}, [
      ...UNTIL_CONTACT,
      ['résident', 'Marie'],
      [
        'robot',
        "Étape 6 sur 7. Ajoutez un numéro ou un e-mail, pour qu'un délégué puisse vous joindre. Vous pouvez passer.",
      ],
      ['boutons', 'Passer · Retour'],
      ['entre-temps', 'le serveur redémarre'],
      ['résident', '06 12 34 56 78'],
      ['robot', 'Étape 6 sur 7. Écrivez un prénom, avec un numéro ou un e-mail. Ou touchez « Rester anonyme ».'],
      ['boutons', 'Rester anonyme · Retour'],
      ['résident', 'Marie 06 12 34 56 78 après 18h'],
      ...recap(
        'Sujet : déjà scellé',
        'Lieu : déjà scellé',
        'Quand : déjà scellé',
        'Faits : déjà scellé',
        'En plus : déjà scellé',
        'Contact : Marie, 06 12 34 56 78 (« Marie 06 12 34 56 78 après 18h »)',
      ),
      ['résident', 'Modifier'],
      ['robot', 'Que voulez-vous modifier ?'],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', 'Le contact'],
      ...ASKED_CONTACT,
      ['résident', 'marie@exemple.fr'],
      ...recap(
        'Sujet : déjà scellé',
        'Lieu : déjà scellé',
        'Quand : déjà scellé',
        'Faits : déjà scellé',
        'En plus : déjà scellé',
        'Contact : marie@exemple.fr',
      ),
    ]));
});

describe('a delegate who spoke in between', () => {
  test('the question is asked anew, and no story is lost', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['entre-temps', '2 minutes'],
      ['entre-temps', 'un délégué parle'],
      ['entre-temps', '2 minutes'],
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Merci à vous.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Cassin'],
      ...ASKED_WHEN,
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
      ['entre-temps', '2 minutes'],
      ['entre-temps', 'un délégué parle'],
      ['résident', 'ils crient tous les soirs sous ma fenêtre'],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['résident', 'oui'],
      ...ASKED_MORE,
    ]));

  test('an answer in a word is asked for again', () =>
    expectTranscript({}, [
      ...BEGUN,
      ['entre-temps', '2 minutes'],
      ['entre-temps', 'un délégué parle'],
      ['résident', 'Bruit, nuisances'],
      ...prefaced('Reprenons votre signalement.', ASKED_CATEGORY),
    ]));

  test('a delegate who took the conversation and gave it back: the draft waits, and that is said once', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'merci', 'smalltalk.thanks'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nAvec plaisir.",
      ],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Je vous écoute.'],
      MENU,
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
    ]));

  test('who comes back for the report is asked at once', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
    ]));

  test('and may tell more of it', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'ils ont encore crié hier sous ma fenêtre', 'report.start'],
      ['robot', 'Vous avez déjà un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', "Voulez-vous le reprendre et y ajouter ce message ? Votre message n'est pas encore gardé."],
      ['boutons', 'Reprendre · Tout recommencer · Non, autre chose'],
      ['résident', 'Reprendre'],
      [
        'robot',
        "J'ai repris votre message :\n• Quand : lundi 23 novembre\n• Faits : ils ont encore crié hier sous ma fenêtre",
      ],
      ...prefaced('Reprenons votre signalement.', ASKED_MORE),
    ]));
});
