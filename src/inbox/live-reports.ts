import type { z } from 'zod';
import type { ReportDesk } from '../domain/report-desk.js';
import { frameOf } from './live-connection.js';
import { createPace } from './live-pace.js';
import type { LiveStream, ReportNews } from './live-stream.js';
import { readReports } from './report-reading.js';
import type { reportsEvent } from './schemas/events.js';

export type ReportSource = Pick<ReportDesk, 'list' | 'listOverdue' | 'readers' | 'subscribe'>;

export interface LiveReports {
  /** Reads what there is, unless that is known. @throws DomainError `storage-unavailable`. */
  ready(): Promise<void>;
  /** Sends a stream that has just opened what is known. */
  greet(stream: LiveStream): void;
  /** Looks again, at its pace, and sends every stream what is new to it. */
  wake(): void;
  stop(): void;
}

export interface LiveReportsDependencies {
  readonly reports: ReportSource;
  readonly streams: () => readonly LiveStream[];
  /** Between two readings. */
  readonly gapMs: number;
  /** Runs a task that may fail; the next look makes up for it. */
  readonly guarded: (task: () => Promise<void>) => Promise<void>;
}

/** Numbers only: a page learns from them that it has to ask again. */
export function createLiveReports({ reports, streams, gapMs, guarded }: LiveReportsDependencies): LiveReports {
  let known: ReportNews | undefined;
  let looking: Promise<void> = Promise.resolve();
  const pace = createPace(gapMs, () => guarded(look));
  const unsubscribe = reports.subscribe(() => pace.wake('reports'));

  async function read(): Promise<ReportNews> {
    const { reports: all, overdue, unread, readers } = await readReports(reports);
    const news: z.input<typeof reportsEvent> = { unread, overdue: overdue.size, changedAt: all[0]?.changedAt ?? 0 };
    // Who read a report, has it to do, or can open it, is a change as well.
    const state = JSON.stringify([
      news,
      all.map(({ id, rev }) => [id, rev]),
      readers.map((reader) => reader.publicKey),
    ]);
    return { frame: frameOf('reports', news), state };
  }

  async function tell(): Promise<void> {
    const news = await read();
    known = news;
    for (const stream of streams()) stream.offerReports(news);
  }

  /** One after the other: what was read first must not be told last. */
  function look(): Promise<void> {
    const look = looking.then(tell);
    looking = look.catch(() => undefined);
    return look;
  }

  return {
    async ready() {
      if (!known) await looking;
      if (!known) await look();
    },
    greet(stream) {
      if (known) stream.offerReports(known);
    },
    wake: () => pace.wake('reports'),
    stop() {
      unsubscribe();
      pace.stop();
    },
  };
}
