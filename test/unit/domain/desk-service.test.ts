import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Conversation, type ConversationStatus, inboxListOf } from '../../../src/domain/conversation.js';
import type { Desk } from '../../../src/domain/desk.js';
import { availableActions, type DeskAction } from '../../../src/domain/desk-actions.js';
import { createDesk, type DeskUpkeep } from '../../../src/domain/desk-service.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Message } from '../../../src/domain/message.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildChange, buildConversation, buildMessage } from '../../support/build-conversation.js';
import { WORDS } from '../../support/desk-words.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const AT = NOW.getTime();
const MINUTE = 60_000;
const JEAN = { delegateId: 'jean', name: 'Jean' };
const MARIE = { delegateId: 'marie', name: 'Marie' };
const WAITING: Partial<DeskState> = { atDeskSince: 1, waitingSince: AT - 3 * MINUTE, requestedAt: AT - 3 * MINUTE };

let store: ConversationStore;
let desk: Desk & DeskUpkeep;
let counted: string[];
let signals: string[];
let now: Date;

beforeEach(() => {
  store = createMemoryStore();
  counted = [];
  signals = [];
  now = NOW;
  const wakeUps = createInProcessWakeUps((error) => {
    throw error;
  });
  wakeUps.subscribeAll((id, { kind }) => signals.push(`${id} ${kind}`));
  desk = createDesk({
    store,
    wakeUps,
    clock: () => now,
    words: WORDS,
    statistics: { count: (name) => counted.push(name) },
  });
});

async function given(status: ConversationStatus, change: Partial<DeskState> = {}): Promise<void> {
  const state = { ...NEW_DESK_STATE, atDeskSince: 1, ...change };
  const first = buildMessage({ seq: 1 });
  const standing = { status, desk: state, inboxList: inboxListOf({ status, desk: state }) };
  await store.create(buildConversation({ id: 'c1', lastSeq: 1, dialogState: { step: 1 }, ...standing }), [first]);
}

/** A resident's message, stored by a turn. */
async function write(text: string): Promise<void> {
  const { rev, lastSeq, status, desk: state, inboxList, dialogState } = (await store.load('c1')) as Conversation;
  const messages = [buildMessage({ seq: lastSeq + 1, externalId: `in:${lastSeq + 1}`, text })];
  await store.commit(
    buildChange({ id: 'c1', expectedRev: rev, status, desk: state, inboxList, dialogState, messages, at: now }),
  );
}

async function transcript(): Promise<string[]> {
  return (await store.messagesAfter('c1', 1, 100)).map(toLine);
}

function toLine({ seq, author, signature, content }: Message): string {
  const said = content.kind === 'text' ? content.text : content.kind === 'handoff' ? `[${content.event}]` : '[]';
  return [seq, author, signature?.name, said].filter(Boolean).join(' ');
}

const refused = (code: string) => ({ code });

