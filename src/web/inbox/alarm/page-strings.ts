const NBSP = '\u00a0';

/** Words of the alarm's page; apart from those of the alarm itself, which every page loads. */
export const ALARM_PAGE = {
  intro: 'Quand quelqu’un attend, Permanence vous appelle de quatre façons. Réglez-les ici, puis faites un essai.',
  away: 'Vous n’êtes pas disponible\u00a0: seul un danger signalé vous dérange encore.',
  awayHint: 'Pour être prévenu, activez «\u00a0Je suis disponible\u00a0» en haut de la page.',
  on: 'Marche',
  off: 'Arrêté',
  toDo: 'À régler',
  problem: 'Ne marche pas',
} as const;

export const SOUND = {
  title: 'Le son de cette page',
  ready: 'Le son marche. La page doit rester ouverte.',
  blocked: 'Le navigateur attend que vous touchiez la page. Cliquez une fois n’importe où.',
  off: 'Vous avez arrêté le son sur cet appareil.',
  muted: (time: string) => `Le son est coupé jusqu’à ${time}.`,
  unsupported: 'Ce navigateur ne sait pas faire sonner une page. Utilisez Firefox, Chrome, Edge ou Safari à jour.',
  toggle: 'Sonner quand quelqu’un attend',
  volume: 'Volume',
  volumeValue: (volume: number) => `${volume}${NBSP}%`,
  hearWaiting: 'Écouter\u00a0: quelqu’un attend',
  hearEmergency: 'Écouter\u00a0: danger',
} as const;

export const PAGE_NOTICES = {
  title: 'Les notifications de la page ouverte',
  hint: 'Une petite fenêtre s’affiche quand vous travaillez dans un autre onglet. Elle ne montre aucun message.',
  toggle: 'Afficher des notifications',
  allowed: 'Elles s’affichent sur cet appareil.',
  off: 'Vous les avez arrêtées sur cet appareil.',
  notAsked: 'Le navigateur doit d’abord vous demander votre accord.',
  ask: 'Autoriser les notifications',
  refused: 'Le navigateur refuse les notifications de ce site.',
  unsupported: 'Ce navigateur n’affiche pas de notifications.',
  repairTitle: 'Pour les autoriser de nouveau',
  repair: [
    'À gauche de l’adresse de la page, cliquez sur le cadenas ou sur les réglages du site.',
    'Cherchez «\u00a0Notifications\u00a0» et choisissez «\u00a0Autoriser\u00a0».',
    'Revenez ici et rechargez la page.',
  ],
} as const;

export const PUSH = {
  title: 'Les notifications quand la page est fermée',
  hint: (seconds: number) =>
    `Elles arrivent si personne n’a répondu au bout de ${secondsInWords(seconds)}. Le téléphone ou l’ordinateur doit être allumé.`,
  on: 'Cet appareil vous prévient, même page fermée.',
  elsewhere: 'Un autre de vos appareils vous prévient. Celui-ci, pas encore.',
  none: 'Aucun appareil ne vous prévient quand la page est fermée.',
  refused: 'Le navigateur refuse les notifications de ce site\u00a0: voyez plus haut comment les autoriser.',
  unsupported: 'Ce navigateur ne sait pas le faire. Sur un iPhone, ajoutez d’abord Permanence à l’écran d’accueil.',
  enable: 'Me prévenir sur cet appareil',
  failed: 'Le service de notifications du navigateur n’a pas répondu. Essayez de nouveau plus tard.',
  devices: 'Mes appareils',
  thisDevice: 'Cet appareil',
  since: (date: string) => `depuis le ${date}`,
  remove: 'Retirer',
  removeLabel: (device: string) => `Retirer ${device}`,
  removed: 'L’appareil est retiré.',
  enabled: 'Cet appareil vous préviendra.',
} as const;

export const EMAIL = {
  title: 'L’e-mail',
  ready: (minutes: number) => `Un e-mail part si personne n’a répondu au bout de ${minutesInWords(minutes)}.`,
  noAddress: 'Vous n’avez pas donné d’adresse e-mail.',
  addAddress: 'Donner mon adresse',
  notConfigured: 'L’envoi d’e-mails n’est pas installé. L’exploitant du service peut le faire.',
} as const;

export const TEST = {
  title: 'Tester mon alarme',
  hint: 'L’essai fait sonner la page, affiche une notification, et en envoie une par Internet et par e-mail.',
  start: 'Tester mon alarme',
  running: 'Essai en cours…',
  again: 'Refaire l’essai',
  results: 'Résultat de l’essai',
  names: { sound: 'Son', notice: 'Notification de la page', push: 'Notification page fermée', email: 'E-mail' },
  questions: {
    sound: 'Avez-vous entendu le son\u00a0?',
    notice: 'Avez-vous vu la notification «\u00a0Essai de l’alarme\u00a0»\u00a0?',
    push: 'Une notification vient de partir. Est-elle arrivée\u00a0?',
    email: 'Un e-mail vient de partir. L’avez-vous reçu\u00a0?',
  },
  yes: 'Oui',
  no: 'Non',
  works: 'Marche.',
  advice: {
    sound: 'Montez le volume de l’appareil et celui de cette page, vérifiez le casque, puis refaites l’essai.',
    notice: 'Regardez si l’appareil est en mode «\u00a0Ne pas déranger\u00a0», puis refaites l’essai.',
    push: 'Attendez une minute. Sinon, retirez cet appareil de la liste et ajoutez-le de nouveau.',
    email:
      'Attendez quelques minutes et regardez les courriers indésirables. Vérifiez votre adresse dans «\u00a0Mon compte\u00a0».',
  },
  outcomes: {
    soundBlocked: 'Le navigateur bloque le son. Cliquez sur la page, puis refaites l’essai.',
    soundUnsupported: 'Ce navigateur ne sait pas faire sonner une page.',
    noticeRefused: 'Le navigateur refuse les notifications\u00a0: voyez plus haut comment les autoriser.',
    noticeNotAsked: 'Les notifications ne sont pas encore autorisées.',
    noticeUnsupported: 'Ce navigateur n’affiche pas de notifications.',
    pushNone: 'Aucun appareil n’est inscrit\u00a0: activez «\u00a0Me prévenir sur cet appareil\u00a0».',
    pushFailed: 'L’envoi a échoué. Retirez cet appareil de la liste, ajoutez-le de nouveau, puis refaites l’essai.',
    emailNoAddress: 'Vous n’avez pas donné d’adresse e-mail.',
    emailNotConfigured: 'L’envoi d’e-mails n’est pas installé.',
    emailFailed: 'L’envoi a échoué. Prévenez l’exploitant du service.',
    serverSilent: 'Le serveur n’a pas répondu. Refaites l’essai dans un instant.',
  },
} as const;

function secondsInWords(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return `${seconds}${NBSP}secondes`;
  return minutesInWords(seconds / 60);
}

function minutesInWords(minutes: number): string {
  return minutes === 1 ? `1${NBSP}minute` : `${minutes}${NBSP}minutes`;
}
