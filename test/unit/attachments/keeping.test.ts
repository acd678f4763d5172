import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAttachments } from '../../../src/attachments/create-attachments.js';
import { LIMITS } from '../../../src/attachments/limits.js';
import type { Rewritten } from '../../../src/attachments/rewrite.js';
import { sweepOrphans } from '../../../src/attachments/sweep-orphans.js';
import type { Attachments } from '../../../src/domain/attachments.js';
import type { Message } from '../../../src/domain/message.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { openRewriteApart } from '../../support/attachments.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';
import { buildPhoto } from '../../support/files.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const HOUR_MS = 3_600_000;
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

let storage: Storage;
let now: number;

beforeEach(async () => {
  storage = await openMemoryStorage();
  now = Date.UTC(2026, 10, 23, 12);
});
afterEach(() => storage.close());

/** With a process that writes what it is told to, in place of the real one. */
function open(run: (file: Uint8Array) => Promise<Rewritten> = async () => image(100), close = () => undefined) {
  return createAttachments({
    store: storage.attachments,
    apart: { run, close },
    clock: () => new Date(now),
  });
}

function image(bytes: number): Rewritten {
  return { kind: 'image', bytes: Buffer.alloc(bytes, 1) };
}

async function keepId(attachments: Attachments, conversationId: string, externalId: string): Promise<string> {
  const keeping = await attachments.keep(conversationId, externalId, JPEG);
  if (keeping.kind !== 'kept') throw new Error(`Refused: ${keeping.reason}`);
  return keeping.attachment.id;
}

