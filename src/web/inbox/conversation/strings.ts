/** Every word of the conversation, its actions and what stands beside it. */
export const TALK = {
  back: 'Retour à la file',
  loading: 'Ouverture de la conversation…',
  failed: 'La conversation n’a pas pu être ouverte.',
  retry: 'Réessayer',
  details: 'Détails',
  hideDetails: 'Fermer les détails',
  more: 'Autres actions',
  viewing: (names: string) => `${names} regarde aussi cette conversation.`,
  viewingMany: (names: string) => `${names} regardent aussi cette conversation.`,
  and: ' et ',
  channels: {
    botframework: 'Écrit depuis Teams',
    telegram: 'Écrit depuis Telegram',
  },
} as const;

export const LOG = {
  label: 'Messages de la conversation',
  earlier: 'Voir les messages d’avant',
  earlierLoading: 'Chargement…',
  earlierFailed: 'Les messages d’avant n’ont pas pu être lus. Réessayez.',
  beginning: 'Début de la conversation',
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  unread: 'Nouveaux messages',
  toEnd: 'Nouveaux messages',
  goToEnd: 'Aller à la fin',
  empty: 'Il n’y a pas encore de message.',
  actions: 'Boutons proposés :',
  typing: (name: string) => `${name} écrit…`,
  modified: (moment: string) => `Modifié ${moment}. Le nouveau texte est plus bas.`,
  corrects: (moment: string) => `Corrige le message écrit ${moment}.`,
  correctsEarlier: 'Corrige un message écrit plus haut.',
  oldText: 'Ancien texte :',
  newText: 'Nouveau texte :',
  showOldText: 'Voir ce qui était écrit avant',
  corrected: (name: string) => `${name} a modifié un message`,
} as const;

export const AUTHORS = {
  resident: 'Résident',
  bot: 'Assistant (robot)',
  system: 'Message automatique',
  me: 'Vous',
  delegate: (name: string) => `${name}, délégué`,
  unknownDelegate: 'Délégué',
  theResident: 'Le résident',
} as const;

export const EVENTS = {
  erased: 'Le résident a effacé les messages d’avant.',
  'handoff.initiate': 'Le résident a demandé un délégué.',
  'handoff.completed': 'L’assistant (robot) a repris la conversation.',
  'handoff.failed': 'Aucun délégué n’a pu répondre. L’assistant (robot) a repris.',
  accepted: (name: string) => `${name} a pris la conversation.`,
  acceptedByMe: 'Vous avez pris la conversation.',
  acceptedByUnknown: 'Un délégué a pris la conversation.',
} as const;

