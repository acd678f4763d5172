import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Attachment } from '../../../src/domain/message.js';
import { pseudonymOf } from '../../../src/inbox/pseudonym.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

const PHOTO: Attachment = { id: 'AbCdEfGhIjKlMnOpQrStUv', kind: 'image', bytes: 312_400 };
const PAPER: Attachment = { id: 'Zb-_cD012345678901234567', kind: 'pdf', bytes: 90 };
const BYTES = Buffer.from('le contenu');

let world: InboxWorld;
beforeEach(async () => {
  world = await openInboxWorld();
});
afterEach(() => world.close());

async function addWith(id: string, attachment: Attachment, status: 'waiting' | 'bot' = 'waiting'): Promise<void> {
  await world.addConversation({ id, texts: ['Bonjour'], status });
  await world.addMessage(id, { content: { kind: 'text', text: '[photo]', attachment } });
  await world.storage.attachments.save({ ...attachment, conversationId: id, keptAt: 1 }, BYTES);
}

const read = (id: string, attachmentId: string) =>
  world.call('readAttachment', world.delegates.jean, { id, params: { attachmentId } });

test('a delegate is told of a file, and reads it; each reading is logged', async () => {
  await addWith('one', PHOTO);
  const { messages } = await world.call('openConversation', world.delegates.jean, { id: 'one' });
  expect(messages.at(-1)).toMatchObject({ text: '[photo]', attachment: PHOTO });
  world.audit.events.length = 0;

  const file = await read('one', PHOTO.id);
  expect(Buffer.from(file.bytes).equals(BYTES)).toBe(true);
  expect(file).toMatchObject({ type: 'image/jpeg', fileName: `image-${pseudonymOf('one')}-AbCd.jpg` });
  await read('one', PHOTO.id);
  const entry = { action: 'conversation.file-opened', actor: 'jean', subject: 'one' };
  expect(world.audit.events).toEqual([entry, entry]);
});

test('a PDF has a name of ours', async () => {
  await addWith('one', PAPER);
  expect(await read('one', PAPER.id)).toMatchObject({
    type: 'application/pdf',
    fileName: `document-${pseudonymOf('one')}-ZbcD.pdf`,
  });
});

test('a file is read through its own conversation only, and only through one that asked for a person', async () => {
  await addWith('one', PHOTO);
  await addWith('two', PAPER);
  await expect(read('two', PHOTO.id)).rejects.toMatchObject({ code: 'AttachmentNotFound' });
  await addWith('hidden', PHOTO, 'bot');
  for (const id of ['hidden', 'absent'])
    await expect(read(id, PHOTO.id)).rejects.toMatchObject({ code: 'conversation-gone' });
  await world.storage.satellites.removeOf(['one']);
  await expect(read('one', PHOTO.id)).rejects.toMatchObject({ code: 'AttachmentNotFound' });
  expect(world.audit.events).toEqual([]);
});

test('nothing is given when it cannot be logged', async () => {
  await addWith('one', PHOTO);
  world.audit.fails = true;
  await expect(read('one', PHOTO.id)).rejects.toThrow('the log is away');
});

test('a transcript tells of files, and that they are not in it', async () => {
  await addWith('one', PHOTO);
  await world.addMessage('one', { content: { kind: 'text', text: '[document]\nLe bail', attachment: PAPER } });
  const { text } = await world.call('readTranscript', world.delegates.jean, { id: 'one' });
  expect(text).toContain('    [photo]\r\n    Image jointe, non copiée ici (312 Ko)\r\n');
  expect(text).toContain('    Le bail\r\n    Document PDF joint, non copié ici (1 Ko)\r\n');
});
