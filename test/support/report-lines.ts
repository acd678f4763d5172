import type { Line } from './transcript.js';

/** What is said in many transcripts about reports. */

const NOT_FOR_EMERGENCIES: Line = [
  'robot',
  "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114.",
];
const WHO_READS =
  "Votre nom n'est pas obligatoire.\nLa loi oblige à transmettre certains faits graves au procureur. Accuser quelqu'un en sachant que c'est faux est puni par la loi.\nLe serveur scelle chaque réponse dès qu'il la reçoit.";

/** After « Signaler », without its buttons. */
export const INTRODUCED: readonly Line[] = [
  ['robot', "Vous pouvez signaler un problème aux délégués de la police. Ce signalement n'est pas une plainte."],
  NOT_FOR_EMERGENCIES,
  ['robot', `Seuls les délégués peuvent le lire. ${WHO_READS}`],
];
export const INTRO: readonly Line[] = [...INTRODUCED, ['boutons', 'Commencer · Non merci · Qui lit mes messages ?']];

/** After a message that tells a story, without its buttons. */
export const OFFERED: readonly Line[] = [
  [
    'robot',
    "Voulez-vous en faire un signalement pour les délégués de la police ? Ce signalement n'est pas une plainte.",
  ],
  NOT_FOR_EMERGENCIES,
  ['robot', `Votre message n'est pas encore gardé. Seuls les délégués pourront le lire. ${WHO_READS}`],
];
export const OFFER: readonly Line[] = [...OFFERED, ['boutons', 'Commencer · Non merci · Qui lit mes messages ?']];

export const HINT: Line = ['robot', "J'ai six questions. Vous pouvez toujours écrire « retour » ou « annuler »."];

export const ASKED_CATEGORY: readonly Line[] = [
  ['robot', 'Étape 1 sur 7. Quel est le sujet ?'],
  [
    'boutons',
    'Bruit, nuisances · Rodéos, circulation · Trafic de drogue · Incivilités, dégâts · Peur, insécurité · Relations avec la police · Un autre sujet',
  ],
];
export const ASKED_WHERE: readonly Line[] = [
  ['robot', 'Étape 2 sur 7. Où est-ce ? Écrivez une rue, un immeuble ou un lieu.'],
  ['boutons', 'Époisses · Cassin · Île-de-France · Je préfère ne pas dire · Retour'],
];
export const ASKED_WHEN: readonly Line[] = [
  ['robot', "Étape 3 sur 7. C'était quand ? Par exemple : « hier soir vers 22 h », ou « tous les soirs »."],
  ['boutons', 'Je ne sais pas · Retour'],
];
export const ASKED_WHAT: readonly Line[] = [
  ['robot', "Étape 4 sur 7. Que s'est-il passé ? Racontez avec vos mots."],
  ['robot', "N'écrivez rien sur la santé, la religion, les opinions ou l'origine de quelqu'un."],
  ['boutons', 'Retour · Annuler'],
];
export const ASKED_MORE: readonly Line[] = [
  [
    'robot',
    'Étape 5 sur 7. Voulez-vous ajouter quelque chose ? Par exemple, ce que la police doit savoir avant : un chien, une arme, des enfants.',
  ],
  ['boutons', "Non, c'est tout · Retour"],
];
export const ASKED_CONTACT: readonly Line[] = [
  ['robot', "Étape 6 sur 7. Voulez-vous laisser un contact ? Ce n'est pas obligatoire."],
  ['robot', 'Écrivez votre prénom, avec un numéro ou un e-mail. Sans contact, vous lirez la réponse ici avec un code.'],
  ['boutons', 'Rester anonyme · Retour'],
];

/** All of it read back; the items are given without their bullets. */
export function recap(...items: readonly string[]): readonly Line[] {
  return [
    ['robot', `Étape 7 sur 7. Voici votre signalement :\n${items.map((item) => `• ${item}`).join('\n')}`],
    ['robot', "Accuser quelqu'un en sachant que c'est faux est puni par la loi."],
    ['robot', "Voulez-vous l'envoyer ?"],
    ['boutons', 'Envoyer · Modifier · Annuler'],
  ];
}

export const ASKED_CODE: readonly Line[] = [
  ['robot', 'Écrivez votre code de suivi. Il a 21 lettres ou chiffres, par groupes. Les tirets ne comptent pas.'],
  ['boutons', "Je n'ai plus le code · Annuler"],
];

/** The same lines with other words before the first bubble. */
export function prefaced(preface: string, [first, ...rest]: readonly Line[]): readonly Line[] {
  return first ? [['robot', `${preface}\n${first[1]}`], ...rest] : [];
}

/** A report from its beginning on. */
export const BEGUN: readonly Line[] = [
  ['résident', 'Signaler'],
  ...INTRO,
  ['résident', 'Commencer'],
  HINT,
  ...ASKED_CATEGORY,
];
export const UNTIL_WHERE: readonly Line[] = [...BEGUN, ['résident', 'Bruit, nuisances'], ...ASKED_WHERE];
export const UNTIL_WHEN: readonly Line[] = [...UNTIL_WHERE, ['résident', 'Cassin'], ...ASKED_WHEN];
/** Said on Tuesday 24 November 2026. */
export const UNTIL_WHAT: readonly Line[] = [
  ...UNTIL_WHEN,
  ['résident', 'hier'],
  ['robot', "J'ai noté : lundi 23 novembre."],
  ...ASKED_WHAT,
];
export const UNTIL_CONTACT: readonly Line[] = [
  ...UNTIL_WHAT,
  ['résident', 'ils crient sous ma fenêtre'],
  ...ASKED_MORE,
  ['résident', 'non'],
  ...ASKED_CONTACT,
];
export const READ_BACK: readonly Line[] = recap(
  'Sujet : Bruit, nuisances',
  'Lieu : Cassin',
  'Quand : lundi 23 novembre (« hier »)',
  'Faits : ils crient sous ma fenêtre',
  'En plus : pas de réponse',
  'Contact : anonyme',
);
export const UNTIL_RECAP: readonly Line[] = [...UNTIL_CONTACT, ['résident', 'non'], ...READ_BACK];
/** After « Envoyer ». */
export const SENT: readonly Line[] = [
  [
    'robot',
    "C'est envoyé aux délégués. Voici votre code de suivi. Notez-le : il ne sera plus affiché ensuite.\nABCDE-01234-FGHJK-MNPQR-B",
  ],
  ['robot', 'Sans ce code, vous ne pourrez pas lire la réponse.'],
  [
    'robot',
    "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114. Je peux vous prévenir ici d'une réponse : cela lie cette conversation au signalement.",
  ],
  ['boutons', 'Être prévenu ici · Voir le menu'],
];
export const MENU: Line = ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'];

export const UNTIL_SENT: readonly Line[] = [...UNTIL_RECAP, ['résident', 'Envoyer'], ...SENT];
/** What its code shows of a report that nobody has answered. */
export const FOLLOW_UP: readonly Line[] = [
  ['robot', "Les délégués ont reçu votre signalement le mardi 24 novembre.\nIl n'y a pas encore de réponse."],
  ['robot', 'Que voulez-vous faire ? Être prévenu ici lie cette conversation au signalement.'],
  ['boutons', 'Ajouter une information · Être prévenu ici · Terminé'],
];
export const UNTIL_SHOWN: readonly Line[] = [
  ...UNTIL_SENT,
  ['résident', 'Suivre un signalement'],
  ...ASKED_CODE,
  ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
  ...FOLLOW_UP,
];
export const NEXT: Line = ['boutons', 'Ajouter une information · Être prévenu ici · Terminé'];
