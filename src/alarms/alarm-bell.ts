import type { Account } from '../domain/account.js';
import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Desk } from '../domain/desk.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import { mailAll } from './mail-all.js';
import type { Mailer } from './mailer.js';
import type { Pusher } from './pusher.js';
import { emergencyNotice, mailText, waitingNotice } from './words.js';

export interface AlarmBell {
  /** Looks once at who waits, and rings what is due. Rejects when storage is away; the next call makes up for it. */
  ring(): Promise<void>;
}

export interface AlarmBellDependencies {
  readonly store: Pick<ConversationStore, 'listQueue'>;
  readonly accounts: Pick<AccountStore, 'list'>;
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
  const { store, accounts, desk, pusher, mailer, clock, settings, inboxUrl } = deps;

  /** True when this step was due and is this process's to do. */
  async function claim(alarm: Alarm, step: 'pushedAt' | 'emailedAt', afterMs: number, now: number): Promise<boolean> {
    const dueAt = alarm.since + (alarm.isEmergency ? 0 : afterMs);
    return (
      now >= dueAt && alarm.conversation.desk.alarm?.[step] === undefined && desk.markAlarm(alarm.conversation.id, step)
    );
  }

  async function ringFor(alarm: Alarm, now: number, everybody: readonly Account[]): Promise<void> {
    const team = alarm.isEmergency ? everybody : everybody.filter(({ isAvailable }) => isAvailable);
    const notice = alarm.isEmergency ? emergencyNotice() : waitingNotice(Math.floor((now - alarm.since) / MINUTE_MS));
    if (await claim(alarm, 'pushedAt', settings.pushAfterSeconds * SECOND_MS, now)) {
      await pusher.push(
        team.map(({ id }) => id),
        notice,
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
      const everybody = (await accounts.list()).filter(({ isDisabled }) => !isDisabled);
      for (const alarm of alarms) await ringFor(alarm, now, everybody);
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
