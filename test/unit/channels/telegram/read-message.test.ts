import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../../../src/channels/telegram/read-message.js';
import { chatOf, readUpdate, readUpdateId, type Update } from '../../../../src/channels/telegram/updates.js';
import { LONGEST_ANSWER } from '../../../../src/domain/report-answers.js';

const CHAT = { id: 5, type: 'private', first_name: 'Samia', username: 'samia' };

function updateOf(message: object, member = 'message'): Update {
  const value = {
    update_id: 100,
    [member]: { message_id: 7, date: 1_700_000_000, chat: CHAT, from: CHAT, ...message },
  };
  const read = readUpdate(value);
  if (!read) throw new Error('It cannot be read');
  return read;
}

const noCommand = (): undefined => undefined;
const read = (message: object, member?: string) => readMessage(updateOf(message, member), noCommand);

describe('an update', () => {
  test('is read without the names of people', () => {
    const contact = { phone_number: '0600000000', first_name: 'Karim' };
    const read = JSON.stringify(updateOf({ text: 'bonjour', contact, forward_origin: { sender_user: CHAT } }));
    expect(read).not.toMatch(/samia|karim|0600/i);
  });

  test.each([
    null,
    undefined,
    7,
    'text',
    [],
    {},
    { update_id: 'x' },
    { update_id: 1.5 },
    { update_id: 1, message: [] },
  ])('of another form is none: %j', (value) => {
    expect(readUpdate(value)).toBeUndefined();
  });

  test('whose content cannot be read still has its number', () => {
    expect(readUpdateId({ update_id: 8, message: 'x' })).toBe(8);
    expect(readUpdateId({ update_id: 'x' })).toBeUndefined();
    expect(readUpdateId(null)).toBeUndefined();
  });

  test('is about a chat, or about none', () => {
    const press = { update_id: 1, callback_query: { id: '1', inline_message_id: 'x', chat_instance: 'y' } };
    expect(chatOf(updateOf({ text: 'a' }))?.id).toBe(5);
    expect(chatOf(readUpdate(press) ?? { update_id: 0 })).toBeUndefined();
    expect(chatOf({ update_id: 1 })).toBeUndefined();
  });
});

describe('a message', () => {
  test('says its text, and when it was written', () => {
    expect(read({ text: ' bonjour ' })).toEqual({
      kind: 'said',
      said: { inbound: { externalId: 'm7', text: 'bonjour', writtenAt: new Date(1_700_000_000_000), order: 7 } },
    });
  });

  test('says what its command means', () => {
    const said = readMessage(updateOf({ text: '/aide' }), () => ({ says: 'Aide' }));
    expect(said).toMatchObject({ said: { inbound: { text: 'Aide' } } });
    expect(said).not.toHaveProperty('said.inbound.unread');
  });

  test('has what is written after its command beside it', () => {
    const said = readMessage(updateOf({ text: '/aide vite' }), () => ({ says: 'Aide', unread: 'vite' }));
    expect(said).toMatchObject({ said: { inbound: { text: 'Aide', unread: 'vite' } } });
  });

  test('that is corrected keeps the time of its original', () => {
    expect(read({ text: 'bonjour', edit_date: 1_700_000_060 }, 'edited_message')).toEqual({
      kind: 'said',
      said: {
        inbound: {
          externalId: 'e7:1700000060:100',
          edits: 'm7',
          text: 'bonjour',
          writtenAt: new Date(1_700_000_000_000),
          order: 7,
          editedAt: new Date(1_700_000_060_000),
        },
      },
    });
  });

  test('with half a character is made whole', () => {
    expect(read({ text: 'a\ud800' })).toMatchObject({ said: { inbound: { text: 'a\ufffd' } } });
  });

  test.each([
    ['service', { new_chat_title: 'x' }],
    ['nothing', {}],
    ['a member without a value', { photo: undefined, sticker: null }],
  ])('of %s says nothing', (_, message) => {
    expect(read(message)).toEqual({ kind: 'nothing' });
  });

  test('with a photo names the largest of its sizes', () => {
    const photo = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', width: 1280, height: 960, file_size: 100_000 },
      { file_id: 'medium', width: 320, height: 240 },
    ];
    expect(read({ photo, caption: '  ', media_group_id: 'g' })).toMatchObject({
      said: { inbound: { text: '' }, enclosed: { kind: 'photo', album: 'g', file: { id: 'large', bytes: 100_000 } } },
    });
  });

  test('with another file has another mark, and with other words the same', () => {
    const markOf = (message: object) => {
      const said = read(message, 'edited_message');
      return said.kind === 'said' ? said.said.enclosed?.mark : undefined;
    };
    const document = { file_id: 'd1', file_unique_id: 'u1' };
    const again = { file_id: 'd2', file_unique_id: 'u1' };
    expect(markOf({ document })).toBe(markOf({ document: again, caption: 'voici' }));
    expect(markOf({ document })).not.toBe(markOf({ document: { ...document, file_unique_id: 'u2' } }));
    expect(markOf({ document })).not.toBe(markOf({ video: {} }));
  });

  test('a moving picture is no document, though it has one', () => {
    const document = { file_id: 'd', mime_type: 'video/mp4' };
    const said = read({ animation: {}, document });
    expect(said).toMatchObject({ said: { enclosed: { kind: 'video' } } });
    expect(said).not.toHaveProperty('said.enclosed.file');
  });

  test('a venue is where it lies, and a live place where it was', () => {
    const location = { latitude: 47.2, longitude: 5.9 };
    const venue = { location, title: 'Maison', address: 'rue Picasso' };
    expect(read({ venue, location })).toMatchObject({ said: { inbound: { position: location, text: '' } } });
    expect(read({ location: { ...location, live_period: 900 } })).toMatchObject({
      said: { inbound: { position: location } },
    });
  });

  test('is taken in all its length, which is where people’s apps part a longer one; a report has room for it', () => {
    const text = 'a'.repeat(4096);
    expect(read({ text })).toMatchObject({ said: { inbound: { text } } });
    expect(LONGEST_ANSWER).toBe(text.length);
    expect(read({ text: `${text}a` })).toEqual({ kind: 'not-taken', reason: 'tooLong' });
  });

  test('with a caption that is too long is not taken', () => {
    expect(read({ sticker: {}, caption: 'a'.repeat(4097) })).toEqual({ kind: 'not-taken', reason: 'tooLong' });
  });
});
