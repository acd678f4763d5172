import { messageIdOf } from './external-ids.js';
import type { MessageMark } from './notes.js';

/**
 * Messages of which no notes are stored yet: what the resident wrote since the last message to them, files sent at a button.
 * Of this process.
 */
export interface RecentMessages {
  note(conversationId: string, mark: MessageMark): void;
  /** Those noted so far; they stay noted until `settle`. */
  of(conversationId: string): readonly MessageMark[];
  /** These are in stored notes now. */
  settle(conversationId: string, marks: readonly MessageMark[]): void;
  forget(conversationId: string): void;
}

/** Conversations of which something is noted; beyond, the one noted longest ago is forgotten. */
const MOST_KNOWN = 10_000;
/** Of one conversation. */
const MOST_MARKS = 400;
/** A bot can delete what is younger than 48 h (https://core.telegram.org/bots/api#deletemessage); some of it is for the way. */
const DELETABLE_MS = 48 * 3_600_000 - 300_000;

export function createRecentMessages(): RecentMessages {
  const known = new Map<string, readonly MessageMark[]>();

  function set(id: string, marks: readonly MessageMark[]): void {
    known.delete(id);
    if (marks.length > 0) known.set(id, marks.slice(-MOST_MARKS));
    const [oldest] = known.size > MOST_KNOWN ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
  }

  return {
    note(id, mark) {
      // A message that is edited again and again, as a place that goes on moving, is still one.
      const others = (known.get(id) ?? []).filter(([messageId]) => messageId !== mark[0]);
      set(id, [...others, mark]);
    },
    of: (id) => known.get(id) ?? [],
    settle(id, marks) {
      const settled = new Set(marks.map(([messageId]) => messageId));
      set(
        id,
        (known.get(id) ?? []).filter(([messageId]) => !settled.has(messageId)),
      );
    },
    forget: (id) => void known.delete(id),
  };
}

/** One mark for each message, the oldest first, as many and as old as can be of use. */
export function mergeMarks(marks: readonly MessageMark[], now: Date): readonly MessageMark[] {
  const since = now.getTime() - DELETABLE_MS;
  const byId = new Map(marks.filter(([, sentAt]) => sentAt > since));
  return [...byId].sort(([, one], [, other]) => one - other).slice(-MOST_MARKS);
}

/** Of a stored message, where it is one of Telegram's. */
export function markOf(externalId: string, sentAt: number): readonly MessageMark[] {
  const messageId = messageIdOf(externalId);
  return messageId === undefined ? [] : [[messageId, sentAt]];
}
