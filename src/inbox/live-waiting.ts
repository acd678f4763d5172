import type { z } from 'zod';
import { frameOf } from './live-connection.js';
import type { CardView } from './present-card.js';
import type { waitingEvent } from './schemas/events.js';

export type WaitingCounts = z.input<typeof waitingEvent>;

/** How many wait in sight, and how many emergencies nobody has seen. */
export function countWaiting(cards: Iterable<CardView>, now: number): WaitingCounts {
  const counts = { waiting: 0, emergencies: 0 };
  for (const { status, snoozedUntil = 0, emergencyAt } of cards) {
    if (status === 'waiting' && snoozedUntil <= now) counts.waiting += 1;
    if (emergencyAt !== undefined) counts.emergencies += 1;
  }
  return counts;
}

/** All that the page of a locked session is sent. */
export function createWaitingSender(send: (frame: string) => void): (counts: WaitingCounts) => void {
  let sent = '';
  return (counts) => {
    const frame = frameOf('waiting', counts);
    if (frame !== sent) send(frame);
    sent = frame;
  };
}
