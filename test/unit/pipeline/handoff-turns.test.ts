import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Conversation, type ConversationStatus, inboxListOf } from '../../../src/domain/conversation.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import type { HandoffOutlook } from '../../../src/domain/handoff-outlook.js';
import { TURN_EFFECTS, type TurnEffects } from '../../../src/domain/turn-effects.js';
import { createTurnHandler, type TurnHandlerDependencies } from '../../../src/pipeline/create-turn-handler.js';
import type { DialogRunner } from '../../../src/pipeline/run-dialogs.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';
import { WORDS } from '../../support/desk-words.js';
import { buildSecrets } from '../../support/report-fakes.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const AT = NOW.getTime();
const OUTLOOK: HandoffOutlook = { available: 2, hours: 'open', position: 3 };
const CALLBACK = { phone: '+33612345678', moment: { part: 'any' } } as const;
const BLOCK = { by: 'jean', reason: 'insultes', at: 1 };
const HELD: Partial<DeskState> = { holder: 'jean', heldSince: 1, handledBy: ['jean'] };

let store: ConversationStore;
let counted: string[];
let failures: unknown[];

beforeEach(() => {
  store = createMemoryStore();
  counted = [];
  failures = [];
});

/** What the dialogs do in the turn; they say « réponse ». */
type Script = (effects: TurnEffects) => Promise<void> | void;

function handlerWith(script: Script = () => undefined, overrides: Partial<TurnHandlerDependencies> = {}) {
  const dialogs: DialogRunner = {
    isConfidential: () => false,
    async run(context) {
      await script(context.turnState.get(TURN_EFFECTS));
      await context.sendActivity('réponse');
    },
  };
  return createTurnHandler({
    store,
    wakeUps: createInProcessWakeUps((error) => failures.push(error)),
    clock: () => NOW,
    emergency: { assess: async (text) => (text.includes('secours') ? { kinds: [], level: 2 } : undefined) },
    recognizer: {
      recognise: async () => ({ decision: { kind: 'unsure' }, ranking: [], entities: {}, requests: [] }),
    },
    dialogs,
    outlook: async () => OUTLOOK,
    words: WORDS,
    ...buildSecrets(),
    isLeaving: (text) => text === 'menu',
    isReply: (text) => text === 'oui',
    statistics: { count: (name) => counted.push(name) },
    emergencyAnswer: () => [{ kind: 'text', text: 'appelez le 17' }],
    failureAnswer: () => [{ kind: 'text', text: 'souci' }],
    onFailure: (error) => failures.push(error),
    ...overrides,
  });
}

async function given(status: ConversationStatus, change: Partial<DeskState> = {}): Promise<void> {
  const standing = { status, desk: { ...NEW_DESK_STATE, ...change } };
  const conversation = buildConversation({ id: 'c1', lastSeq: 1, ...standing, inboxList: inboxListOf(standing) });
  await store.create(conversation, [buildMessage({ seq: 1 })]);
}

/** What the turn has added, and what the conversation has become. */
async function say(text: string, script?: Script, overrides?: Partial<TurnHandlerDependencies>) {
  await handlerWith(script, overrides).handle('c1', { externalId: 'a', text });
  const messages = await store.messagesAfter('c1', 1, 100);
  const lines = messages.map(({ author, content }) => {
    if (content.kind === 'text') return `${author} ${content.text}`;
    if (content.kind === 'erased') return 'erased';
    return content.event === 'initiate' ? 'initiate' : content.state;
  });
  const conversation = (await store.load('c1')) as Conversation;
  expect(conversation.inboxList).toBe(inboxListOf(conversation));
  return { lines, ...conversation };
}

