import type { Account } from '../domain/account.js';
import type { Clock } from '../domain/clock.js';
import { isDomainError } from '../domain/errors.js';
import { parisDate } from '../domain/paris-time.js';
import { isUnread, lastWordAt, type Report, type ReportEvent } from '../domain/report.js';
import type { ReportDesk } from '../domain/report-desk.js';
import { isAmong } from '../domain/report-readers.js';
import type { SettingsStore } from '../storage/ports/settings-store.js';
import { type Audience, type AudienceStores, readAudience } from './audience.js';
import { mailAll } from './mail-all.js';
import type { Mailer } from './mailer.js';
import type { Pusher } from './pusher.js';
import {
  addedToReportNotice,
  mailText,
  type Notice,
  newReportNotice,
  TO_READ_REPORTS,
  unreadReportsNotice,
} from './words.js';

export interface ReportBell {
  /** Rings what is due. Rejects when storage is away; the next call makes up for it. */
  ring(): Promise<void>;
  /** Listens to changes no more. */
  close(): void;
}

export interface ReportBellDependencies extends AudienceStores {
  readonly desk: Pick<ReportDesk, 'list' | 'listOverdue' | 'readers' | 'subscribe'>;
  readonly settings: SettingsStore;
  readonly pusher: Pusher;
  /** Absent: no e-mail is configured. */
  readonly mailer?: Mailer;
  readonly clock: Clock;
  /** Where delegates find the reports. */
  readonly reportsUrl: string;
  /** Told of an e-mail that could not be sent, without its address. */
  readonly onMailFailure: (error: unknown) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** What other processes took in, and what only time brings about, is seen within so long. */
const LOOK_EVERY_MS = 60_000;
/** More news at once than this would be no news. */
const RECENT = 100;
/** A push service keeps it for a device that is switched off. */
const KEPT_S = 24 * 60 * 60;

/** What has rung already, the same for every process. */
interface Rung {
  /** What authors wrote in the last day: `<report> <seq>`. */
  readonly told: readonly string[];
  /** The last alarm about unread reports. */
  readonly unreadAt?: number;
}

/**
 * Rings for reports: once for what an author sent, by push, to those who say that they are available; once a day, by push
 * and e-mail and to everybody, while one has been unread for too long. Each is noted before it rings, by compare-and-set:
 * it rings once, whatever the number of processes. It says that there is something to read, and nothing of what.
 */
export function createReportBell(deps: ReportBellDependencies): ReportBell {
  const { desk, clock } = deps;
  let isDirty = true;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const unsubscribe = desk.subscribe(() => {
    isDirty = true;
  });

  async function look(now: number): Promise<void> {
    const [recent, overdue, stored] = await Promise.all([
      desk.list({ limit: RECENT }),
      readableOverdue(desk),
      deps.settings.load('report-alarm'),
    ]);
    const rung = toRung(stored?.value);
    const words = recent.flatMap((report) => wordsOf(report, now));
    const news = words.filter(({ name }) => !rung.told.includes(name));
    const isUnreadDue = overdue.length > 0 && now - (rung.unreadAt ?? Number.NEGATIVE_INFINITY) >= DAY_MS;
    if (news.length === 0 && !isUnreadDue) return;

    const unreadAt = isUnreadDue ? now : rung.unreadAt;
    const noted = { told: words.map(({ name }) => name), ...(unreadAt !== undefined && { unreadAt }) };
    const audience = await readAudience(deps);
    await deps.settings.save('report-alarm', noted, stored?.rev);
    await tellNews(deps, audience, news);
    if (isUnreadDue) await tellUnread(deps, audience, overdue, now);
  }

  return {
    async ring() {
      const now = clock().getTime();
      const isDue = isDirty || Math.abs(now - lookedAt) >= LOOK_EVERY_MS;
      if (!isDue) return;
      isDirty = false;
      lookedAt = now;
      try {
        await look(now);
      } catch (error) {
        isDirty = true;
        // Another process noted something first: what is left is seen the next time.
        if (!isDomainError(error, 'revision-conflict')) throw error;
      }
    },
    close: unsubscribe,
  };
}

/** What nobody of now could open rings for nobody: the page about access tells of it. */
async function readableOverdue({ listOverdue, readers }: ReportBellDependencies['desk']): Promise<readonly Report[]> {
  const [overdue, team] = await Promise.all([listOverdue(), readers()]);
  return overdue.filter(({ keys }) => keys.some(({ sealedTo }) => sealedTo.some((sealed) => isAmong(sealed, team))));
}

interface Word {
  readonly name: string;
  readonly kind: ReportEvent['kind'];
  readonly isRead: boolean;
}

/** What its author sent in the last day. */
function wordsOf(report: Report, now: number): readonly Word[] {
  const isRead = !isUnread(report);
  return report.events
    .filter(({ kind, at }) => (kind === 'submitted' || kind === 'addition') && now - at < DAY_MS)
    .map(({ kind, seq }) => ({ name: `${report.id} ${seq}`, kind, isRead }));
}

async function tellNews(
  { pusher }: ReportBellDependencies,
  { team, subscriptions }: Audience,
  news: readonly Word[],
): Promise<void> {
  const unread = news.filter(({ isRead }) => !isRead);
  if (unread.length === 0) return;
  const notice = unread.some(({ kind }) => kind === 'submitted') ? newReportNotice() : addedToReportNotice();
  const available = team.filter(({ isAvailable }) => isAvailable);
  await pusher.push(idsOf(available), notice, { keptSeconds: KEPT_S, subscriptions });
}

async function tellUnread(
  { pusher, mailer, reportsUrl, onMailFailure }: ReportBellDependencies,
  { team, subscriptions }: Audience,
  overdue: readonly Report[],
  now: number,
): Promise<void> {
  const oldest = Math.min(...overdue.map(lastWordAt));
  const notice: Notice = unreadReportsNotice(overdue.length, daysBetween(oldest, now));
  await pusher.push(idsOf(team), notice, { keptSeconds: KEPT_S, subscriptions });
  if (!mailer) return;
  const text = mailText(notice, reportsUrl, TO_READ_REPORTS);
  await mailAll(mailer, team, { subject: notice.title, text }, onMailFailure);
}

/** By the calendar of Paris: what came late in the evening came yesterday. */
function daysBetween(from: number, to: number): number {
  const dayOf = (at: number): number => Date.parse(parisDate(new Date(at)));
  return Math.max(0, Math.round((dayOf(to) - dayOf(from)) / DAY_MS));
}

function idsOf(team: readonly Account[]): readonly string[] {
  return team.map(({ id }) => id);
}

function toRung({ told, unreadAt }: Readonly<Record<string, unknown>> = {}): Rung {
  return {
    told: Array.isArray(told) ? told.filter((name) => typeof name === 'string') : [],
    ...(typeof unreadAt === 'number' && { unreadAt }),
  };
}