describe('keeping a file', () => {
  it('keeps what is left of a real photo, and gives it back to its conversation only', async () => {
    const attachments = createAttachments({
      store: storage.attachments,
      apart: openRewriteApart(),
      clock: () => new Date(now),
    });
    const keeping = await attachments.keep('one', 'm1', await buildPhoto());
    expect(keeping).toMatchObject({
      kind: 'kept',
      attachment: { kind: 'image', id: expect.stringMatching(/^[\w-]{22}$/) },
    });
    if (keeping.kind !== 'kept') return;
    const { id, bytes } = keeping.attachment;
    const file = await attachments.load('one', id);
    expect(file?.kind).toBe('image');
    expect(file?.bytes.length).toBe(bytes);
    expect(await attachments.load('two', id)).toBeUndefined();
    expect(await attachments.load('one', 'absent')).toBeUndefined();
  });

  it('changes nothing when it is kept again, and needs no second writing', async () => {
    let runs = 0;
    const attachments = open(async () => image(++runs));
    const first = await attachments.keep('one', 'm1', JPEG);
    expect(await attachments.keep('one', 'm1', JPEG)).toEqual(first);
    expect([runs, (await storage.attachments.listOf('one')).length]).toEqual([1, 1]);
    const others = [await keepId(attachments, 'one', 'm2'), await keepId(attachments, 'two', 'm1')];
    expect(new Set([first.kind === 'kept' && first.attachment.id, ...others]).size).toBe(3);
  });

  it('writes one at a time', async () => {
    let [atOnce, most] = [0, 0];
    const attachments = open(async () => {
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      return image(1);
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => attachments.keep(id, 'm1', JPEG)));
    expect(most).toBe(1);
  });

  it('refuses what is too large or of another kind without a process', async () => {
    const attachments = open(async () => {
      throw new Error('Not to be run');
    });
    const large = Buffer.concat([JPEG, Buffer.alloc(LIMITS.incoming)]);
    expect(await attachments.keep('one', 'm1', large)).toEqual({ kind: 'refused', reason: 'size' });
    expect(await attachments.keep('one', 'm1', Buffer.from('PK'))).toEqual({ kind: 'refused', reason: 'kind' });
  });

  it('refuses the twenty-first, and what does not fit any more', async () => {
    const attachments = open();
    for (let count = 0; count < LIMITS.files; count++) await keepId(attachments, 'one', `m${count}`);
    expect(await attachments.keep('one', 'last', JPEG)).toEqual({ kind: 'refused', reason: 'too-many' });
    expect(await attachments.keep('one', 'm3', JPEG)).toMatchObject({ kind: 'kept' });

    const large = open(async () => image(LIMITS.pdf));
    for (let count = 0; count < 8; count++) await keepId(large, 'two', `m${count}`);
    expect(await open(async () => image(1)).keep('two', 'last', JPEG)).toEqual({ kind: 'refused', reason: 'too-many' });
    const [one] = await storage.attachments.listOf('two');
    await storage.attachments.remove('two', one?.id ?? '');
    expect(await open(async () => image(LIMITS.pdf + 1)).keep('two', 'last', JPEG)).toEqual({
      kind: 'refused',
      reason: 'too-many',
    });
  });

  it('keeps nothing that was refused', async () => {
    const attachments = open(async () => ({ refused: 'damaged' }));
    expect(await attachments.keep('one', 'm1', JPEG)).toEqual({ kind: 'refused', reason: 'damaged' });
    expect(await storage.attachments.listOf('one')).toEqual([]);
  });

  it.each([
    ['too many', JPEG, LIMITS.waiting.count],
    ['too large ones', Buffer.concat([JPEG, Buffer.alloc(LIMITS.incoming - JPEG.length)]), 3],
  ])('refuses for now when %s wait', async (_, file, count) => {
    let letThrough = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    const attachments = open(async () => {
      await gate;
      return image(1);
    });
    const waiting = Array.from({ length: count }, (_, index) => attachments.keep(`c${index}`, 'm1', file));
    expect(await attachments.keep('last', 'm1', JPEG)).toEqual({ kind: 'refused', reason: 'unavailable' });
    letThrough();
    expect((await Promise.all(waiting)).every(({ kind }) => kind === 'kept')).toBe(true);
    expect(await attachments.keep('last', 'm1', JPEG)).toMatchObject({ kind: 'kept' });
  });

  it('takes nothing for refused when the server is being stopped: the message comes again', async () => {
    const attachments = open(async () => {
      attachments.close();
      return { refused: 'damaged' };
    });
    await expect(attachments.keep('one', 'm1', JPEG)).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(attachments.keep('one', 'm2', JPEG)).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await storage.attachments.listOf('one')).toEqual([]);
  });

  it('tells when the database does not answer', async () => {
    const attachments = open();
    await storage.close();
    await expect(attachments.keep('one', 'm1', JPEG)).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(attachments.load('one', 'id')).rejects.toMatchObject({ code: 'storage-unavailable' });
    storage = await openMemoryStorage();
  });
});

describe('what happens to kept files', () => {
  const sweep = () =>
    sweepOrphans({ store: storage.attachments, conversations: storage.conversations, clock: () => new Date(now) });
  const messageWith = (id: string, seq = 1): Message =>
    buildMessage({ seq, content: { kind: 'text', text: 'Photo', attachment: { id, kind: 'image', bytes: 100 } } });

  it('removes after two days those that no message speaks of, and no other', async () => {
    const attachments = open();
    const spokenOf = await keepId(attachments, 'one', 'm1');
    await storage.conversations.create(buildConversation({ id: 'one', lastSeq: 1 }), [messageWith(spokenOf)]);
    const orphans = [await keepId(attachments, 'one', 'm2'), await keepId(attachments, 'gone', 'm1')];
    now += 47 * HOUR_MS;
    expect(await sweep()).toBe(0);
    now += 2 * HOUR_MS;
    const fresh = await keepId(attachments, 'one', 'm3');
    expect(await sweep()).toBe(orphans.length);
    expect((await storage.attachments.listOf('one')).map(({ id }) => id)).toEqual([spokenOf, fresh]);
    expect(await attachments.load('one', spokenOf)).toBeDefined();
    expect(await storage.attachments.listOf('gone')).toEqual([]);
  });
});
