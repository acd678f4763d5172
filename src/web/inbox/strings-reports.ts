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
  toRead: 'À lire',
  isNew: 'Nouveau pour vous',
  isOverdue: 'Attend depuis trop longtemps',
  mine: 'Vous vous en occupez',
  held: (name: string) => `${name} s’en occupe`,
  nobody: 'Personne ne s’en occupe',
  where: 'Où',
  when: 'Quand',
} as const;

/** Why something stays closed, and what to do. */
export const FAULTS: Readonly<Record<OpeningFault, string>> = {
  'no-key': 'Scellé à d’anciennes clés : demandez l’accès à un collègue.',
  lost: 'Plus personne dans l’équipe n’a la clé. Ce passage ne peut plus être lu.',
  'broken-key': 'La clé que vous avez reçue ne l’ouvre pas. Demandez l’accès de nouveau à un collègue.',
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
