/** Words of the frame around the pages, and of what every page shares. */
export const COMMON = {
  product: 'Permanence',
  productLine: 'Le bureau des délégués',
  offline: 'La connexion est coupée. Vérifiez Internet, puis essayez de nouveau.',
  tooSlow: 'Le serveur met trop de temps à répondre. Essayez de nouveau dans un instant.',
  unexpected: 'Une erreur est survenue. Essayez de nouveau dans un instant.',
  loading: 'Chargement…',
  retry: 'Essayer de nouveau',
  close: 'Fermer',
  cancel: 'Annuler',
  undo: 'Annuler',
  save: 'Enregistrer',
  back: 'Retour',
  next: 'Continuer',
  copy: 'Copier',
  copied: 'Copié.',
  copyFailed: 'La copie n’a pas marché. Sélectionnez le texte, puis copiez-le.',
  choose: 'Choisir…',
  reload: 'Recharger la page',
  brokenTitle: 'Cette page s’est arrêtée',
  broken: 'Une erreur est survenue sur cette page. Rechargez-la pour continuer.',
  notifications: 'Messages',
  unsavedTitle: 'Quitter sans enregistrer ?',
  unsaved: 'Ce que vous avez changé sur cette page sera perdu.',
  leave: 'Quitter sans enregistrer',
  stay: 'Rester sur la page',
} as const;

export const SHELL = {
  skip: 'Aller au contenu',
  mainNavigation: 'Navigation',
  available: 'Je suis disponible',
  availableShort: 'Disponible',
  nowAvailable: 'Vous êtes disponible : l’accueil vous compte parmi les présents.',
  nowAway: 'Vous n’êtes plus disponible.',
  lock: 'Verrouiller',
  menu: 'Menu',
  logOut: 'Se déconnecter',
  account: 'Mon compte',
  demo: 'Démonstration : les personnes et les messages sont fictifs.',
  waiting: (count: number) => (count === 1 ? '1 personne attend' : `${count} personnes attendent`),
  manage: 'Gérer',
} as const;

/** Titles of the pages, as the navigation and the browser's tab show them. */
export const PAGES = {
  queue: 'File d’attente',
  conversation: 'Conversation',
  past: 'Conversations passées',
  search: 'Recherche',
  reports: 'Signalements',
  reportFigures: 'Chiffres des signalements',
  reportAccess: 'Accès aux signalements',
  team: 'Équipe',
  hours: 'Horaires',
  facts: 'Informations',
  weekly: 'Semaine',
  audit: 'Journal',
  alarm: 'Mon alarme',
  account: 'Mon compte',
  link: 'Bienvenue',
  unknown: 'Page introuvable',
} as const;

/** The same, where a phone has room for one word. */
export const SHORT_PAGES: Readonly<Partial<Record<keyof typeof PAGES, string>>> = { queue: 'File', past: 'Passées' };

/** What every page tells of the reports: numbers, and nothing of what they say. */
export const REPORT_NEWS = {
  unread: (count: number) => (count === 1 ? '1 signalement à lire' : `${count} signalements à lire`),
  overdueTitle: (count: number) =>
    count === 1
      ? 'Un signalement attend depuis trop longtemps'
      : `${count} signalements attendent depuis trop longtemps`,
  overdue: 'Personne ne l’a encore lu en entier.',
  overdueMany: 'Personne ne les a encore lus en entier.',
  read: 'Lire les signalements',
} as const;

export const UNKNOWN = {
  text: 'Il n’y a rien à cette adresse.',
  home: 'Aller à la file d’attente',
  notAllowedTitle: 'Page réservée',
  notAllowed: 'Votre rôle ne donne pas accès à cette page. Demandez à un coordinateur.',
} as const;

/** What the page's own cryptography could not do, and what to do about it. */
export const CRYPTO_FAULTS = {
  OldBrowser:
    'Ce navigateur ne sait pas faire les calculs nécessaires. Mettez-le à jour, ou essayez avec Firefox, Chrome ou Safari.',
  WrongKeys: 'Cet appareil a fait une erreur de calcul. Rien n’a été envoyé. Essayez sur un autre appareil.',
  WrongRecoveryKey: 'Cette clé de secours n’est pas complète, ou contient une erreur.',
  CannotUnwrap: 'Votre clé privée ne s’ouvre pas. Prévenez un coordinateur.',
  WeakParameters: 'Le serveur a demandé un calcul trop faible. Prévenez la personne qui s’occupe du serveur.',
} as const;

/** The page was opened at an address that browsers do not trust with secrets. */
export const INSECURE = {
  title: 'Adresse non protégée',
  text: 'Cette page ne fonctionne qu’à une adresse qui commence par « https:// ». Demandez-la à la personne qui s’occupe du serveur.',
} as const;
