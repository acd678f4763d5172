import type { Card } from '../live/wire.js';

export type Urgency = 'waiting' | 'emergency';

/** Somebody whom nobody has taken, or a danger that nobody has seen. */
export interface Caller {
  readonly id: string;
  readonly urgency: Urgency;
  /** « Résident B7K2 »; absent on a locked page. */
  readonly name?: string;
}

/** Who calls for a delegate now. */
export type Picture = readonly Caller[];

/** From the live queue: as the server's own alarm does, without what is put aside until later. `now` is the server's. */
export function pictureOf(cards: Iterable<Card>, now: number): Picture {
  return [...cards].flatMap((card): Caller[] => {
    const { id, pseudonym: name, status, emergencyAt, snoozedUntil = 0 } = card;
    if (emergencyAt !== undefined && status !== 'assigned') return [{ id, urgency: 'emergency', name }];
    return status === 'waiting' && snoozedUntil <= now ? [{ id, urgency: 'waiting', name }] : [];
  });
}

/** From the counts that are all a locked page is told. */
export function pictureOfCounts({
  waiting,
  emergencies,
}: {
  readonly waiting: number;
  readonly emergencies: number;
}): Picture {
  const numbered = (urgency: Urgency, count: number): Caller[] =>
    Array.from({ length: count }, (_, index) => ({ id: `${urgency}-${index + 1}`, urgency }));
  return [...numbered('emergency', emergencies), ...numbered('waiting', waiting)];
}

export function urgencyOf(picture: Picture): Urgency | undefined {
  if (picture.some(({ urgency }) => urgency === 'emergency')) return 'emergency';
  return picture.length > 0 ? 'waiting' : undefined;
}
