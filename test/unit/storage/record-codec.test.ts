import { describe, expect, it } from '@jest/globals';
import { NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';

const codec = createRecordCodec(createDataCipher(Buffer.alloc(32, 1)));
const message = buildMessage({ seq: 4, externalId: 'outside id', clientId: 'client id', replyTo: 2, text: 'Bonjour' });
const conversation = buildConversation({
  id: 'one',
  rev: 3,
  channel: 'telegram',
  address: { key: '42', details: { chat: 42 } },
  dialogState: { step: 1 },
});
const ALTERED = expect.objectContaining({ code: 'storage-unavailable' });

function refusalOf(open: () => unknown): unknown {
  try {
    return open();
  } catch (error) {
    return error;
  }
}

describe('records', () => {
  it('give back the message and the conversation they were made from', () => {
    expect(codec.openMessage('one', codec.sealMessage('one', message))).toEqual(message);
    expect(codec.openConversation(codec.sealConversation(conversation))).toEqual(conversation);
  });

  it('of an earlier version, without a desk, have an empty one', () => {
    const record = codec.sealConversation(conversation);
    expect(codec.openConversation({ ...record, desk: null }).desk).toEqual(NEW_DESK_STATE);
  });

  it('name in clear only what queries need', () => {
    const { sealed, ...clear } = codec.sealMessage('one', message);
    expect(sealed.length).toBeGreaterThan(0);
    expect(clear).toEqual({
      seq: 4,
      author: 'resident',
      at: message.at,
      externalHash: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(Object.keys(codec.sealConversation(conversation)).sort()).toEqual([
      'address',
      'addressHash',
      'channel',
      'createdAt',
      'desk',
      'dialogState',
      'id',
      'inboxList',
      'lastMessageAt',
      'lastSeq',
      'rev',
      'status',
    ]);
  });

  it.each([
    ['conversation', 'two', {}],
    ['position', 'one', { seq: 5 }],
    ['author', 'one', { author: 'delegate' as const }],
    ['time', 'one', { at: new Date(0) }],
  ])('refuse a message put under another %s', (_, id, changes) => {
    const record = { ...codec.sealMessage('one', message), ...changes };
    expect(refusalOf(() => codec.openMessage(id, record))).toEqual(ALTERED);
  });

  it('refuse an older state put back, and parts of another conversation', () => {
    const record = codec.sealConversation(conversation);
    const another = codec.sealConversation({ ...conversation, id: 'two' });
    const older = codec.sealDialogState('one', 2, { step: 0 });
    const olderDesk = codec.sealDesk('one', 2, NEW_DESK_STATE);
    expect(record.address).not.toBeNull();
    for (const changes of [
      { dialogState: older },
      { dialogState: another.dialogState },
      { desk: olderDesk },
      { desk: another.desk },
      { desk: record.dialogState },
      { address: another.address },
      { address: record.dialogState },
    ]) {
      expect(refusalOf(() => codec.openConversation({ ...record, ...changes }))).toEqual(ALTERED);
    }
  });

  it('hash an outside id apart for each conversation, and an address for each channel', () => {
    expect(codec.externalHash('one', 'x')).not.toBe(codec.externalHash('two', 'x'));
    expect(codec.addressHash('telegram', 'x')).not.toBe(codec.addressHash('directline', 'x'));
  });

  it('tell the key they were made with', () => {
    const check = codec.sealKeyCheck();
    expect(codec.opensKeyCheck(check)).toBe(true);
    expect(createRecordCodec(createDataCipher(Buffer.alloc(32, 2))).opensKeyCheck(check)).toBe(false);
  });
});
