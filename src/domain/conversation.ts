import type { DeskState, InboxList } from './desk-state.js';
import type { JsonObject } from './json.js';
import type { Message } from './message.js';

/** `bot` → `waiting` (asked for a person) → `assigned` (a delegate holds it) → `bot` or `closed`. */
export type ConversationStatus = 'bot' | 'waiting' | 'assigned' | 'closed';

export type ChannelName = 'directline' | 'botframework' | 'telegram';

/** Where a push channel reaches the resident. Stored encrypted; looked up by a keyed hash of `key`. */
export interface ChannelAddress {
  /** Names the chat within the channel. */
  readonly key: string;
  /** What the channel needs to write to it. */
  readonly details: JsonObject;
}

/** The unit of consistency: it changes by compare-and-set on `rev` only. */
export interface Conversation {
  readonly id: string;
  readonly channel: ChannelName;
  readonly address?: ChannelAddress;
  readonly rev: number;
  /** `seq` of the last message; 0 when there is none. */
  readonly lastSeq: number;
  readonly status: ConversationStatus;
  /** The dialogs' own state; opaque to everything else. */
  readonly dialogState: JsonObject;
  /** Sealed at rest. */
  readonly desk: DeskState;
  /** Derived from status and desk by `inboxListOf`; every commit stores it anew. */
  readonly inboxList: InboxList;
  readonly createdAt: Date;
  readonly lastMessageAt: Date;
}

/** Who speaks, and what the desk knows: what transitions change. */
export type Standing = Pick<Conversation, 'status' | 'desk'>;

/** All that one turn writes, or nothing of it. */
export interface ConversationChange {
  readonly id: string;
  /** The `rev` that the change was made from; the stored one becomes `expectedRev + 1`. */
  readonly expectedRev: number;
  readonly status: ConversationStatus;
  readonly dialogState: JsonObject;
  readonly desk: DeskState;
  /** `inboxListOf` the new status and desk. */
  readonly inboxList: InboxList;
  /** With `seq` following the stored `lastSeq`, in order. */
  readonly messages: readonly Message[];
  /** Removes every message before `messages`, for good. */
  readonly erasesHistory?: boolean;
  readonly at: Date;
}

/** See `InboxList`. A snoozed conversation stays in the queue: it is out of sight on the screen only. */
export function inboxListOf({ status, desk }: Standing): InboxList {
  const isTask =
    status === 'waiting' ||
    status === 'assigned' ||
    desk.emergencyAt !== undefined ||
    desk.missedAt !== undefined ||
    desk.callbacks.some(({ done }) => !done);
  if (isTask) return 'queue';
  return desk.handledBy.length > 0 || desk.atDeskSince !== undefined ? 'past' : 'none';
}

/** Those who wait in sight, the one who has waited longest first. */
export function inOrderOfWaiting(conversations: readonly Conversation[]): readonly Conversation[] {
  const since = ({ desk }: Conversation): number => desk.waitingSince ?? Number.POSITIVE_INFINITY;
  return conversations
    .filter(({ status, desk }) => status === 'waiting' && desk.snoozedUntil === undefined)
    .toSorted((one, other) => since(one) - since(other) || (one.id < other.id ? -1 : 1));
}
