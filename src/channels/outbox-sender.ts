import type { Conversation } from '../domain/conversation.js';
import type { JsonObject } from '../domain/json.js';
import type { Message } from '../domain/message.js';
import type { Resends } from './outbox-plan.js';

/** A message on its way to the resident. */
export interface Due {
  readonly conversation: Conversation;
  readonly message: Message;
  /** The resident's message that it answers. */
  readonly answered?: Message;
}

/** What is sent together, in its order. */
export type Dues = readonly [Due, ...Due[]];

/** How a channel's service is written to. */
export interface Sender {
  /** Whether what may have arrived is sent a second time: rather twice than not at all, or rather not at all than twice. */
  readonly resends: Resends;
  /** True for what is sent a second time all the same: nobody is harmed if it arrives twice, somebody is if it never does. */
  repeats?(dues: Dues): boolean;
  /** False for what has no form in the channel: it counts as delivered. */
  takes(due: Due): boolean;
  /** True when `next`, which comes right after `dues`, is sent together with them. Absent: each is sent by itself. */
  joins?(dues: Dues, next: Due): boolean;
  /**
   * Resolves when the service may be written to. Nothing is stored of a try before that, so that a death meanwhile leaves no doubt.
   * @param end gives the turn up, waited for or had: nothing is sent after all. Never once `send` is called.
   */
  ready?(due: Due, end: AbortSignal): Promise<void>;
  /**
   * Resolves once the service has acknowledged all of it, or a part; it must settle within seconds.
   * @param notes what earlier sends of this conversation left to be remembered.
   * @throws SendFailure
   */
  send(dues: Dues, notes: JsonObject): Promise<Sent>;
  /** The notes of a send whose process was overtaken, put together with those that stand. Absent: they are lost. */
  mergeNotes?(present: JsonObject, late: JsonObject): JsonObject;
}

export interface Sent {
  /** What is to be remembered in place of the notes, if it has changed. */
  readonly notes?: JsonObject;
  /** There is more of it: once these notes are stored, `send` is called again in its turn. */
  readonly isPart?: boolean;
}

/** Messages that are passed in one go. */
export interface Parcel {
  /** Those to be sent; the others have no form in the channel, or are the resident's. */
  readonly dues: readonly Due[];
  /** `seq` of the last message of the parcel. */
  readonly lastSeq: number;
  /** Others are to follow: once this one has left, it is stored that something is still due. */
  readonly isFollowed?: boolean;
}

/** Puts together what the sender joins. What is not to be sent goes with what comes before it. */
export function toParcels(dues: readonly Due[], sender: Pick<Sender, 'takes' | 'joins'>): readonly Parcel[] {
  const parcels: { readonly dues: Due[]; lastSeq: number }[] = [];
  for (const due of dues) {
    const last = parcels.at(-1);
    const { author, seq } = due.message;
    const isSent = author !== 'resident' && sender.takes(due);
    if (last && (!isSent || isJoined(last.dues, due, sender))) {
      if (isSent) last.dues.push(due);
      last.lastSeq = seq;
    } else parcels.push({ dues: isSent ? [due] : [], lastSeq: seq });
  }
  return parcels;
}

function isJoined(dues: readonly Due[], next: Due, { joins }: Pick<Sender, 'joins'>): boolean {
  const [first, ...rest] = dues;
  return first !== undefined && (joins?.([first, ...rest], next) ?? false);
}
