import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import { wipe } from './report-keys.js';

export const TICKET_LIFETIME_MS = 10 * 60 * 1000;
const CAPACITY = 1000;
const TICKET_BYTES = 24;

/** Whoever gave a right receipt goes on under a ticket, for ten minutes, in this process only. It opens no reply. */
export interface ReportTickets {
  issue(reportId: string, lookupId: string): string;
  /** The report, as long as the ticket lasts. */
  reportOf(ticket: string): string | undefined;
  /** The message's id in a form that only the holder of the receipt could make: it leads from the report to no message. */
  markOf(ticket: string, cause: string): string | undefined;
  /** Overwrites those that are over. */
  forgetOver(): void;
}

interface Held {
  readonly reportId: string;
  readonly secret: Uint8Array;
  readonly endsAt: Millis;
}

export function createReportTickets({
  clock,
  capacity = CAPACITY,
}: {
  clock: Clock;
  capacity?: number;
}): ReportTickets {
  /** In the order in which they end. */
  const tickets = new Map<string, Held>();

  function drop(ticket: string, { secret }: Held): void {
    wipe(secret);
    tickets.delete(ticket);
  }

  function forgetOver(): void {
    const now = clock().getTime();
    for (const [ticket, held] of tickets) if (held.endsAt <= now) drop(ticket, held);
  }

  function find(ticket: string): Held | undefined {
    forgetOver();
    return tickets.get(ticket);
  }

  return {
    issue(reportId, lookupId) {
      forgetOver();
      const [oldest] = tickets;
      if (tickets.size >= capacity && oldest) drop(...oldest);
      const ticket = randomBytes(TICKET_BYTES).toString('base64url');
      const secret = new Uint8Array(Buffer.from(lookupId, 'base64url'));
      tickets.set(ticket, { reportId, secret, endsAt: clock().getTime() + TICKET_LIFETIME_MS });
      return ticket;
    },
    reportOf: (ticket) => find(ticket)?.reportId,
    markOf(ticket, cause) {
      const held = find(ticket);
      return held && createHmac('sha256', held.secret).update(cause).digest('base64url');
    },
    forgetOver,
  };
}
