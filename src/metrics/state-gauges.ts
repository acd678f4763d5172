import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { PeersState } from '../domain/peers.js';
import type { Storage } from '../storage/ports/storage.js';

export interface StateSources {
  readonly storage: Pick<Storage, 'ping'> & {
    readonly conversations: Pick<Storage['conversations'], 'listQueue'>;
    readonly deliveries: Pick<Storage['deliveries'], 'listFailed'>;
  };
  /** Reports that no delegate has read for too long. */
  readonly listOverdueReports: () => Promise<readonly unknown[]>;
  readonly peers: { state(): PeersState };
  /** Absent: no bot on Telegram. */
  readonly telegram?: (() => string) | undefined;
  readonly connections: () => Promise<number>;
  readonly clock: Clock;
  /** Told of what could not be read for the figures, which are then left out. */
  readonly onFailure: (error: unknown) => void;
}

const QUEUE_LIMIT = 1000;
const DELIVERIES_LIMIT = 1000;
const SECOND_MS = 1000;
/** Whoever asks more often is given the same figures: they cost the database three queries. */
const KEPT_MS = 5 * SECOND_MS;
/** On its way: the rest waits for the resident, or is told to delegates. */
const ON_ITS_WAY = ['queued', 'sending', 'resending', 'unreachable', 'busy', 'service-error', 'unanswered'];
const WELL_ON_TELEGRAM = ['running', 'standby'];

/** Figures that are read when somebody asks for them, the same in all processes of one database. */
export function addStateGauges(registry: Registry, sources: StateSources): { collect(): Promise<void> } {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const isUp = gauge('permanence_storage_up', '1 while the database answers.');
  const joined = gauge('permanence_processes_joined', '1 while this process and the others wake each other.');
  const connections = gauge('permanence_open_connections', 'Connections to this process: pages, streams and calls.');
  const telegram = sources.telegram && gauge('permanence_telegram_up', '1 while the bot receives messages.');
  const desk = createDeskGauges(gauge);
  const outbox = createOutboxGauges(registry, gauge);
  const overdue = gauge('permanence_reports_overdue', 'Reports that no delegate has read for too long.');
  let readAt = Number.NEGATIVE_INFINITY;

  async function readStorage(now: number): Promise<void> {
    const { conversations, deliveries } = sources.storage;
    const [queue, failed, late] = await Promise.all([
      conversations.listQueue(QUEUE_LIMIT),
      deliveries.listFailed(DELIVERIES_LIMIT),
      sources.listOverdueReports(),
    ]);
    desk.set(queue, now);
    outbox.set(failed, now);
    overdue.set(late.length);
  }

  return {
    async collect() {
      const now = sources.clock().getTime();
      joined.set(sources.peers.state() === 'apart' ? 0 : 1);
      telegram?.set(WELL_ON_TELEGRAM.includes(sources.telegram?.() ?? '') ? 1 : 0);
      connections.set(await sources.connections());
      if (Math.abs(now - readAt) < KEPT_MS) return;
      try {
        await sources.storage.ping();
        await readStorage(now);
        isUp.set(1);
        readAt = now;
      } catch (error) {
        // Yesterday's figures would look like today's.
        isUp.set(0);
        for (const figures of [desk, outbox]) figures.clear();
        overdue.remove();
        sources.onFailure(error);
      }
    },
  };
}

type MakeGauge = (name: string, help: string) => Gauge;

function createDeskGauges(gauge: MakeGauge) {
  const waiting = gauge('permanence_conversations_waiting', 'Residents who wait for a delegate.');
  const held = gauge('permanence_conversations_held', 'Conversations that a delegate holds.');
  const dangers = gauge('permanence_conversations_in_danger', 'Conversations with a danger that nobody has seen yet.');
  const oldest = gauge('permanence_oldest_wait_seconds', 'For how long the first of those who wait has waited.');
  return {
    set(queue: readonly Conversation[], now: number): void {
      const waits = queue.filter(({ status, desk }) => status === 'waiting' && (desk.snoozedUntil ?? 0) <= now);
      waiting.set(waits.length);
      held.set(queue.filter(({ status }) => status === 'assigned').length);
      dangers.set(queue.filter(({ desk }) => desk.emergencyAt !== undefined).length);
      oldest.set(
        ageOf(
          waits.map(({ desk }) => desk.waitingSince ?? now),
          now,
        ),
      );
    },
    clear: () => {
      for (const figure of [waiting, held, dangers, oldest]) figure.remove();
    },
  };
}

function createOutboxGauges(registry: Registry, gauge: MakeGauge) {
  const due = new Gauge({
    name: 'permanence_outbox_conversations',
    help: 'Conversations of push channels with something that has not arrived, by why.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const oldest = gauge('permanence_outbox_oldest_seconds', 'For how long the first of what is on its way has been.');
  return {
    set(failed: readonly { readonly failure?: { readonly code: string; readonly at: number } }[], now: number): void {
      const failures = failed.flatMap(({ failure }) => failure ?? []);
      due.reset();
      for (const reason of ON_ITS_WAY) due.set({ reason }, 0);
      for (const { code } of failures) due.inc({ reason: code });
      const times = failures.filter(({ code }) => ON_ITS_WAY.includes(code)).map(({ at }) => at);
      oldest.set(ageOf(times, now));
    },
    clear: () => {
      due.reset();
      oldest.remove();
    },
  };
}

/** In seconds; 0 of nothing. */
function ageOf(times: readonly number[], now: number): number {
  return times.length === 0 ? 0 : Math.max(0, now - Math.min(...times)) / SECOND_MS;
}
