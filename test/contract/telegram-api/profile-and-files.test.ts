import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Telegram } from 'telegraf';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { callRaw, refusalOf, resultOf } from '../../support/telegram/raw-client.js';
import type { FakeTelegram, JsonRecord } from '../../support/telegram/types.js';

let server: FakeTelegram;
let client: Telegram;

beforeEach(async () => {
  server = await openFakeTelegram();
  client = new Telegram(server.token, { apiRoot: server.url });
});
afterEach(() => server.close());

describe('what the bot says of itself', () => {
  // https://core.telegram.org/bots/api#setmycommands
  test('are its commands, by audience and language', async () => {
    const commands = [{ command: 'permanence', description: 'Quand et où' }];
    expect(await client.setMyCommands(commands)).toBe(true);
    await client.setMyCommands(commands, { scope: { type: 'all_private_chats' }, language_code: 'fr' });
    expect([...server.profile.commands]).toEqual([
      ['default/', commands],
      ['all_private_chats/fr', commands],
    ]);
    expect(await client.getMyCommands()).toEqual(commands);
    await client.deleteMyCommands();
    expect(await client.getMyCommands()).toEqual([]);
  });

  test.each([
    ['Permanence', 'a', 'BOT_COMMAND_INVALID'],
    ['délégué', 'a', 'BOT_COMMAND_INVALID'],
    ['a'.repeat(33), 'a', 'BOT_COMMAND_INVALID'],
    ['menu', '', 'BOT_COMMAND_DESCRIPTION_INVALID'],
    ['menu', 'a'.repeat(257), 'BOT_COMMAND_DESCRIPTION_INVALID'],
  ])('takes no command %j with %j', async (command, description, complaint) => {
    expect(await refusalOf(server, 'setMyCommands', { commands: [{ command, description }] })).toBe(
      `400 Bad Request: ${complaint}`,
    );
  });

  test('takes 100 commands and two letters of a language', async () => {
    const commands = Array.from({ length: 101 }, (_, index) => ({ command: `c${index}`, description: 'a' }));
    expect(await refusalOf(server, 'setMyCommands', { commands })).toMatch(/^400/);
    expect(await resultOf(server, 'setMyCommands', { commands: commands.slice(1) })).toBe(true);
    expect(await refusalOf(server, 'setMyCommands', { commands: [], language_code: 'fra' })).toMatch(/^400/);
  });

  // https://core.telegram.org/bots/api#setmydescription, https://core.telegram.org/bots/api#setmyshortdescription
  test.each([
    ['setMyDescription', 'description', 512],
    ['setMyShortDescription', 'short_description', 120],
  ])('%s takes a %s of %i characters', async (method, name, most) => {
    expect(await resultOf(server, method, { [name]: 'é'.repeat(most), language_code: 'fr' })).toBe(true);
    expect(await refusalOf(server, method, { [name]: 'é'.repeat(most + 1) })).toBe(
      `400 Bad Request: ${name.replace('_', ' ')} is too long`,
    );
    const kept = method === 'setMyDescription' ? server.profile.descriptions : server.profile.shortDescriptions;
    expect([...kept]).toEqual([['fr', 'é'.repeat(most)]]);
  });

  // https://core.telegram.org/bots/api#setchatmenubutton
  test('is its menu button', async () => {
    expect(await client.setChatMenuButton({ menuButton: { type: 'commands' } })).toBe(true);
    expect(server.profile.menuButton).toEqual({ type: 'commands' });
    expect(await refusalOf(server, 'setChatMenuButton', { menu_button: { type: 'none' } })).toMatch(/^400/);
  });
});

describe('files', () => {
  function sendPhoto(file: { readonly bytes: Uint8Array; readonly size?: number }): string {
    server.openChat().send('document', file);
    const { message } = server.updates.pending.at(-1) as { message: { document: { file_id: string } } };
    return message.document.file_id;
  }

  // https://core.telegram.org/bots/api#getfile
  test('have a path where they can be fetched, with the right token alone', async () => {
    const bytes = new Uint8Array([1, 2, 3, 250]);
    const id = sendPhoto({ bytes });
    const { file_path, file_size } = await client.getFile(id);
    expect(file_size).toBe(4);
    const response = await fetch(`${server.url}/file/bot${server.token}/${file_path}`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(server.callsOf('file')).toMatchObject([{ status: 200 }]);
    const link = await client.getFileLink(id);
    expect((await fetch(link)).status).toBe(200);
    const wrong = server.token.replace('AAfake', 'AAfalse');
    expect((await fetch(`${server.url}/file/bot${wrong}/${file_path}`)).status).toBe(401);
    expect((await fetch(`${server.url}/file/bot${server.token}/documents/none.dat`)).status).toBe(404);
  });

  test('above 20 MB are not given', async () => {
    const id = sendPhoto({ bytes: new Uint8Array(1), size: 20 * 1024 * 1024 + 1 });
    expect(await refusalOf(server, 'getFile', { file_id: id })).toBe('400 Bad Request: file is too big');
    const most = sendPhoto({ bytes: new Uint8Array(1), size: 20 * 1024 * 1024 });
    expect((await callRaw(server, 'getFile', { file_id: most })).status).toBe(200);
  });

  test('that are not there are refused', async () => {
    expect(await refusalOf(server, 'getFile', { file_id: 'x' })).toBe(
      '400 Bad Request: wrong file_id or the file is temporarily unavailable',
    );
    expect(await refusalOf(server, 'getFile', {} satisfies JsonRecord)).toBe('400 Bad Request: file_id not specified');
  });
});
