import type { RequestHandler } from 'express';
import type { Leases } from '../domain/leases.js';
import type { Instruments } from './instruments.js';

/** What takes residents' messages in, as far as it is measured. */
interface Turns<Arguments extends readonly unknown[], Outcome extends { readonly kind: string }> {
  handle(...given: Arguments): Promise<Outcome>;
}

/** The same turns, timed. */
export function measureTurns<
  Arguments extends readonly unknown[],
  Outcome extends { readonly kind: string },
  Handler extends Turns<Arguments, Outcome>,
>({ turns: histogram }: Pick<Instruments, 'turns'>, turns: Handler & Turns<Arguments, Outcome>): Handler {
  return {
    ...turns,
    async handle(...given: Arguments): Promise<Outcome> {
      const end = histogram.startTimer();
      let outcome = 'failed';
      try {
        const result = await turns.handle(...given);
        outcome = result.kind;
        return result;
      } finally {
        end({ outcome });
      }
    },
  };
}

/** The same leases; the gauge shows which of them this process holds. */
export function measureLeases({ leases: gauge }: Pick<Instruments, 'leases'>, leases: Leases): Leases {
  return {
    ...leases,
    hold(name, duty) {
      gauge.set({ name }, 0);
      return leases.hold(name, {
        begin(lease) {
          gauge.set({ name }, 1);
          lease.over.addEventListener('abort', () => gauge.set({ name }, 0), { once: true });
          duty.begin(lease);
        },
        end: () => duty.end(),
      });
    },
  };
}

interface Mailer {
  send(mail: { readonly to: string; readonly subject: string; readonly text: string }): Promise<void>;
}

export function measureMailer<Given extends Mailer>({ alarms }: Pick<Instruments, 'alarms'>, mailer: Given): Given {
  return {
    ...mailer,
    async send(mail: Parameters<Mailer['send']>[0]) {
      try {
        await mailer.send(mail);
        alarms.inc({ by: 'email', outcome: 'sent' });
      } catch (error) {
        alarms.inc({ by: 'email', outcome: 'failed' });
        throw error;
      }
    },
  };
}

interface Pusher<Arguments extends readonly unknown[], Outcomes extends ReadonlyMap<string, string>> {
  push(...given: Arguments): Promise<Outcomes>;
}

export function measurePusher<Arguments extends readonly unknown[], Outcomes extends ReadonlyMap<string, string>>(
  { alarms }: Pick<Instruments, 'alarms'>,
  { push }: Pusher<Arguments, Outcomes>,
): Pusher<Arguments, Outcomes> {
  return {
    async push(...given) {
      const outcomes = await push(...given);
      for (const outcome of outcomes.values()) alarms.inc({ by: 'push', outcome });
      return outcomes;
    },
  };
}

/** Parts of the server, by how their paths begin. */
const AREAS = [
  ['/v3/directline', 'directline'],
  ['/api/widget', 'widget'],
  ['/telegram', 'telegram'],
  ['/api/messages', 'botframework'],
  ['/api/inbox', 'inbox'],
  ['/inbox', 'inbox'],
] as const;

/** Counts answers as they end. */
export function measureRequests({ requests }: Pick<Instruments, 'requests'>): RequestHandler {
  return (request, response, next) => {
    const area = AREAS.find(([start]) => request.path.startsWith(start))?.[1] ?? 'pages';
    response.once('close', () => {
      // Ended by the other side before there was an answer.
      const status = response.headersSent ? `${Math.floor(response.statusCode / 100)}xx` : 'none';
      requests.inc({ area, status });
    });
    next();
  };
}