describe('while a delegate holds it', () => {
  test('the bot is silent, and its dialogs do not run', async () => {
    await given('assigned', HELD);
    const { lines, status } = await say('merci', () => {
      throw new Error('never');
    });
    expect({ lines, status }).toEqual({ lines: ['resident merci'], status: 'assigned' });
    expect(failures).toEqual([]);
  });

  test('« menu » gives the resident the bot back', async () => {
    await given('assigned', HELD);
    let seen: string | undefined;
    const { lines, status, desk } = await say('menu', ({ handoff }) => {
      seen = handoff.status;
    });
    expect(lines).toEqual(['resident menu', 'completed', 'system rendu', 'bot réponse']);
    expect(status).toBe('bot');
    expect(desk).toEqual({ ...NEW_DESK_STATE, handledBy: ['jean'] });
    expect(seen).toBe('assigned');
  });

  test('« menu » does so even when the dialogs fail', async () => {
    await given('assigned', HELD);
    const { lines, status } = await say('menu', () => {
      throw new Error('boom');
    });
    expect(lines).toEqual(['resident menu', 'completed', 'system rendu', 'bot souci']);
    expect(status).toBe('bot');
  });

  test('a danger shows the numbers alone, and the delegates see it', async () => {
    await given('assigned', HELD);
    const { lines, desk } = await say('au secours');
    expect(lines).toEqual(['resident au secours', 'bot appelez le 17']);
    expect(desk).toMatchObject({ holder: 'jean', emergencyAt: AT });
  });

  test('a fault of ours says nothing', async () => {
    await given('assigned', HELD);
    const emergency = {
      assess: async () => {
        throw new Error('boom');
      },
    };
    const { lines } = await say('merci', undefined, { emergency });
    expect(lines).toEqual(['resident merci']);
    expect(failures).toHaveLength(1);
  });
});

describe('while the resident waits', () => {
  test('the bot answers, and the dialogs know', async () => {
    await given('waiting', { waitingSince: 1 });
    let seen: unknown;
    const { lines, status } = await say('et demain ?', async ({ handoff }) => {
      seen = [handoff.status, handoff.isBlocked, await handoff.outlook()];
    });
    expect(seen).toEqual(['waiting', false, OUTLOOK]);
    expect({ lines, status }).toEqual({ lines: ['resident et demain ?', 'bot réponse'], status: 'waiting' });
  });

  test('a message ends a snooze', async () => {
    await given('waiting', { waitingSince: 1, requestedAt: 1, snoozedUntil: AT + 1000 });
    const { desk } = await say('alors ?');
    expect(desk).toEqual({ ...NEW_DESK_STATE, waitingSince: AT, requestedAt: 1 });
  });
});

describe('what the dialogs bring about', () => {
  test.each<[string, ConversationStatus, Partial<DeskState>, Script, ConversationStatus, string]>([
    ['a request', 'bot', {}, ({ handoff }) => handoff.request(), 'waiting', 'initiate,bot réponse'],
    ['a second request', 'waiting', { waitingSince: 1 }, ({ handoff }) => handoff.request(), 'waiting', 'bot réponse'],
    ['a request when blocked', 'bot', { block: BLOCK }, ({ handoff }) => handoff.request(), 'bot', 'bot réponse'],
    ['a request when closed', 'closed', {}, ({ handoff }) => handoff.request(), 'waiting', 'initiate,bot réponse'],
    ['leaving', 'waiting', { waitingSince: 1 }, ({ handoff }) => handoff.leave(), 'bot', 'completed,bot réponse'],
    ['leaving nothing', 'bot', {}, ({ handoff }) => handoff.leave(), 'bot', 'bot réponse'],
    [
      'a call-back',
      'waiting',
      { waitingSince: 1 },
      ({ handoff }) => handoff.requestCallback(CALLBACK),
      'bot',
      'completed,bot réponse',
    ],
    ['a call-back from the bot', 'bot', {}, ({ handoff }) => handoff.requestCallback(CALLBACK), 'bot', 'bot réponse'],
  ])('%s', async (_, from, change, script, to, said) => {
    await given(from, change);
    const { status, lines } = await say('oui', script);
    expect({ status, said: lines.slice(1).join() }).toEqual({ status: to, said });
  });

  test('call-backs have ids of their own', async () => {
    await given('bot');
    const { desk } = await say('oui', ({ handoff }) => {
      handoff.requestCallback(CALLBACK);
      handoff.requestCallback({ ...CALLBACK, firstName: 'Ana' });
    });
    expect(desk.callbacks).toEqual([
      { ...CALLBACK, id: '2-1', requestedAt: AT },
      { ...CALLBACK, id: '2-2', requestedAt: AT, firstName: 'Ana' },
    ]);
    expect(counted.filter((name) => name === 'callback.requested')).toHaveLength(2);
  });

  test('takes effect only when they end well', async () => {
    await given('bot');
    const { lines, status, desk } = await say('humain', ({ handoff, eraseHistory }) => {
      handoff.request();
      eraseHistory();
      throw new Error('boom');
    });
    expect({ lines, status, desk }).toEqual({
      lines: ['resident humain', 'bot souci'],
      status: 'bot',
      desk: NEW_DESK_STATE,
    });
    expect(counted).not.toContain('handoff.requested');
  });

  test('in the order in which it was asked for', async () => {
    await given('waiting', { waitingSince: 1, callbacks: [{ ...CALLBACK, id: 'r1', requestedAt: 1 }] });
    const { lines, desk } = await say('oui', async ({ countMessages, eraseHistory, handoff }) => {
      await countMessages();
      eraseHistory();
      handoff.request();
    });
    expect(lines).toEqual(['erased', 'completed', 'initiate', 'bot réponse']);
    expect(desk).toEqual({ ...NEW_DESK_STATE, waitingSince: AT, requestedAt: AT, atDeskSince: AT });
  });
});

