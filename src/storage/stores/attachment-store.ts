import type { AttachmentStore, StoredAttachment } from '../ports/attachment-store.js';
import type { RecordCollections } from '../record-collection.js';

interface StoredContent {
  readonly conversationId: string;
  readonly id: string;
  readonly keptAt: number;
  /** Base64: sealed values are text. A file of 5 MB comes to 7, and MongoDB's documents have 16. */
  readonly content: string;
}

/** What is known of a file and what is in it are apart: lists would open all that a conversation holds. */
export function createAttachmentStore(collections: RecordCollections): AttachmentStore {
  const placeOf = ({ conversationId, id, keptAt }: Pick<StoredContent, 'conversationId' | 'id' | 'keptAt'>) => ({
    id: keyOf(conversationId, id),
    conversation: conversationId,
    sort: keptAt,
  });
  const attachments = collections<StoredAttachment>({ name: 'attachment', placeOf });
  const contents = collections<StoredContent>({ name: 'attachment-content', placeOf });

  return {
    async save(attachment, content) {
      const { conversationId, id, keptAt } = attachment;
      // First: what is found is there to be read.
      await contents.put({ conversationId, id, keptAt, content: Buffer.from(content).toString('base64') });
      await attachments.put(attachment);
    },
    find: async (conversationId, id) => (await attachments.load(keyOf(conversationId, id)))?.value,
    async content(conversationId, id) {
      const stored = await contents.load(keyOf(conversationId, id));
      return stored && Buffer.from(stored.value.content, 'base64');
    },
    listOf: (conversationId) => attachments.listReadable({ conversation: conversationId }),
    listBefore: (before) => attachments.listReadable({ before }),
    async remove(conversationId, id) {
      const key = keyOf(conversationId, id);
      const wasThere = await attachments.remove(key);
      await contents.remove(key);
      return wasThere;
    },
  };
}

function keyOf(conversationId: string, id: string): string {
  return JSON.stringify([conversationId, id]);
}
