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
import type { AskShelf, DeliveryShelf } from '../deliveries.js';
import type { ChangedSince } from '../outbox-looks.js';

export interface BotFrameworkDependencies {
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly deliveries: DeliveryShelf;
  /** What the process that sends is asked for by the others. */
  readonly asks: AskShelf;
  /** Tells of what is said outside of a turn, by a delegate or by the desk. */
  readonly changes: Pick<WakeUps, 'subscribeAll'>;
  readonly clock: Clock;
  readonly names: AuthorNames;
  /** Shows residents the words for which a stored message has a stand-in. Absent: the stand-ins are sent. */
  readonly reveal?: Reveal;
  /** The ids of conversations to be looked at on starting: what was stored just before a crash is sent then. */
  readonly atStart?: () => Promise<readonly string[]>;
  readonly timers?: Timers;
  /** What one process does at a time. Absent: this is the only one. */
  readonly leases?: Leases;
  /** The other processes. Absent: there are none. */
  readonly peers?: Peers;
  /** What was written in lately: looked at now and then where there are other processes. */
  readonly changedSince?: ChangedSince;
  readonly log: ChannelLog;
  /** Makes relative links of cards absolute. Absent: taken from the last request. */
  readonly publicUrl?: string;
  readonly trustProxy: number;
  readonly settings: BotFrameworkSettings;
}

export interface BotFrameworkSettings {
  /** Both, or the endpoint stays shut to Bot Framework channels. */
  readonly appId?: string;
  readonly appPassword?: string;
  readonly appType: 'MultiTenant' | 'SingleTenant';
  readonly appTenantId?: string;
  /** Opens the endpoint without authentication to an Emulator on this very machine. Ignored beside credentials. */
  readonly emulator: boolean;
}
