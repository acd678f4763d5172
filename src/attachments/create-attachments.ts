import { createHash } from 'node:crypto';
import type { Attachments, EnclosedRefusal, Keeping, KeptFile } from '../domain/attachments.js';
import type { Clock } from '../domain/clock.js';
import { AlteredError, DomainError } from '../domain/errors.js';
import type { Attachment } from '../domain/message.js';
import type { AttachmentStore } from '../storage/ports/attachment-store.js';
import { formOf } from './file-form.js';
import { LIMITS } from './limits.js';
import { createOneByOne } from './one-by-one.js';
import type { RewriteApart } from './rewrite-apart.js';

export interface AttachmentsDependencies {
  readonly store: AttachmentStore;
  readonly apart: RewriteApart;
  readonly clock: Clock;
}

export interface AttachmentUpkeep {
  /** Ends what is under way; what is asked afterwards is refused with `storage-unavailable`. */
  close(): void;
}

const ID_BYTES = 16;

/**
 * Files are written anew one at a time, so that they never take more than one processor and one file's memory. A crash
 * between keeping a file and committing its message leaves the file without a message: it is swept two days later, and in
 * any case removed with its conversation.
 */
export function createAttachments(deps: AttachmentsDependencies): Attachments & AttachmentUpkeep {
  const { store, apart, clock } = deps;
  const oneByOne = createOneByOne(LIMITS.waiting);
  let isClosed = false;

  async function write(conversationId: string, id: string, file: Uint8Array): Promise<Keeping> {
    refuseWhenClosed();
    const known = await unlessAltered(() => store.find(conversationId, id));
    if (known) return kept(known);
    const others = await store.listOf(conversationId);
    const room = LIMITS.conversation - others.reduce((sum, { bytes }) => sum + bytes, 0);
    if (others.length >= LIMITS.files || room <= 0) return refused('too-many');
    const rewritten = await apart.run(file);
    refuseWhenClosed();
    if ('refused' in rewritten) return refused(rewritten.refused);
    const { kind, bytes: content } = rewritten;
    if (content.length > room) return refused('too-many');
    const attachment = { id, kind, bytes: content.length };
    await store.save({ ...attachment, conversationId, keptAt: clock().getTime() }, content);
    return kept(attachment);
  }

  function refuseWhenClosed(): void {
    if (isClosed) throw new DomainError('storage-unavailable', 'The server is being stopped');
  }

  return {
    async keep(conversationId, externalId, file) {
      if (!formOf(file)) return refused('kind');
      if (file.length > LIMITS.incoming) return refused('size');
      const id = idOf(conversationId, externalId);
      return (await oneByOne(() => write(conversationId, id, file), file.length)) ?? refused('unavailable');
    },
    load: (conversationId, id) => load(store, conversationId, id),
    close() {
      isClosed = true;
      apart.close();
    },
  };
}

async function load(store: AttachmentStore, conversationId: string, id: string): Promise<KeptFile | undefined> {
  return unlessAltered(async () => {
    const found = await store.find(conversationId, id);
    const bytes = found && (await store.content(conversationId, id));
    return bytes && { kind: found.kind, bytes };
  });
}

/** What was altered is as good as gone; keeping it again puts it right. */
async function unlessAltered<Value>(read: () => Promise<Value | undefined>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AlteredError) return undefined;
    throw error;
  }
}

/** The same message has the same one; it tells neither. */
function idOf(conversationId: string, externalId: string): string {
  const name = JSON.stringify(['attachment', conversationId, externalId]);
  return createHash('sha256').update(name).digest().subarray(0, ID_BYTES).toString('base64url');
}

function kept({ id, kind, bytes }: Attachment): Keeping {
  return { kind: 'kept', attachment: { id, kind, bytes } };
}

function refused(reason: EnclosedRefusal): Keeping {
  return { kind: 'refused', reason };
}