describe('taking', () => {
  test('stores the holder, the event and the words in one change, then counts and wakes', async () => {
    await given('waiting', WAITING);
    const conversation = await desk.take('c1', JEAN);
    expect(conversation).toEqual(await store.load('c1'));
    expect(conversation).toMatchObject({
      rev: 1,
      lastSeq: 3,
      status: 'assigned',
      inboxList: 'queue',
      dialogState: {},
      lastMessageAt: NOW,
      desk: { holder: 'jean', heldSince: AT, handledBy: ['jean'] },
    });
    expect(await transcript()).toEqual(['2 system Jean [status]', '3 system pris']);
    expect(counted).toEqual(['handoff.taken', 'wait:2']);
    expect(signals).toEqual(['c1 changed']);
  });

  test('at once by twenty delegates makes one the holder, and the others see who', async () => {
    await given('waiting', WAITING);
    const actors = Array.from({ length: 20 }, (_, index) => ({ delegateId: `d${index}`, name: `D${index}` }));
    const outcomes = await Promise.allSettled(actors.map((actor) => desk.take('c1', actor)));
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [`d${index}`] : []));
    expect(winners).toEqual([(await store.load('c1'))?.desk.holder]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused('held-by-colleague'));
    }
    expect(counted.filter((name) => name === 'handoff.taken')).toHaveLength(1);
  });

  test('again by the holder is done already', async () => {
    await given('waiting', WAITING);
    const first = await desk.take('c1', JEAN);
    expect(await desk.take('c1', JEAN)).toEqual(first);
    expect(signals).toHaveLength(1);
  });

  test('is tried again when a resident writes in between', async () => {
    await given('waiting', WAITING);
    const { load } = store;
    let isFirst = true;
    store.load = async (id) => {
      const loaded = await load(id);
      if (isFirst) {
        isFirst = false;
        await write('et alors ?');
      }
      return loaded;
    };
    expect(await desk.take('c1', JEAN)).toMatchObject({ rev: 2, lastSeq: 4, status: 'assigned' });
    expect(await transcript()).toEqual(['2 resident et alors ?', '3 system Jean [status]', '4 system pris']);
  });

  test('gives up when something always comes first', async () => {
    await given('waiting', WAITING);
    let tries = 0;
    store.commit = async () => {
      tries++;
      throw new DomainError('revision-conflict', 'Another turn came first');
    };
    await expect(desk.take('c1', JEAN)).rejects.toMatchObject(refused('revision-conflict'));
    expect(tries).toBeGreaterThan(3);
    expect(counted).toEqual([]);
  });

  test('of a conversation that is gone is refused', async () => {
    await expect(desk.take('c9', JEAN)).rejects.toMatchObject(refused('conversation-gone'));
  });
});

