import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Desk } from '../domain/desk.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { type Audience, type AudienceStores, readAudience } from './audience.js';
import { mailAll } from './mail-all.js';
import type { Mailer } from './mailer.js';
import type { Pusher } from './pusher.js';
import { emergencyNotice, mailText, waitingNotice } from './words.js';

export interface AlarmBell {
  /** Looks once at who waits, and rings what is due. Rejects when storage is away; the next call makes up for it. */
  ring(): Promise<void>;
}

export interface AlarmBellDependencies extends AudienceStores {
  readonly store: Pick<ConversationStore, 'listQueue'>;
  readonly desk: Pick<Desk, 'markAlarm'>;
  readonly pusher: Pusher;
  /** Absent: no e-mail is configured. */
  readonly mailer?: Mailer;
  readonly clock: Clock;
  readonly settings: { readonly pushAfterSeconds: number; readonly emailAfterMinutes: number };
  /** Where delegates open the inbox. */
  readonly inboxUrl: string;
  /** Told of an e-mail that could not be sent, without its address. */
  readonly onMailFailure: (error: unknown) => void;
}

const QUEUE_LIMIT = 500;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/**
 * The steps of the alarm that do not need an open page: push, then e-mail. Each is marked on the conversation before it is
 * sent, by compare-and-set: it rings once, whatever the number of processes, and not at all once somebody has taken it.
 * It rings for those who say that they are available; a danger rings for everybody.
 */
export function createAlarmBell(deps: AlarmBellDependencies): AlarmBell {
  const { store, desk, pusher, mailer, clock, settings, inboxUrl } = deps;

  /** True when this step was due and is this process's to do. */
  async function claim(alarm: Alarm, step: 'pushedAt' | 'emailedAt', afterMs: number, now: number): Promise<boolean> {
    const { conversation, since, isEmergency } = alarm;
    const isDue = now >= since + (isEmergency ? 0 : afterMs);
    // A process that was stopped since it looked marks no other wait than the one that it saw.
    return isDue && conversation.desk.alarm?.[step] === undefined && desk.markAlarm(conversation.id, step, since);
  }

  async function ringFor(alarm: Alarm, now: number, { team: everybody, subscriptions }: Audience): Promise<void> {
    const team = alarm.isEmergency ? everybody : everybody.filter(({ isAvailable }) => isAvailable);
    const notice = alarm.isEmergency ? emergencyNotice() : waitingNotice(Math.floor((now - alarm.since) / MINUTE_MS));
    if (await claim(alarm, 'pushedAt', settings.pushAfterSeconds * SECOND_MS, now)) {
      await pusher.push(
        team.map(({ id }) => id),
        notice,
        { subscriptions },
      );
    }
    if (mailer && (await claim(alarm, 'emailedAt', settings.emailAfterMinutes * MINUTE_MS, now))) {
      const mail = { subject: notice.title, text: mailText(notice, inboxUrl) };
      await mailAll(mailer, team, mail, deps.onMailFailure);
    }
  }

  return {
    async ring() {
      const now = clock().getTime();
      const alarms = (await store.listQueue(QUEUE_LIMIT)).flatMap((conversation) => alarmOf(conversation, now));
      if (alarms.length === 0) return;
      const audience = await readAudience(deps);
      const failures: unknown[] = [];
      // One that cannot be marked does not keep the others from ringing.
      for (const alarm of alarms) await ringFor(alarm, now, audience).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}

interface Alarm {
  readonly conversation: Conversation;
  readonly since: number;
  readonly isEmergency: boolean;
}

/** None for a conversation that somebody holds, or that is out of sight until later. */
function alarmOf(conversation: Conversation, now: number): readonly Alarm[] {
  const { status, desk } = conversation;
  if (desk.emergencyAt !== undefined && status !== 'assigned') {
    return [{ conversation, since: desk.emergencyAt, isEmergency: true }];
  }
  if (status !== 'waiting' || desk.waitingSince === undefined || (desk.snoozedUntil ?? 0) > now) return [];
  return [{ conversation, since: desk.waitingSince, isEmergency: false }];
}
