import { afterEach, describe, expect, test } from '@jest/globals';
import type { Keeping } from '../../../src/domain/attachments.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { FakeChat, SentFile, SentKind } from '../../support/telegram/types.js';
import { openTelegramWorld, type TelegramWorld, type TelegramWorldOptions } from '../../support/telegram-channel.js';

let world: TelegramWorld;
let chat: FakeChat;
/** A delegate holds the conversation. */
async function hold(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  world = await openTelegramWorld(options);
  chat = world.fake.openChat();
  chat.write('bonjour');
  await world.fake.settled();
  await world.desk.take((await world.conversationOf(chat.id)).id);
  world.turns.length = 0;
  return world;
}
afterEach(() => world.close());

const KEPT: Keeping = { kind: 'kept', attachment: { id: 'a1', kind: 'image', bytes: 12 } };
const BYTES = Buffer.from('quelques octets');

async function sendAndSee(kind: SentKind, file: SentFile = {}): Promise<unknown> {
  chat.send(kind, file);
  await world.fake.settled();
  return world.turns.at(-1)?.enclosed?.outcome;
}

describe('while a delegate holds the conversation', () => {
  test.each<[SentKind, SentFile]>([
    ['photo', {}],
    ['document', { mime: 'application/pdf', name: 'a.pdf' }],
    ['document', { mime: 'image/png' }],
    ['document', { mime: 'application/octet-stream' }],
  ])('a %s is fetched, and what was kept of it goes with the turn: %j', async (kind, file) => {
    const { files, conversationOf } = await hold({ keep: async () => KEPT });
    expect(await sendAndSee(kind, { bytes: BYTES, ...file })).toEqual(KEPT);
    const { id } = await conversationOf(chat.id);
    expect(files).toMatchObject([{ conversationId: id, externalId: world.turns[0]?.externalId }]);
    expect(Buffer.from(files[0]?.bytes ?? [])).toEqual(BYTES);
  });

  test.each<[SentKind, SentFile, string]>([
    ['voice', { bytes: BYTES }, 'kind'],
    ['video', { bytes: BYTES }, 'kind'],
    ['sticker', { bytes: BYTES }, 'kind'],
    ['contact', {}, 'kind'],
    ['document', { bytes: BYTES, mime: 'application/zip' }, 'kind'],
    ['document', { bytes: BYTES, mime: 'application/pdf', size: 20_000_001 }, 'size'],
  ])('a %s is not fetched: %j', async (kind, file, reason) => {
    const { fake } = await hold();
    expect(await sendAndSee(kind, file)).toEqual({ kind: 'refused', reason });
    expect(fake.callsOf('getFile')).toEqual([]);
  });

  test('what the delegates’ side refuses is passed on as such', async () => {
    await hold({ keep: async () => ({ kind: 'refused', reason: 'damaged' }) });
    expect(await sendAndSee('photo', { bytes: BYTES })).toEqual({ kind: 'refused', reason: 'damaged' });
  });

  test.each<[string, Parameters<TelegramWorld['fake']['fail']>[0]]>([
    ['a call that fails', { method: 'getFile', status: 500 }],
    ['a call that is refused', { method: 'getFile', status: 400 }],
    ['a connection that breaks', { method: 'getFile', kind: 'reset-before' }],
    ['a file that does not come', { method: 'file', status: 404 }],
    ['a transfer that breaks', { method: 'file', kind: 'reset-before' }],
  ])('%s: it is said to be unavailable, and nothing waits for it', async (_, rule) => {
    const { fake } = await hold({ keep: async () => KEPT });
    fake.fail(rule);
    expect(await sendAndSee('photo', { bytes: BYTES })).toEqual({ kind: 'refused', reason: 'unavailable' });
    expect(world.lines.join('\n')).not.toContain(fake.token.split(':')[1]);
  });

  test('a file that is larger than it was said to be is too large', async () => {
    const { fake } = await hold({ keep: async () => KEPT });
    fake.fail({ method: 'getFile', status: 400, description: 'Bad Request: file is too big' });
    expect(await sendAndSee('photo', { bytes: BYTES })).toEqual({ kind: 'refused', reason: 'size' });
  });

  test('without storage nothing is confirmed, and the file is fetched again', async () => {
    let isAway = true;
    const { fake } = await hold({
      async keep() {
        if (!isAway) return KEPT;
        isAway = false;
        throw new DomainError('storage-unavailable', 'away');
      },
    });
    expect(await sendAndSee('photo', { bytes: BYTES })).toEqual(KEPT);
    expect(fake.callsOf('getFile')).toHaveLength(2);
    expect(world.turns).toHaveLength(1);
  });

  test('each of an album is passed on', async () => {
    await hold({ keep: async () => KEPT });
    for (let index = 0; index < 3; index += 1) chat.send('photo', { bytes: BYTES, mediaGroupId: 'album' });
    await world.fake.settled();
    expect(world.turns.map(({ enclosed }) => enclosed?.outcome)).toEqual([KEPT, KEPT, KEPT]);
  });

  test('words that are corrected below it do not fetch it again', async () => {
    const { fake } = await hold({ keep: async () => KEPT });
    const id = chat.send('photo', { bytes: BYTES, caption: 'Ma prote' });
    chat.edit(id, 'Ma porte');
    await fake.settled();
    expect(world.turns).toMatchObject([{ text: 'Ma prote' }, { text: 'Ma porte', edits: `m${id}` }]);
    const [sent, corrected] = world.turns.map(({ enclosed }) => enclosed?.mark);
    expect(corrected).toBe(sent);
    expect(fake.callsOf('getFile')).toHaveLength(1);
  });
});
