import { Refusal } from '../http/refusal.js';
import { type ConversationDependencies, paramOf, recordOf } from './conversation-context.js';
import type { Handler } from './handler.js';
import { pseudonymOf } from './pseudonym.js';

const FILES = {
  image: { type: 'image/jpeg', name: 'image', extension: 'jpg' },
  pdf: { type: 'application/pdf', name: 'document', extension: 'pdf' },
} as const;
/** Of the id, in the name under which a file is saved: several of one conversation are told apart. */
const MARK_LENGTH = 4;

/** Gives a file of a conversation to whoever may read the conversation, and logs it each time before anything is sent. */
export function createAttachmentReader({
  view,
  attachments,
  audit,
}: Pick<ConversationDependencies, 'view' | 'attachments' | 'audit'>): Handler<'readAttachment'> {
  const record = recordOf(audit);

  return async (call) => {
    const conversation = await view.find(paramOf(call));
    const id = paramOf(call, 'attachmentId');
    const file = await attachments.load(conversation.id, id);
    if (!file) throw new Refusal('AttachmentNotFound');
    await record('conversation.file-opened', call.caller.actor, conversation.id);
    const { type, name, extension } = FILES[file.kind];
    const mark = id.replace(/[^A-Za-z0-9]/g, '').slice(0, MARK_LENGTH);
    return { bytes: file.bytes, type, fileName: `${name}-${pseudonymOf(conversation.id)}-${mark}.${extension}` };
  };
}
