import type { Note, NoteStore } from '../ports/desk-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createNoteStore(collections: RecordCollections): NoteStore {
  const notes = collections<Note>({
    name: 'note',
    placeOf: ({ id, conversationId, at }) => ({ id, conversation: conversationId, sort: at }),
  });

  return {
    add: (note) => notes.insert(note),
    listOf: (conversationId) => notes.list({ conversation: conversationId }),
    removeOf: (conversationId) => notes.removeRange({ conversation: conversationId }),
  };
}
