import type { ReportCategory, ReportStep } from '../../domain/report-answers.js';
import type { OpeningFault } from './reports/opening.js';
import type { ReportFilter } from './reports/order.js';

type SentStatus = 'received' | 'in-progress' | 'forwarded' | 'closed';

export const CATEGORIES: Readonly<Record<ReportCategory, string>> = {
  noise: 'Nuisances, bruit',
  traffic: 'Rodéos, circulation',
  dealing: 'Trafic de drogue',
  damage: 'Incivilités, dégradations',
  unsafe: 'Sentiment d’insécurité',
  police: 'Relations avec la police',
  other: 'Autre sujet',
};

export const STATUSES: Readonly<Record<SentStatus, string>> = {
  received: 'Reçu',
  'in-progress': 'En cours',
  forwarded: 'Transmis',
  closed: 'Clos',
};

/** Of a question that was passed over. */
export const NOT_SAID = 'Non précisé';

export const REPORTS = {
  intro: 'Ils sont scellés. Ils s’ouvrent ici, sur votre appareil, et nulle part ailleurs.',
  loading: 'Lecture des signalements…',
  opening: (done: number, total: number) => `Ouverture des signalements : ${done} sur ${total}`,
  opened: 'Les signalements sont ouverts.',
  filter: 'Montrer',
  filters: { unread: 'À lire', current: 'En cours', closed: 'Clos' } satisfies Record<ReportFilter, string>,
  count: (count: number) => (count === 1 ? '1 signalement' : `${count} signalements`),
  empty: {
    unread: 'Tout est lu.',
    current: 'Aucun signalement en cours.',
    closed: 'Aucun signalement clos.',
  } satisfies Record<ReportFilter, string>,
  emptyHint: 'Dès qu’un résident envoie un signalement, il apparaît ici.',
  more: 'Voir les précédents',
  end: 'Il n’y en a pas d’autres.',
  figures: 'Chiffres',
  access: 'Qui peut lire',
  notOpened: 'Signalement fermé',
  openingOne: 'Ouverture…',
  receivedOn: (moment: string) => `Reçu ${moment}`,
  waits: (duration: string) => `Attend depuis ${duration}`,
  waitsTooLong: (duration: string) => `Attend depuis ${duration} : trop longtemps`,
  toRead: 'À lire',
  isNew: 'Nouveau pour vous',
  mine: 'Vous vous en occupez',
  held: (name: string) => `${name} s’en occupe`,
  nobody: 'Personne ne s’en occupe',
  where: 'Où',
  when: 'Quand',
} as const;

/** Why something stays closed, and what to do. */
export const FAULTS: Readonly<Record<OpeningFault, string>> = {
  'no-key': 'Vous n’avez pas encore la clé de ce passage : demandez l’accès à un collègue.',
  lost: 'Plus personne dans l’équipe n’a la clé. Ce passage ne peut plus être lu.',
  'broken-key': 'La clé que vous avez reçue ne l’ouvre pas. Prévenez la personne qui s’occupe du serveur.',
  altered: 'Ce passage a été modifié après avoir été scellé. Il ne s’ouvre plus.',
};
export const ASK_ACCESS = 'Demander l’accès';

export const STEPS: Readonly<Record<ReportStep, string>> = {
  category: 'De quoi s’agit-il ?',
  where: 'Où ?',
  when: 'Quand ?',
  what: 'Que s’est-il passé ?',
  more: 'Ce qu’il faut savoir avant d’agir',
  contact: 'Comment joindre l’auteur ?',
};