describe('an erasure', () => {
  const erase: Script = async ({ countMessages, eraseHistory }) => {
    await countMessages();
    eraseHistory();
  };

  test('takes the call-backs along, and leaves the queue', async () => {
    await given('waiting', { waitingSince: 1, emergencyAt: 1, callbacks: [{ ...CALLBACK, id: 'r1', requestedAt: 1 }] });
    const { status, desk, inboxList, lines } = await say('oui', erase);
    expect({ status, desk, inboxList }).toEqual({ status: 'bot', desk: NEW_DESK_STATE, inboxList: 'none' });
    expect(lines).toEqual(['erased', 'completed', 'bot réponse']);
  });

  test('takes along what is stored beside, and again when the message comes again', async () => {
    await given('bot');
    const erased: string[] = [];
    const overrides = { eraseBeside: async (id: string) => erased.push(id) };
    await say('oui', erase, overrides);
    await handlerWith(erase, overrides).handle('c1', { externalId: 'a', text: 'oui' });
    expect(erased).toEqual(['c1', 'c1']);
  });

  test('is stored even when what is beside could not be removed', async () => {
    await given('bot');
    const overrides = {
      eraseBeside: async () => {
        throw new Error('away');
      },
    };
    expect((await say('oui', erase, overrides)).lines).toEqual(['erased', 'bot réponse']);
    expect(failures).toHaveLength(1);
  });
});

describe('what is counted', () => {
  test('is the channel, what was not understood, and what became of the handoff', async () => {
    await given('bot');
    await say('humain', ({ handoff }) => handoff.request());
    expect(counted).toEqual(['channel:directline', 'handoff.requested', 'unsure']);
  });

  test('is an intent when there is one', async () => {
    await given('bot');
    const decision = { kind: 'answer', intent: 'bot.help' } as const;
    const recognizer = { recognise: async () => ({ decision, ranking: [], entities: {}, requests: [] }) };
    await say('aide', undefined, { recognizer });
    expect(counted).toEqual(['channel:directline', 'intent:bot.help']);
  });

  test('is neither for a reply, nor for a danger, which is counted as such', async () => {
    await given('bot');
    await handlerWith().handle('c1', { externalId: 'x', text: 'oui' });
    await handlerWith().handle('c1', { externalId: 'y', text: 'au secours' });
    await handlerWith().handle('c1', { externalId: 'z', text: 'au secours' });
    expect(counted).toEqual(['channel:directline', 'channel:directline', 'emergency', 'channel:directline']);
  });

  test('counts a message once', async () => {
    await given('bot');
    await say('oui');
    await handlerWith().handle('c1', { externalId: 'a', text: 'oui' });
    expect(counted).toEqual(['channel:directline']);
  });
});

test('a danger brings the conversation before the delegates, who never saw it', async () => {
  await given('bot');
  const { lines, inboxList, desk } = await say('au secours');
  expect(lines).toEqual(['resident au secours', 'bot appelez le 17', 'bot réponse']);
  expect(inboxList).toBe('queue');
  expect(desk).toEqual({ ...NEW_DESK_STATE, atDeskSince: AT, emergencyAt: AT });
});