describe('a reply', () => {
  const reply = (clientId: string, seenSeq: number, text = `mot ${clientId}`) => ({ clientId, text, seenSeq });

  test('takes what nobody holds, in the same change', async () => {
    await given('waiting', WAITING);
    const { conversation, message } = await desk.reply('c1', JEAN, reply('a', 1));
    expect(message).toEqual({
      seq: 4,
      externalId: 'd:a',
      clientId: 'a',
      author: 'delegate',
      signature: JEAN,
      at: NOW,
      content: { kind: 'text', text: 'mot a' },
    });
    expect(conversation).toMatchObject({ rev: 1, status: 'assigned', desk: { holder: 'jean' } });
    expect(await transcript()).toEqual(['2 system Jean [status]', '3 system pris', '4 delegate Jean mot a']);
  });

  test('sent again is the same reply, whatever has happened since', async () => {
    await given('waiting', WAITING);
    const { message } = await desk.reply('c1', JEAN, reply('a', 1));
    await desk.close('c1', JEAN);
    const again = await desk.reply('c1', JEAN, reply('a', 1));
    expect(again.message).toEqual(message);
    expect(again.conversation).toMatchObject({ status: 'closed' });
    expect((await transcript()).filter((line) => line.includes('mot a'))).toHaveLength(1);
  });

  test('twenty times at once is stored once', async () => {
    await given('waiting', WAITING);
    const all = await Promise.all(Array.from({ length: 20 }, () => desk.reply('c1', JEAN, reply('a', 1))));
    expect(new Set(all.map(({ message }) => message.seq))).toEqual(new Set([4]));
    expect(await transcript()).toHaveLength(3);
  });

  test('is stopped when a colleague wrote since, and goes once that was read', async () => {
    await given('assigned', { holder: 'jean', heldSince: 1 });
    await desk.reply('c1', JEAN, reply('a', 1));
    await expect(desk.reply('c1', MARIE, reply('b', 1))).rejects.toMatchObject(refused('colleague-wrote'));
    const { message, conversation } = await desk.reply('c1', MARIE, reply('b', 2));
    expect(message.seq).toBe(3);
    expect(conversation.desk.holder).toBe('jean');
  });

  test('of two delegates at once, one goes and the other is stopped', async () => {
    await given('assigned', { holder: 'jean', heldSince: 1 });
    const outcomes = await Promise.allSettled([
      desk.reply('c1', JEAN, reply('a', 1)),
      desk.reply('c1', MARIE, reply('b', 1)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('colleague-wrote') });
    expect(await transcript()).toHaveLength(1);
  });

  test('is stopped by a colleague’s words however much was said since', async () => {
    await given('assigned', { holder: 'jean', heldSince: 1 });
    await desk.reply('c1', JEAN, reply('a', 1));
    for (let index = 0; index < 450; index++) await write(`message ${index}`);
    await expect(desk.reply('c1', MARIE, reply('b', 1))).rejects.toMatchObject(refused('colleague-wrote'));
  });

  test('goes when only the resident wrote since; a danger then stays to be seen', async () => {
    await given('assigned', { holder: 'jean', heldSince: 1, emergencyAt: AT });
    await write('vite');
    expect((await desk.reply('c1', JEAN, reply('a', 1))).conversation.desk.emergencyAt).toBe(AT);
    expect((await desk.reply('c1', JEAN, reply('b', 3))).conversation.desk.emergencyAt).toBeUndefined();
  });

  test('is refused in a closed conversation', async () => {
    await given('closed');
    await expect(desk.reply('c1', JEAN, reply('a', 1))).rejects.toMatchObject(refused('not-in-this-state'));
    expect(await transcript()).toEqual([]);
  });
});

describe('what becomes of it', () => {
  test.each<[string, () => Promise<Conversation>, ConversationStatus, string]>([
    ['giving back', () => desk.giveBack('c1', JEAN), 'bot', 'rendu'],
    ['transferring', () => desk.transfer('c1', JEAN, 'marie'), 'waiting', 'transféré'],
    ['closing', () => desk.close('c1', JEAN), 'closed', 'fermé'],
    ['blocking', () => desk.block('c1', JEAN, 'insultes'), 'bot', 'rendu'],
  ])('%s tells the resident who speaks', async (_, act, status, words) => {
    await given('assigned', { holder: 'jean', heldSince: 1, handledBy: ['jean'] });
    expect(await act()).toMatchObject({ status });
    expect((await store.load('c1'))?.desk.holder).toBeUndefined();
    expect((await transcript()).at(-1)).toBe(`3 system ${words}`);
  });

  test('a closed one is opened again by a delegate, who holds it', async () => {
    await given('closed', { handledBy: ['jean'] });
    expect(await desk.reopen('c1', MARIE)).toMatchObject({ status: 'assigned', desk: { holder: 'marie' } });
  });

  test('what changes nothing for the resident says nothing', async () => {
    await given('waiting', WAITING);
    const labelled = await desk.label('c1', JEAN, { labels: ['bruit'], priority: 'high' });
    expect(labelled).toMatchObject({
      rev: 1,
      desk: { labels: ['bruit'], priority: 'high' },
      lastMessageAt: expect.any(Date),
    });
    await desk.snooze('c1', JEAN, AT + MINUTE);
    expect((await desk.unsnooze('c1', JEAN)).desk).toMatchObject({ waitingSince: AT });
    await desk.acknowledge('c1', JEAN);
    expect(await transcript()).toEqual([]);
  });

  test('a call-back is done, and counted', async () => {
    const callback = { id: 'r1', phone: '+33612345678', moment: { part: 'any' }, requestedAt: 1 } as const;
    await given('bot', { callbacks: [callback] });
    expect(await desk.setCallbackDone('c1', JEAN, 'r1', true)).toMatchObject({ inboxList: 'past' });
    expect(counted).toEqual(['callback.done']);
    await expect(desk.setCallbackDone('c1', JEAN, 'r9', true)).rejects.toMatchObject(refused('not-in-this-state'));
  });
});

describe('what time brings about', () => {
  test('an absent holder loses hold, unless it changed hands', async () => {
    await given('assigned', { holder: 'jean', heldSince: 1 });
    await desk.releaseAbsent('c1', 'marie');
    expect((await store.load('c1'))?.rev).toBe(0);
    await desk.releaseAbsent('c1', 'jean');
    expect(await store.load('c1')).toMatchObject({ status: 'waiting', desk: { waitingSince: AT } });
    expect((await transcript()).at(-1)).toBe('3 system perdu');
    await desk.releaseAbsent('c1', 'jean');
    expect((await store.load('c1'))?.rev).toBe(1);
  });

  test('a wait is given up once, and only the one that is meant', async () => {
    await given('waiting', WAITING);
    await desk.giveUpWaiting('c1', 5);
    expect((await store.load('c1'))?.rev).toBe(0);
    await desk.giveUpWaiting('c1', AT - 3 * MINUTE);
    await desk.giveUpWaiting('c1');
    expect(await store.load('c1')).toMatchObject({ rev: 1, status: 'bot', desk: { missedAt: AT }, inboxList: 'queue' });
    expect(counted).toEqual(['handoff.missed']);
    expect((await transcript()).at(-1)).toBe('3 system personne');
  });

  test('a snooze ends when it is due', async () => {
    await given('waiting', { ...WAITING, snoozedUntil: AT + 1 });
    await desk.endSnooze('c1');
    expect((await store.load('c1'))?.rev).toBe(0);
    now = new Date(AT + 1);
    await desk.endSnooze('c1');
    expect((await store.load('c1'))?.desk).toEqual({ ...NEW_DESK_STATE, ...WAITING, waitingSince: AT + 1 });
  });

  test('the alarm is rung by one process only, and for nobody not at all', async () => {
    await given('waiting', WAITING);
    const rung = await Promise.all([1, 2, 3].map(() => desk.markAlarm('c1', 'pushedAt')));
    expect(rung.filter(Boolean)).toHaveLength(1);
    expect(await desk.markAlarm('c1', 'emailedAt')).toBe(true);
    await desk.take('c1', JEAN);
    expect(await desk.markAlarm('c1', 'pushedAt')).toBe(false);
  });
});

describe('the actions that a screen is offered', () => {
  const PERFORM: Readonly<Record<DeskAction, () => Promise<unknown>>> = {
    take: () => desk.take('c1', JEAN),
    reply: () => desk.reply('c1', JEAN, { clientId: 'a', text: 'oui', seenSeq: 1 }),
    'give-back': () => desk.giveBack('c1', JEAN),
    transfer: () => desk.transfer('c1', JEAN),
    close: () => desk.close('c1', JEAN),
    reopen: () => desk.reopen('c1', JEAN),
    snooze: () => desk.snooze('c1', JEAN, AT + 1),
    unsnooze: () => desk.unsnooze('c1', JEAN),
    acknowledge: () => desk.acknowledge('c1', JEAN),
    block: () => desk.block('c1', JEAN, 'insultes'),
    unblock: () => desk.unblock('c1', JEAN),
  };
  const STATES: readonly [ConversationStatus, Partial<DeskState>][] = [
    ['bot', {}],
    ['bot', { emergencyAt: 1 }],
    ['bot', { block: { by: 'jean', reason: 'x', at: 1 } }],
    ['waiting', WAITING],
    ['waiting', { ...WAITING, snoozedUntil: AT + 1 }],
    ['assigned', { holder: 'jean', heldSince: 1 }],
    ['assigned', { holder: 'marie', heldSince: 1, missedAt: 1 }],
    ['closed', { handledBy: ['jean'] }],
    ['closed', { block: { by: 'jean', reason: 'x', at: 1 } }],
  ];

  test.each(STATES)('from %s with %j are all accepted, and change something', async (status, change) => {
    const state = { ...NEW_DESK_STATE, atDeskSince: 1, ...change };
    const actions = availableActions({ status, desk: state }, 'jean');
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      await store.remove('c1');
      await given(status, change);
      await PERFORM[action]();
      expect([action, (await store.load('c1'))?.rev]).toEqual([action, 1]);
    }
  });
});

describe('what the assistant had asked', () => {
  test('is asked no more once a delegate has taken the conversation', async () => {
    await given('waiting', WAITING);
    expect((await desk.take('c1', JEAN)).dialogState).toEqual({});
    expect((await store.load('c1'))?.dialogState).toEqual({});
  });

  test('stands as long as nobody has', async () => {
    await given('waiting', WAITING);
    await desk.label('c1', JEAN, { priority: 'high' });
    expect((await store.load('c1'))?.dialogState).toEqual({ step: 1 });
  });
});
