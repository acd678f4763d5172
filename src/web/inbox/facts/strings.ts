const NBSP = '\u00a0';

export const FACTS = {
  intro:
    'Ce que vous enregistrez ici, l’assistant le répond aussitôt. Ce qui n’est pas indiqué, il dit qu’il ne le sait pas.',
  poster: 'Voir l’affiche à imprimer (s’ouvre dans un nouvel onglet)',
  posterHint: 'Pour le lieu de la permanence : ces jours, ce lieu, et les codes qui mènent à l’assistant.',
  permanences: { delegates: 'Permanence des délégués', commissioners: 'Permanence des commissaires' },
  station: 'Le nouveau commissariat',
  sectors: 'Les adresses e-mail',
  sectorsHint: 'Une adresse par secteur. Laissez vide si elle n’est pas connue.',
  sector: (name: string) => `Secteur de ${name}`,

  rule: 'Elle a lieu',
  rules: {
    weekly: 'Toutes les semaines',
    'every-n': 'Une semaine sur plusieurs',
    monthly: 'Une fois par mois',
  },
  weekday: 'Quel jour',
  everyWeeks: 'Toutes les combien de semaines',
  everyWeeksHint: '2 pour une semaine sur deux.',
  anchor: 'Un jour où elle a lieu',
  anchorHint: 'Passé ou à venir\u00a0: il sert à compter les semaines.',
  nth: 'Lequel du mois',
  nths: { '1': 'Le premier', '2': 'Le deuxième', '3': 'Le troisième', '4': 'Le quatrième', '-1': 'Le dernier' },
  time: 'À quelle heure',
  times: { hours: 'De … à …', morning: 'Le matin', afternoon: 'L’après-midi', unset: 'Pas précisé' },
  timesRule: 'Comme d’habitude',
  from: 'De',
  to: 'À',
  place: 'Où',
  holidays: 'Les jours fériés',
  onHolidays: { closed: 'Pas de permanence', open: 'La permanence a lieu' },

  closures: 'Jours sans permanence',
  noClosure: 'Aucun.',
  closure: (number: number) => `Jours sans permanence, ${number}`,
  firstDay: 'Premier jour',
  lastDay: 'Dernier jour',
  reason: 'Pourquoi (si vous voulez)',
  reasonHint: 'L’assistant peut le dire aux résidents.',
  addClosure: 'Ajouter des jours sans permanence',
  additions: 'Jours en plus',
  additionsHint: 'Une permanence de plus, ou à d’autres heures ce jour-là.',
  noAddition: 'Aucun.',
  addition: (number: number) => `Jour en plus ${number}`,
  day: 'Jour',
  addAddition: 'Ajouter un jour',
  remove: 'Retirer',

  email: 'Adresse e-mail',
  status: 'Il est',
  statuses: { announced: 'Annoncé', open: 'Ouvert' },
  openingMonth: 'Mois d’ouverture',
  openingYear: 'Année d’ouverture',
  unknownHint: 'Laissez vide si ce n’est pas connu.',
  officersMin: 'Policiers en plus, au moins',
  officersMax: 'Policiers en plus, au plus',
  address: 'Adresse',
  hours: 'Horaires',

  source: 'D’où vient l’information',
  checkedOn: (date: string) => `Confirmé le ${date}.`,
  checkedToday: 'Confirmé aujourd’hui.',
  confirm: 'Confirmer aujourd’hui',
  confirmLabel: (subject: string) => `Confirmer aujourd’hui\u00a0: ${subject}`,

  save: 'Enregistrer',
  saved: 'Enregistré. L’assistant le répond dès maintenant.',
  unsaved: 'Vos changements ne sont pas encore enregistrés.',
  faults: (count: number) =>
    count === 1 ? 'Il reste une erreur à corriger.' : `Il reste ${count} erreurs à corriger.`,
  conflictTitle: 'Un collègue a changé les informations entre-temps.',
  conflict: 'Ce que vous avez écrit est encore dans la page. Lisez ses changements, puis choisissez.',
  keepMine: 'Enregistrer les miennes',
  takeTheirs: 'Reprendre celles du collègue',
} as const;

export const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

export const FACTS_FAULTS = {
  'no-time': 'Indiquez les deux heures, ou choisissez «\u00a0Pas précisé\u00a0».',
  'ends-before-it-begins': 'La fin doit venir après le début.',
  'no-day': 'Indiquez un jour.',
  'days-reversed': 'Le dernier jour doit venir après le premier.',
  'same-day': 'Ce jour est déjà indiqué.',
  weeks: 'Un nombre entre 2 et 52.',
  'no-anchor': 'Indiquez un jour où la permanence a lieu.',
  'wrong-weekday': 'Cette date ne tombe pas ce jour de la semaine.',
  email: 'Cette adresse n’est pas complète. Exemple\u00a0: nom@exemple.fr',
  year: 'Une année entre 2000 et 2100, ou rien.',
  number: 'Un nombre entier.',
  'max-below-min': 'Ce nombre doit être au moins égal au précédent.',
  'no-source': 'Indiquez d’où vient l’information.',
  'too-long': `300${NBSP}caractères au plus.`,
} as const;

export type FactsFaultCode = keyof typeof FACTS_FAULTS;

export const PREVIEW = {
  title: 'Ce que l’assistant répondra',
  hint: 'Ajouté par vos changements\u00a0: souligné. Retiré\u00a0: barré.',
  unchanged: 'Vos changements ne modifient aucune réponse.',
  pending: 'Calcul des réponses…',
  stale: 'Corrigez les erreurs pour voir les réponses.',
  changed: 'Change',
  question: (question: string) => `«\u00a0${question}\u00a0»`,
  nothing: 'Rien.',
} as const;

export const HISTORY = {
  title: 'Historique',
  empty: 'Rien n’a encore été changé\u00a0: ce sont les informations d’origine.',
  version: (date: string, name: string) => `${date}, par ${name}`,
  current: 'Version en cours',
  undone: (version: number) =>
    version === 0 ? 'Retour aux informations d’origine.' : `Retour à la version ${version}.`,
  noChange: 'Aucune différence avec la version d’avant.',
  number: (version: number) => `Version ${version}`,
  origin: 'Informations d’origine',
  restore: 'Revenir à cette version',
  restoreLabel: (name: string) => `Revenir à cette version\u00a0: ${name}`,
  restored: 'L’ancienne version est revenue. L’assistant la répond dès maintenant.',
  blocked: 'Enregistrez d’abord vos changements, ou quittez la page sans enregistrer.',
} as const;
