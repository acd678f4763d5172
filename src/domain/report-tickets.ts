import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import type { JsonObject } from './json.js';
import { wipe } from './report-keys.js';
import { leftOf, readSecretBytes, type SecretLines, type Told, writeSecretBytes } from './secret-lines.js';

export const TICKET_LIFETIME_MS = 10 * 60 * 1000;
const CAPACITY = 1000;
const TICKET_BYTES = 24;
const LONGEST_TOLD = 100;

/**
 * Whoever gave a right receipt goes on under a ticket, for ten minutes, in this process and those that it hears. It opens no
 * reply.
 */
export interface ReportTickets {
  issue(reportId: string, lookupId: string): string;
  /** Has one that is missed here asked for from the other processes. */
  learn(ticket: string): Promise<void>;
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

export interface ReportTicketsOptions {
  readonly clock: Clock;
  readonly capacity?: number;
  /** Absent: this process keeps what it has to itself. */
  readonly lines?: SecretLines | undefined;
}

export function createReportTickets({ clock, capacity = CAPACITY, lines }: ReportTicketsOptions): ReportTickets {
  /** In the order in which they came. */
  const tickets = new Map<string, Held>();
  const now = (): Millis => clock().getTime();

  function drop(ticket: string, { secret }: Held): void {
    wipe(secret);
    tickets.delete(ticket);
  }

  function forgetOver(): void {
    for (const [ticket, held] of tickets) if (held.endsAt <= now()) drop(ticket, held);
  }

  function find(ticket: string): Held | undefined {
    forgetOver();
    return tickets.get(ticket);
  }

  function hold(ticket: string, held: Held): void {
    forgetOver();
    const [oldest] = tickets;
    if (tickets.size >= capacity && oldest) drop(...oldest);
    tickets.set(ticket, held);
  }

  function toTold(ticket: string): JsonObject | undefined {
    const held = find(ticket);
    if (!held) return undefined;
    const { reportId, secret, endsAt } = held;
    return { ticket, reportId, secret: writeSecretBytes(secret), left: endsAt - now() };
  }

  function take(told: Told): void {
    const { ticket, reportId } = told;
    const left = leftOf(told, TICKET_LIFETIME_MS);
    const secret = readSecretBytes(told.secret);
    if (!isShort(ticket) || !isShort(reportId) || left === undefined || !secret || find(ticket)) return;
    hold(ticket, { reportId, secret, endsAt: now() + left });
  }

  function* all(): Iterable<JsonObject> {
    for (const ticket of [...tickets.keys()].reverse()) {
      const told = toTold(ticket);
      if (told) yield told;
    }
  }

  const line = lines?.join('ticket', { take, all, find: toTold });

  return {
    issue(reportId, lookupId) {
      const ticket = randomBytes(TICKET_BYTES).toString('base64url');
      const secret = new Uint8Array(Buffer.from(lookupId, 'base64url'));
      hold(ticket, { reportId, secret, endsAt: now() + TICKET_LIFETIME_MS });
      line?.tell(() => toTold(ticket) ?? {});
      return ticket;
    },
    async learn(ticket) {
      if (!find(ticket)) await line?.learn(ticket);
    },
    reportOf: (ticket) => find(ticket)?.reportId,
    markOf(ticket, cause) {
      const held = find(ticket);
      return held && createHmac('sha256', held.secret).update(cause).digest('base64url');
    },
    forgetOver,
  };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_TOLD;
}
