import { z } from 'zod';
import type { JsonObject } from '../../domain/json.js';
import type { AskNotes } from '../outbox-asks.js';
import type { RecentMessages } from './deletions.js';
import type { MessageMark } from './notes.js';

const schema = z.object({ ids: z.array(z.tuple([z.int(), z.number()])) });

/** Messages of a chat that the process which sends does not know of yet go with what it is asked, for an erasure. */
export function createAskNotes(recent: RecentMessages): AskNotes {
  return {
    take(conversationId) {
      const ids = recent.of(conversationId);
      return ids.length > 0 ? { ids } : undefined;
    },
    taken: (conversationId, notes) => recent.settle(conversationId, marksOf(notes)),
    join: (earlier, later) => ({ ids: [...new Map([...marksOf(earlier), ...marksOf(later)])] }),
    give(conversationId, notes) {
      for (const mark of marksOf(notes)) recent.note(conversationId, mark);
    },
  };
}

/** What another version has asked, and cannot be read, counts for nothing. */
export function marksOf(notes: JsonObject | undefined): readonly MessageMark[] {
  return schema.safeParse(notes).data?.ids ?? [];
}
