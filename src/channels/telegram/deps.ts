import type { Attachments } from '../../domain/attachments.js';
import type { Clock } from '../../domain/clock.js';
import type { Conversations } from '../../domain/conversations.js';
import type { Leases } from '../../domain/leases.js';
import type { Reveal } from '../../domain/message.js';
import type { Peers } from '../../domain/peers.js';
import type { Timers } from '../../domain/timers.js';
import type { WakeUps } from '../../domain/wake-ups.js';
import type { TurnHandler } from '../../pipeline/turn.js';
import type { AuthorNames } from '../author-names.js';
import type { ChannelLog } from '../channel.js';
import type { AskShelf, ClaimShelf, DeliveryShelf } from '../deliveries.js';
import type { ChangedSince } from '../outbox-looks.js';
import type { TelegramWords } from './words.js';

export interface TelegramDependencies {
  readonly settings: TelegramSettings;
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly deliveries: DeliveryShelf;
  /** What the process that sends is asked for by the others. */
  readonly asks: AskShelf;
  /** Things that only the first of several processes does. */
  readonly claims: ClaimShelf;
  /** Tells of what is said outside of a turn, and of who is typing. */
  readonly changes: WakeUps;
  /** The ids of conversations to be looked at on starting: what was stored just before a crash is sent then. */
  readonly atStart?: () => Promise<readonly string[]>;
  /** Keeps what residents send to the delegate who holds their conversation. */
  readonly attachments: Pick<Attachments, 'keep'>;
  readonly names: AuthorNames;
  /** Shows residents the words for which a stored message has a stand-in. Absent: the stand-ins are sent. */
  readonly reveal?: Reveal;
  readonly words: TelegramWords;
  /** Makes relative links of cards absolute. Absent: they are left out. */
  readonly publicUrl?: string;
  /** The calendar file behind a path of this server; undefined when there is none. */
  readonly calendar: (path: string) => Promise<CalendarFile | undefined>;
  readonly clock: Clock;
  readonly log: TelegramLog;
  readonly timers?: Timers;
  /** What one process does at a time. Absent: this is the only one. */
  readonly leases?: Leases;
  /** The other processes. Absent: there are none. */
  readonly peers?: Peers;
  /** What was written in lately: looked at now and then where there are other processes. */
  readonly changedSince?: ChangedSince;
  /** In [0, 1). */
  readonly random?: () => number;
}

export interface TelegramSettings {
  readonly token: string;
  /** Without a slash at its end. */
  readonly apiRoot: string;
  /** Where Telegram is to hand updates in. Absent: they are fetched. */
  readonly webhook?: WebhookSettings;
}

export interface WebhookSettings {
  readonly url: string;
  /** Proves that it is Telegram who calls: 1 to 256 of `A-Z`, `a-z`, `0-9`, `_` and `-`. */
  readonly secret: string;
}

export interface CalendarFile {
  readonly name: string;
  readonly text: string;
}

/** Lines for the operator, in French where there is something to be done. */
export interface TelegramLog extends ChannelLog {
  info(fields: Readonly<Record<string, string | number>>, message: string): void;
}
