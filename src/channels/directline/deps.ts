import type { Clock } from '../../domain/clock.js';
import type { Conversations } from '../../domain/conversations.js';
import type { Reveal } from '../../domain/message.js';
import type { Limiters } from '../../http/limiters.js';
import type { TurnHandler } from '../../pipeline/turn.js';
import type { AuthorNames } from '../author-names.js';
import type { ChannelLog } from '../channel.js';
import type { ResidentPresenceRecorder } from '../resident-presence.js';

export interface DirectLineDependencies {
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly clock: Clock;
  readonly log: ChannelLog;
  /** 32 bytes, the same in every process: it signs the tokens. */
  readonly signingKey: Uint8Array;
  /** Lets a site's backend make tokens. Absent: the secret's calls are refused. */
  readonly secret?: string;
  /** Where residents reach the server, without a trailing slash. Absent: taken from each request. */
  readonly publicUrl?: string;
  /** Proxies in front of the server; over 0, their X-Forwarded-Proto and -Host are believed. */
  readonly trustProxy: number;
  /** Web origins allowed to use the channel from a browser, besides this server's own and localhost. */
  readonly widgetOrigins: readonly string[];
  /** What residents read as the writer's name. */
  readonly names: AuthorNames;
  /** Shows residents the words for which a stored message has a stand-in. Absent: the stand-ins are shown. */
  readonly reveal?: Reveal;
  /** Shared with who shows delegates whether the resident is there. Absent: kept here, for nobody else. */
  readonly residents?: ResidentPresenceRecorder;
  readonly limits?: Partial<DirectLineLimits>;
  /** Those that the processes share; absent: this one counts alone. */
  readonly limiters?: Limiters;
}

export interface DirectLineLimits {
  /** An empty frame and a ping go out this often, in ms; a socket that missed one answer is cut. */
  readonly keepAliveMs: number;
  /** Bytes that may wait for a slow socket before it is cut; it resumes by its watermark. */
  readonly socketBacklogBytes: number;
  readonly socketsPerConversation: number;
  readonly socketsInAll: number;
  /** Messages that one conversation may send in a burst, and how many a minute after that. */
  readonly messageBurst: number;
  readonly messagesPerMinute: number;
  /** Reads that one conversation may make in ten seconds before they are slowed down. */
  readonly readsPerTenSeconds: number;
  /** That somebody types is passed on once in this time, in ms; what comes between is dropped. */
  readonly typingEveryMs: number;
  /** Longest time for which a call is held back, in ms; well under the 20 s that clients wait. */
  readonly longestDelayMs: number;
  /** New conversations, and session calls of any kind, that one address may make in ten minutes. */
  readonly newSessionsPerAddress: number;
  readonly sessionCallsPerAddress: number;
}

export const DEFAULT_LIMITS: DirectLineLimits = {
  keepAliveMs: 20_000,
  socketBacklogBytes: 1_000_000,
  socketsPerConversation: 20,
  socketsInAll: 10_000,
  messageBurst: 60,
  messagesPerMinute: 120,
  readsPerTenSeconds: 100,
  typingEveryMs: 2_000,
  longestDelayMs: 10_000,
  newSessionsPerAddress: 120,
  sessionCallsPerAddress: 600,
};