const sizeWords = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('fr')}\u00a0Ko`;

export const ATTACHMENT = {
  image: (bytes: number) => `Image, ${sizeWords(bytes)}`,
  pdf: (bytes: number) => `Document PDF, ${sizeWords(bytes)}`,
  alt: 'Image envoyée par le résident',
  show: 'Afficher l’image',
  shown: 'L’image est affichée.',
  enlarge: 'Agrandir',
  hide: 'Masquer l’image',
  saveImage: 'Enregistrer l’image',
  savePdf: 'Enregistrer le PDF',
} as const;

export const DELIVERY = {
  delivered: 'Remis',
  away: 'Enregistré : la page du résident est fermée, il le verra à son retour.',
  stored: 'Enregistré, pas encore remis.',
  uncertain: 'Incertain : la messagerie n’a pas confirmé l’envoi. Demandez au résident s’il a reçu ce message.',
  refused: 'Refusé : la messagerie n’a pas pris ce message. Écrivez-le autrement, ou plus court.',
} as const;

export const COMPOSER = {
  label: 'Votre réponse au résident',
  hint: 'Entrée va à la ligne. Pour envoyer : le bouton, ou Ctrl + Entrée.',
  send: 'Envoyer',
  canned: 'Réponses prêtes',
  cannedKey: ' ( / )',
  tooLong: (count: number) => `Votre message est trop long de ${count} ${count === 1 ? 'caractère' : 'caractères'}.`,
  held: (seconds: number) => `Envoi dans ${seconds}\u00a0s`,
  undo: 'Annuler l’envoi',
  sendNow: 'Envoyer maintenant',
  queued: 'Part après le message précédent…',
  sending: 'Envoi en cours…',
  retrying: 'Pas encore parti : la connexion ne répond pas. Nouvel essai automatique.',
  failed: 'Le message n’est pas parti.',
  retry: 'Réessayer',
  edit: 'Reprendre le texte',
  guard: (name: string) => `${name} a répondu. Relisez avant d’envoyer.`,
  guardUnknown: 'Un collègue a répondu. Relisez avant d’envoyer.',
  guardRead: 'J’ai lu',
  sentAnnounced: 'Message en attente d’envoi. Vous avez cinq secondes pour annuler.',
  undone: 'Envoi annulé. Le texte est revenu dans la zone de réponse.',
} as const;

export const CANNED = {
  title: 'Réponses prêtes',
  filter: 'Chercher une réponse',
  list: 'Réponses prêtes',
  none: 'Aucune réponse prête ne correspond.',
  hint: 'Choisissez une réponse : elle s’ajoute à votre texte. Vous pourrez la changer avant d’envoyer.',
  close: 'Fermer',
} as const;

export const NOW = {
  waits: (duration: string) => `Ce résident attend depuis ${duration}.`,
  nobody: 'Personne ne s’occupe de cette conversation.',
  offeredToMe: 'Un collègue vous propose cette conversation.',
  offeredTo: (name: string) => `Cette conversation est proposée à ${name}. Vous pouvez la prendre quand même.`,
  snoozed: (moment: string) => `Mise de côté : elle reviendra ${moment}.`,
  callBack: 'Rappel à faire',
  draft: 'Votre brouillon est gardé :',
  take: 'Prendre',
  takeHint: 'Le robot se tait et vous répondez.',
  held: (name: string) => `${name} s’en occupe.`,
  heldHint: 'Vous pouvez lire. N’écrivez que si c’est utile : le résident verra deux délégués.',
  writeToo: 'Écrire aussi',
  giveBack: 'Rendre au robot',
  closed: 'Cette conversation est terminée.',
  withBot: 'L’assistant (robot) répond à ce résident.',
  reopen: 'Rouvrir et prendre',
  next: (name: string) => `Voir la suivante : ${name}`,
  toQueue: 'Retour à la file',
  unsnooze: 'Remettre dans la file',
  blockedBy: (name: string) => `${name} a bloqué cette conversation.`,
  blockedByMe: 'Vous avez bloqué cette conversation.',
  blockedHint: 'L’assistant (robot) répond ; les délégués ne la prennent plus.',
  reason: 'Motif :',
  unblock: 'Lever le blocage',
  taken: (name: string) => `${name} vient de prendre cette conversation.`,
  takenByUnknown: 'Un collègue vient de prendre cette conversation.',
} as const;

export const DANGER = {
  title: (moment: string) => `Danger signalé ${moment}`,
  text: 'Les numéros 17 et 112 ont été montrés au résident. Personne n’a été prévenu automatiquement.',
  seen: 'Vu',
  missed: (moment: string) => `Demande sans réponse, ${moment}`,
  missedText: 'Ce résident a attendu un délégué et personne n’est venu.',
} as const;

export const ACTIONS = {
  taken: 'Vous avez pris la conversation.',
  givenBack: 'Conversation rendue au robot.',
  transferredTo: (name: string) => `Conversation proposée à ${name}.`,
  transferredToAll: 'Conversation remise dans la file pour tous.',
  closed: 'Conversation terminée.',
  snoozed: (moment: string) => `Conversation mise de côté : elle reviendra ${moment}.`,
  unsnoozed: 'Conversation remise dans la file.',
  reopened: 'Vous avez rouvert la conversation.',
  acknowledged: 'Noté comme vu.',
  blocked: 'Conversation bloquée.',
  unblocked: 'Blocage levé.',
  transfer: 'Transférer à un collègue…',
  close: 'Terminer la conversation',
  inOneHour: 'Mettre de côté : dans 1 heure',
  tomorrow: 'Mettre de côté : demain à 10 h',
  pick: 'Mettre de côté : choisir le jour et l’heure…',
  block: 'Bloquer…',
} as const;

export const TRANSFER = {
  title: 'À qui proposer cette conversation ?',
  text: 'Elle attendra de nouveau. N’importe quel délégué pourra la prendre.',
  all: 'Tous les délégués',
  connected: 'connecté',
  available: 'connecté et disponible',
  away: 'pas connecté',
  cancel: 'Annuler',
} as const;

export const SNOOZE = {
  title: 'Mettre de côté jusqu’à quand ?',
  date: 'Jour',
  time: 'Heure',
  past: 'Choisissez un moment à venir.',
  confirm: 'Mettre de côté',
  cancel: 'Annuler',
} as const;

export const BLOCK = {
  title: 'Bloquer cette conversation',
  text: 'Les délégués ne la prendront plus. L’assistant (robot) continuera de répondre. Vous pourrez lever le blocage.',
  reason: 'Motif (lu par vos collègues, pas par le résident)',
  missing: 'Écrivez le motif en quelques mots.',
  confirm: 'Bloquer',
  cancel: 'Annuler',
} as const;

export const CONTEXT = {
  title: 'Détails de la conversation',
  close: 'Fermer les détails',
  since: (moment: string) => `Conversation commencée ${moment}`,
  viewers: 'Qui regarde',
  nobodyElse: 'Vous seul.',
  priority: 'Prioritaire',
  labels: 'Étiquettes',
  ownLabel: 'Autre étiquette',
  addLabel: 'Ajouter',
  removeLabel: (label: string) => `Retirer l’étiquette ${label}`,
  notes: 'Notes privées',
  notePrivate: 'Note privée : le résident ne la voit pas.',
  newNote: 'Nouvelle note',
  addNote: 'Ajouter la note',
  noNotes: 'Aucune note.',
  noteBy: (name: string, moment: string) => `${name}, ${moment}`,
  callbacks: 'Rappels demandés',
  callbackFrom: 'Demande de rappel',
  moment: (moment: string) => `Quand : ${moment}`,
  requested: (moment: string) => `Demandé ${moment}`,
  doneBy: (name: string) => `Fait par ${name}`,
  done: 'Fait',
  redo: 'À refaire',
  transcript: 'Télécharger la conversation',
  transcriptHint: 'Un fichier texte. Le téléchargement est noté au journal.',
} as const;

export const SHORTCUTS = {
  title: 'Raccourcis du clavier',
  open: 'Raccourcis du clavier',
  hint: 'Ils ne marchent pas pendant que vous écrivez dans une case.',
  toggle: 'Utiliser les raccourcis',
  keys: [
    ['j', 'Conversation suivante de la file'],
    ['k', 'Conversation précédente'],
    ['t', 'Prendre'],
    ['r', 'Répondre : aller à la zone de texte'],
    ['g', 'Rendre au robot'],
    ['n', 'Écrire une note privée'],
    ['/', 'Réponses prêtes'],
    ['?', 'Montrer cette aide'],
    ['Ctrl + Entrée', 'Envoyer la réponse'],
  ],
} as const;
