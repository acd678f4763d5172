import { durationWords } from '../live/strings.js';
import type { SectionName } from './order.js';

/** Words of the list of conversations. */
export const QUEUE = {
  title: 'File',
  empty: 'Personne n’attend.',
  emptyHint: 'Dès qu’un résident demande un délégué, il apparaît ici.',
  loading: 'Lecture de la file…',
  choose: 'Choisissez une conversation dans la file.',
  waitingNow: (count: number) => (count === 1 ? 'Une personne attend.' : `${count} personnes attendent.`),
  openFirst: 'Voir la première',
  alarmOff: 'Votre alarme n’est pas réglée : vous ne serez prévenu que si cette page est ouverte.',
  alarmOn: (means: string) => `Votre alarme est réglée : ${means}.`,
  alarmPush: 'notification sur vos appareils',
  alarmEmail: 'e-mail',
  alarmAnd: ' et ',
  alarmLink: 'Régler mon alarme',
  alarmCheck: 'Vérifier mon alarme',
  past: 'Conversations passées',
  search: 'Rechercher',
} as const;

export const SECTIONS: Readonly<Record<SectionName, string>> = {
  emergency: 'Danger signalé',
  waiting: 'Quelqu’un attend',
  'to-do': 'À rappeler, à revoir',
  mine: 'Mes conversations',
  others: 'Chez les collègues, mises de côté',
};

export const CARD = {
  emergency: (moment: string) => `Danger signalé ${moment}`,
  waits: (ms: number) => (ms < 60_000 ? 'Attend depuis moins d’une minute' : `Attend depuis ${durationWords(ms)}`),
  offeredToMe: 'Proposée à vous',
  offeredTo: (name: string) => `Proposée à ${name}`,
  missed: (moment: string) => `Demande sans réponse, ${moment}`,
  callbacks: (count: number) => (count === 1 ? '1 rappel à faire' : `${count} rappels à faire`),
  mine: 'Vous vous en occupez',
  held: (name: string) => `${name} s’en occupe`,
  snoozed: (moment: string) => `Mise de côté, revient ${moment}`,
  withBot: 'Le robot répond',
  closed: 'Terminée',
  blocked: 'Bloquée',
  high: 'Prioritaire',
  isNew: 'Pas encore lue',
  unread: (count: number) => (count === 1 ? '1 nouveau message' : `${count} nouveaux messages`),
  channels: { directline: 'Site', botframework: 'Teams', telegram: 'Telegram' },
  by: { resident: 'Résident', bot: 'Robot', delegate: 'Délégué', system: 'Automatique' },
} as const;
