import { randomUUID } from 'node:crypto';
import type { MessageRecord } from '../record-codec.js';
import type { ConversationDocument } from './models.js';

/** The tail never holds more messages than this after a commit of fewer. */
export const TAIL_LIMIT = 40;
/** How many of them stay when the others are archived: enough that it happens once in many turns. */
export const TAIL_KEPT = 20;

export interface TailPlan {
  /** To be in the archive before the write. */
  readonly archived: readonly MessageRecord[];
  /** The part of the conversation's write that concerns its messages. */
  readonly update: {
    readonly set: Partial<Pick<ConversationDocument, 'tail' | 'archive' | 'archivedThrough' | 'messageCount'>>;
    readonly push: readonly MessageRecord[];
  };
}

export function planTail(
  { tail, messageCount }: Pick<ConversationDocument, 'tail' | 'messageCount'>,
  added: readonly MessageRecord[],
  erasesHistory: boolean,
): TailPlan {
  if (erasesHistory) {
    const set = { tail: added, archive: randomUUID(), archivedThrough: 0, messageCount: added.length };
    return { archived: [], update: { set, push: [] } };
  }
  const count = { messageCount: messageCount + added.length };
  if (tail.length + added.length <= TAIL_LIMIT) return { archived: [], update: { set: count, push: added } };

  const keptCount = Math.max(0, Math.min(TAIL_KEPT, TAIL_LIMIT - added.length));
  const archived = tail.slice(0, Math.max(0, tail.length - keptCount));
  const last = archived.at(-1);
  if (!last) return { archived, update: { set: count, push: added } };
  const set = { ...count, tail: [...tail.slice(archived.length), ...added], archivedThrough: last.seq };
  return { archived, update: { set, push: [] } };
}