/** How answers are read. */
export const ANSWERS = {
  position: ({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) =>
    `Position partagée : ${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
  map: 'Voir sur la carte (OpenStreetMap)',
  recurring: 'Cela se répète.',
  typed: (text: string) => `Ses mots : « ${text} »`,
  anonymous: 'Anonyme : par le code de suivi seulement.',
  firstName: (name: string) => `Prénom : ${name}`,
  phone: (phone: string) => `Téléphone : ${phone}`,
  email: (email: string) => `E-mail : ${email}`,
} as const;

/** What was said since the report was sent, on the screen and on paper. */
export const ITEMS = {
  unknownDelegate: 'Un délégué',
  author: 'L’auteur du signalement',
  titles: {
    addition: (_: string, moment: string) => `L’auteur a ajouté, ${moment}`,
    reply: (name: string, moment: string) => `Réponse de ${name}, ${moment}`,
    note: (name: string, moment: string) => `Note privée de ${name}, ${moment}`,
    status: (name: string, moment: string) => `${name} a changé l’état, ${moment}`,
  },
  statusNow: (status: string) => `État : ${status}`,
  sentence: 'À l’auteur :',
  private: 'Note privée : seuls les délégués la lisent.',
  missing: (count: number) =>
    count === 1 ? 'Un passage manque ici. Il a été retiré.' : `${count} passages manquent ici. Ils ont été retirés.`,
  outOfPlace: 'Ce passage n’est pas à sa place : quelque chose a été changé avant lui.',
  none: 'Rien depuis l’envoi.',
  documentTitle: (name: string) => `Signalement ${name}`,
  documentReceived: (moment: string) => `Reçu ${moment}`,
  documentStatus: (status: string) => `État : ${status}`,
  documentId: (id: string) => `Numéro : ${id}`,
  documentMade: (name: string, moment: string) => `Document fait par ${name}, ${moment}`,
} as const;

export const REPORT = {
  title: (name: string) => `Signalement ${name}`,
  back: 'Retour à la liste',
  next: 'Suivant à lire',
  opening: 'Ouverture du signalement…',
  answers: 'Ce que dit l’auteur',
  followUp: 'La suite',
  damagedTitle: 'Ce signalement a été modifié',
  damaged:
    'Un passage a été changé, déplacé ou retiré depuis son envoi. Ce qui s’ouvre encore est affiché. Prévenez la personne qui s’occupe du serveur.',
  lacksKeysTitle: 'Une partie est fermée pour vous',
  lacksKeys: 'Elle est scellée à des clés que vous n’avez pas. Demandez l’accès à un collègue.',
  lostTitle: 'Une partie ne peut plus être lue',
  lost: 'Plus personne dans l’équipe n’en a la clé. Répondez à l’auteur : il peut écrire de nouveau.',
  readBy: (names: string) => `Lu par ${names}`,
  readByNobody: 'Aucun délégué ne l’a encore lu en entier.',
  and: ' et ',
  me: 'vous',
  news: 'Il y a du nouveau dans ce signalement.',
} as const;

export const ACT = {
  title: 'Répondre, noter, suivre',
  tabs: { reply: 'Répondre', note: 'Note privée', status: 'État' },
  reply: 'Votre réponse à l’auteur',
  replyHint: 'Votre réponse sera lue par l’auteur avec son code.',
  send: 'Envoyer la réponse',
  sent: 'La réponse est envoyée.',
  note: 'Votre note',
  noteHint: 'Seuls les délégués la lisent. Elle est scellée, comme le signalement.',
  addNote: 'Ajouter la note',
  noteAdded: 'La note est ajoutée.',
  status: 'Où en est-on ?',
  statusHints: {
    received: 'Arrivé, pas encore traité.',
    'in-progress': 'Un délégué s’en occupe.',
    forwarded: 'Donné à un service qui agit.',
    closed: 'Terminé.',
  } satisfies Record<SentStatus, string>,
  sentence: 'Une phrase pour l’auteur (si vous voulez)',
  sentenceHint: 'L’auteur la lira avec son code, à côté de l’état.',
  setStatus: 'Enregistrer l’état',
  statusSet: (status: string) => `L’état est maintenant : ${status}.`,
  missing: 'Écrivez quelque chose d’abord.',
  tooLong: (count: number) => `Votre texte est trop long de ${count} ${count === 1 ? 'caractère' : 'caractères'}.`,
  same: 'C’est déjà l’état du signalement. Choisissez-en un autre, ou ajoutez une phrase.',
  guarded:
    'Quelqu’un a écrit dans ce signalement. Relisez la suite, puis recommencez. Votre texte et votre choix sont gardés.',
} as const;

export const ASSIGN = {
  title: 'Qui s’en occupe',
  label: 'Confier à',
  nobody: 'Personne',
  me: (name: string) => `${name} (vous)`,
  assigned: (name: string) => `Le signalement est confié à ${name}.`,
  freed: 'Le signalement n’est plus confié à personne.',
} as const;

export const SHARE = {
  title: 'Garder, partager',
  withNotes: 'Avec les notes privées',
  print: 'Imprimer',
  file: 'Télécharger le texte',
  redact: 'Masquer des passages pour partager',
  logged:
    'Chaque impression et chaque téléchargement est noté au journal. Le fichier n’est plus scellé : gardez-le en lieu sûr.',
  fileName: (name: string, date: string) => `signalement-${name}-${date}.txt`,
  redactedFileName: (name: string, date: string) => `signalement-${name}-${date}-masque.txt`,
} as const;

export const REDACT = {
  title: (name: string) => `Masquer des passages, signalement ${name}`,
  back: 'Revenir au signalement',
  intro: 'Masquez ce qui dit qui est quelqu’un. L’assistant propose des passages : il en oublie. Relisez tout.',
  proposals: 'Passages proposés',
  noProposals: 'Aucun passage proposé.',
  kinds: {
    phone: 'numéro',
    email: 'e-mail',
    name: 'nom',
    address: 'adresse',
    plate: 'plaque',
    position: 'position',
  },
  times: (count: number) => (count === 1 ? '' : `, ${count} fois`),
  word: 'Masquer un mot partout',
  wordHint: 'Par exemple un prénom.',
  hideWord: 'Masquer',
  wordHidden: (count: number) => (count === 1 ? '1 passage masqué.' : `${count} passages masqués.`),
  wordNotFound: 'Ce mot n’est pas dans le texte.',
  text: 'Le texte',
  textHint: 'Sélectionnez des mots, puis choisissez « Masquer ».',
  hide: 'Masquer',
  hideIn: (title: string) => `Masquer la sélection dans « ${title} »`,
  show: 'Montrer de nouveau',
  showIn: (title: string) => `Montrer de nouveau la sélection dans « ${title} »`,
  nothingSelected: 'Sélectionnez d’abord des mots dans le texte.',
  hidden: 'La sélection est masquée.',
  shown: 'La sélection est de nouveau visible.',
  withReplies: 'Avec les réponses des délégués et les états',
  preview: 'Ce qui sera partagé',
  mask: '[masqué]',
  print: 'Imprimer le texte masqué',
  file: 'Télécharger le texte masqué',
} as const;

export const FIGURES = {
  intro:
    'Le nombre de signalements par sujet et par mois. Ils sont comptés ici, sur votre appareil : le serveur ne connaît pas les sujets.',
  counting: (done: number) =>
    done === 1 ? 'Lecture et ouverture : 1 signalement' : `Lecture et ouverture : ${done} signalements`,
  stop: 'Arrêter',
  stopped: 'Le comptage est arrêté. Les chiffres manquent.',
  again: 'Compter de nouveau',
  done: (count: number) => (count === 1 ? '1 signalement compté.' : `${count} signalements comptés.`),
  none: 'Il n’y a aucun signalement à compter.',
  period: 'Période',
  everything: 'Depuis le début',
  table: 'Signalements par sujet et par mois',
  month: 'Mois',
  total: 'Total',
  unopened: 'Non ouverts',
  unopenedWhy: (count: number) =>
    count === 1
      ? '1 signalement ne s’ouvre pas avec votre clé : il est compté à part.'
      : `${count} signalements ne s’ouvrent pas avec votre clé : ils sont comptés à part.`,
  download: 'Télécharger (CSV)',
  downloadHint: 'Le fichier ne contient aucun texte, seulement des nombres. Le téléchargement est noté au journal.',
  fileName: (period: string) => `signalements-${period}.csv`,
  all: 'tout',
} as const;
