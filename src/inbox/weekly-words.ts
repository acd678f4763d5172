import { WAIT_BUCKETS } from '../domain/statistics.js';

/** Every word of the weekly figures. */
export const WEEKLY_WORDS = {
  week: 'semaine',
  from: 'du',
  to: 'au',
  what: 'quoi',
  detail: 'détail',
  count: 'nombre',
  byChannel: 'messages par canal',
  byIntent: 'questions par sujet',
  wait: 'attentes',
  total: {
    conversations: 'conversations ouvertes',
    unsure: 'questions non comprises',
    emergencies: 'dangers signalés',
    requested: 'demandes de délégué',
    taken: 'conversations prises',
    missed: 'demandes sans réponse',
    callbacksRequested: 'rappels demandés',
    callbacksDone: 'rappels faits',
  },
} as const;

export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  directline: 'site web',
  botframework: 'Bot Framework',
  telegram: 'Telegram',
};

export function waitWords(bucket: number): string {
  const limit = WAIT_BUCKETS[bucket];
  const before = WAIT_BUCKETS[bucket - 1];
  if (before === undefined) return 'moins d’une minute';
  return limit === undefined || !Number.isFinite(limit)
    ? `plus de ${before} minutes`
    : `de ${before} à ${limit} minutes`;
}
