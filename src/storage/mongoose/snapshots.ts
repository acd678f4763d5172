import type { ConversationDocument } from './models.js';

/** What tells where a conversation's messages are. */
export type Located = Pick<
  ConversationDocument,
  '_id' | 'rev' | 'tail' | 'archive' | 'archivedThrough' | 'lastSeq' | 'messageCount'
>;

/** More than turns are under way at once in one process; a snapshot holds 40 messages at most. */
const KEPT = 100;

/**
 * What was read of conversations a moment ago, for the commit that follows. Every change moves `rev`, and a conversation
 * opened anew has an archive of another name: what was read is what stands there when a write on that rev and that name
 * matches. So a commit needs no second look; one that does not match may be owed to an old snapshot, and looks again.
 */
export interface Snapshots {
  keep(conversation: Located): void;
  /** Given once: whoever is overtaken looks again. */
  take(id: string, rev: number): Located | undefined;
}

export function createSnapshots(): Snapshots {
  const kept = new Map<string, Located>();
  return {
    keep(conversation) {
      kept.delete(conversation._id);
      kept.set(conversation._id, conversation);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    },
    take(id, rev) {
      const conversation = kept.get(id);
      kept.delete(id);
      return conversation?.rev === rev ? conversation : undefined;
    },
  };
}
