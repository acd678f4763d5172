import { describe, test } from '@jest/globals';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  ASKED_WHEN,
  ASKED_WHERE,
  BEGUN,
  HINT,
  INTRO,
  MENU,
  prefaced,
  READ_BACK,
  SENT,
  UNTIL_WHEN,
  UNTIL_WHERE,
} from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a question in the middle', () => {
  test('is answered, and the question asked anew', () =>
    expectTranscript({}, [
      ['résident', 'Signaler'],
      ...INTRO,
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
      ['résident', 'Commencer'],
      HINT,
      ...ASKED_CATEGORY,
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ...prefaced('Reprenons votre signalement.', ASKED_CATEGORY),
      ['résident', 'Bruit, nuisances'],
      ...ASKED_WHERE,
      ['résident', 'qui lit', 'privacy.confidentiality'],
      ['robot', "Seuls les délégués peuvent ouvrir votre signalement. Votre nom n'est pas obligatoire."],
      [
        'robot',
        "Le secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      [
        'robot',
        "Un signalement pas envoyé est effacé 24 heures après votre dernière réponse. Un signalement envoyé est effacé 90 jours après que les délégués l'ont clos.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Cassin'],
      ...ASKED_WHEN,
      ['résident', "c'est ouvert quand ?", { intent: 'permanence.hours' }],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHAT),
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'merci beaucoup à vous', 'smalltalk.thanks'],
      ['robot', 'Merci à vous.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      ...prefaced('Reprenons votre signalement.', ASKED_CONTACT),
      ['résident', 'non'],
      ...READ_BACK,
      ['résident', 'vous gardez ça combien de temps ?', 'privacy.confidentiality'],
      ['robot', "Seuls les délégués peuvent ouvrir votre signalement. Votre nom n'est pas obligatoire."],
      [
        'robot',
        "Le secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      [
        'robot',
        "Un signalement pas envoyé est effacé 24 heures après votre dernière réponse. Un signalement envoyé est effacé 90 jours après que les délégués l'ont clos.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ...READ_BACK,
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('that asks something itself', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', "c'est quoi le mail de la police ?", 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Pontarlier'],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Cassin'],
      ...ASKED_WHEN,
    ]));

  test('a story that resembles one is an answer', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'rue Picasso', 'permanence.location'],
      ...ASKED_WHEN,
      ['résident', 'mercredi soir', { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "J'ai noté : mercredi 18 novembre, le soir."],
      ...ASKED_WHAT,
      ['résident', "un délégué m'a déjà dit que vous étiez ouverts le mercredi", 'permanence.hours'],
      ...ASKED_MORE,
      ['résident', "mon mari ne sait pas que j'écris", 'privacy.confidentiality'],
      ...ASKED_CONTACT,
    ]));
});

describe('the report is left', () => {
  test('for a delegate, the menu, a call-back: the draft waits', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'je veux parler à un délégué', 'handoff.request'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nUn délégué est connecté. Je l'ai prévenu.",
      ],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'Ne plus attendre'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Voir le menu'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?",
      ],
      MENU,
      ['résident', 'Signaler'],
      ['robot', 'Vous avez un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', 'Voulez-vous le reprendre ?'],
      ['boutons', 'Reprendre · Tout recommencer'],
      ['résident', 'Reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Être rappelé'],
      [
        'robot',
        "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h. Pour continuer, écrivez « reprendre ».\nUn délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses.",
      ],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'annuler'],
      ['robot', "D'accord, j'arrête là."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
      ['résident', 'Annuler'],
      ['robot', 'Vous avez un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', 'Voulez-vous le reprendre ?'],
      ['boutons', 'Reprendre · Tout recommencer'],
      ['résident', 'Tout recommencer'],
      HINT,
      ...ASKED_CATEGORY,
    ]));

  test('for its deletion', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', 'Effacer mes messages'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'Oui, tout effacer'],
      [
        'robot',
        "C'est fait. La conversation est effacée : 16 messages, les vôtres et les miens. Le signalement pas encore envoyé est effacé aussi.",
      ],
      [
        'robot',
        "Un signalement déjà envoyé reste chez les délégués, et vous n'êtes plus prévenu ici de leurs réponses. Gardez votre code pour les lire. La page « Confidentialité » dit comment le faire effacer.",
      ],
      ['boutons', 'Voir le menu'],
      ['résident', 'reprendre'],
      ['robot', 'Aucun signalement commencé ne vous attend.'],
      ['boutons', 'Faire un signalement · Voir le menu'],
    ]));

  test('and kept when nothing is deleted', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', 'Effacer mes messages'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'Non, tout garder'],
      ['robot', "D'accord. Je n'ai rien effacé."],
      ['boutons', 'Qui lit mes messages ? · Voir le menu · Parler à un délégué'],
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
    ]));
});

describe('another language', () => {
  test('is told so at a question with buttons, and is an answer at the others', () =>
    expectTranscript({}, [
      ...BEGUN,
      ['résident', 'where is the police station please', { language: 'en' }],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
      ...prefaced('Reprenons votre signalement.', ASKED_CATEGORY),
      ['résident', 'Trafic de drogue'],
      ...ASKED_WHERE,
      ['résident', 'in front of the school', { language: 'en' }],
      ...ASKED_WHEN,
      ['résident', 'every evening', { language: 'en' }],
      ['robot', "Je n'ai pas reconnu de date. Je garde vos mots."],
      ...ASKED_WHAT,
      ['résident', 'they sell drugs to children', { language: 'en' }],
      ...ASKED_MORE,
    ]));
});
