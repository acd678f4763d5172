import { beforeEach, describe, expect, test } from '@jest/globals';
import { ActivityTypes } from 'botbuilder';
import type { Conversation } from '../../../src/domain/conversation.js';
import { createConversations } from '../../../src/domain/conversations.js';
import { DANGER } from '../../../src/domain/danger.js';
import { DomainError } from '../../../src/domain/errors.js';
import { TURN_EFFECTS, type TurnEffects } from '../../../src/domain/turn-effects.js';
import type { Signal } from '../../../src/domain/wake-ups.js';
import { RECOGNITION, type Recognition } from '../../../src/nlu/intent-recognizer.js';
import { createTurnHandler, type TurnHandlerDependencies } from '../../../src/pipeline/create-turn-handler.js';
import type { DialogRunner } from '../../../src/pipeline/run-dialogs.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { WORDS } from '../../support/desk-words.js';
import { buildSecrets } from '../../support/report-fakes.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const RECOGNISED: Recognition = {
  decision: { kind: 'answer', intent: 'bot.help' },
  ranking: [{ label: 'bot.help', probability: 1 }],
  entities: {},
  requests: ['bot.help'],
};

let store: ConversationStore;
let failures: unknown[];
let signals: Signal[];
let counted: string[];

const said = (text: string) => ({ kind: 'text', text }) as const;

/** Answers « reçu : … » and counts its turns in the dialog state. */
const countingDialogs: DialogRunner = {
  isConfidential: () => false,
  async run(context, state) {
    const turns = ((await state.get(context, { count: 0 })) as { count: number }).count + 1;
    await state.set(context, { count: turns });
    await context.sendActivity(`reçu ${turns} : ${context.activity.text}`);
  },
};

const BROKEN_DIALOGS: DialogRunner = {
  isConfidential: () => false,
  async run(context, state) {
    await state.set(context, { count: 99 });
    await context.sendActivity('à moitié');
    throw new TypeError('boom');
  },
};

const AWAY_DIALOGS: DialogRunner = {
  isConfidential: () => false,
  async run() {
    throw new DomainError('storage-unavailable', 'away');
  },
};

const PAST: Partial<TurnHandlerDependencies> = {
  emergency: { assess: async (text) => (text === 'un' ? undefined : { kinds: ['violence'], level: 1 }) },
};

function handlerWith(overrides: Partial<TurnHandlerDependencies> = {}) {
  const wakeUps = createInProcessWakeUps((error) => failures.push(error));
  wakeUps.subscribe('c1', (signal) => signals.push(signal));
  return createTurnHandler({
    store,
    wakeUps,
    clock: () => NOW,
    emergency: {
      assess: async (text) => (text.includes('au secours') ? { kinds: ['violence'], level: 2 } : undefined),
    },
    recognizer: { recognise: async () => RECOGNISED },
    dialogs: countingDialogs,
    outlook: async () => ({ available: 0, hours: 'unknown', position: 1 }),
    words: WORDS,
    ...buildSecrets(),
    isLeaving: (text) => text === 'menu',
    isReply: (text) => text === 'oui',
    statistics: { count: (name) => counted.push(name) },
    emergencyAnswer: ({ kinds }) => [said(`17 (${kinds.join()})`)],
    failureAnswer: () => [said('souci technique')],
    onFailure: (error) => failures.push(error),
    ...overrides,
  });
}

async function transcript(): Promise<string[]> {
  const messages = await store.messagesAfter('c1', 0, 1000);
  return messages.map(
    ({ seq, author, content }) =>
      `${seq} ${author} ${content.kind === 'text' ? content.text : `[${content.kind === 'erased' ? `erased ${content.erasedMessages}` : content.event === 'initiate' ? 'initiate' : content.state}]`}`,
  );
}

async function setStatus(status: Conversation['status']): Promise<void> {
  const { rev, dialogState, desk, inboxList } = (await store.load('c1')) as Conversation;
  await store.commit({ id: 'c1', expectedRev: rev, status, dialogState, desk, inboxList, messages: [], at: NOW });
}

beforeEach(async () => {
  store = createMemoryStore();
  failures = [];
  signals = [];
  counted = [];
  const wakeUps = createInProcessWakeUps(() => undefined);
  const conversations = createConversations({ store, wakeUps, clock: () => NOW, welcome: () => [said('bienvenue')] });
  await conversations.open({ id: 'c1', channel: 'directline' });
});

describe('a turn', () => {
  test('stores the message and its answer in one change, then wakes the readers', async () => {
    const outcome = await handlerWith().handle('c1', { externalId: 'a', clientId: 'k', text: 'bonjour' });
    expect(outcome).toMatchObject({
      kind: 'committed',
      seq: 2,
      replies: [{ seq: 3, replyTo: 2, externalId: 'out:3' }],
    });
    expect(await transcript()).toEqual(['1 bot bienvenue', '2 resident bonjour', '3 bot reçu 1 : bonjour']);
    expect((await store.load('c1'))?.rev).toBe(1);
    expect(signals).toEqual([{ kind: 'typing', author: 'bot' }, { kind: 'changed' }]);
  });

  test('keeps the dialog state from one turn to the next', async () => {
    const handler = handlerWith();
    await handler.handle('c1', { externalId: 'a', text: 'un' });
    await handler.handle('c1', { externalId: 'b', text: 'deux' });
    expect((await transcript()).at(-1)).toBe('5 bot reçu 2 : deux');
  });

  test('hands the recognition to the dialogs', async () => {
    let seen: unknown;
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context) {
        seen = context.turnState.get(RECOGNITION);
      },
    };
    await handlerWith({ dialogs }).handle('c1', { externalId: 'a', text: 'aide' });
    expect(seen).toBe(RECOGNISED);
  });

  test('keeps cards and buttons, and drops what is no message', async () => {
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context) {
        await context.sendActivities([
          { type: ActivityTypes.Typing },
          {
            type: ActivityTypes.Message,
            text: 'ici',
            channelData: { asksFor: 'position' },
            suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Menu', value: 'Menu' }] },
            attachments: [
              {
                contentType: 'application/vnd.microsoft.card.hero',
                content: {
                  title: 'Adresse',
                  position: { latitude: 47.2, longitude: 5.9 },
                  buttons: [{ type: 'openUrl', title: 'Plan', value: 'https://exemple.fr' }],
                },
              },
            ],
          },
        ]);
      },
    };
    const { replies } = await handlerWith({ dialogs }).handle('c1', { externalId: 'a', text: 'où' });
    expect(replies.map(({ content }) => content)).toEqual([
      {
        kind: 'text',
        text: 'ici',
        card: {
          title: 'Adresse',
          position: { latitude: 47.2, longitude: 5.9 },
          links: [{ title: 'Plan', url: 'https://exemple.fr' }],
        },
        actions: [{ title: 'Menu', value: 'Menu' }],
        asksFor: 'position',
      },
    ]);
  });
});

describe('a message sent again', () => {
  test('is acknowledged under its first number and answered once', async () => {
    const handler = handlerWith();
    await handler.handle('c1', { externalId: 'a', text: 'bonjour' });
    expect(await handler.handle('c1', { externalId: 'a', text: 'bonjour' })).toEqual({
      kind: 'duplicate',
      seq: 2,
      replies: [],
    });
    expect(await transcript()).toHaveLength(3);
  });

  test('twenty times at once, over two processes, is answered once', async () => {
    const processes = [handlerWith(), handlerWith()] as const;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        processes[index % 2 === 0 ? 0 : 1].handle('c1', { externalId: 'a', text: 'bonjour' }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(new Set(outcomes.map(({ seq }) => seq))).toEqual(new Set([2]));
    expect(await transcript()).toHaveLength(3);
  });
});

describe('fifty messages at once over two processes', () => {
  test('each is stored once, in a gapless order, with its own answer right after it', async () => {
    const processes = [handlerWith(), handlerWith()] as const;
    // Each process holds one turn of the conversation at a time, so the two meet at every commit.
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        processes[index % 2 === 0 ? 0 : 1].handle('c1', { externalId: `m${index}`, text: `m${index}` }),
      ),
    );
    const messages = await store.messagesAfter('c1', 0, 1000);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
    for (const { author, replyTo, seq } of messages.slice(1)) if (author === 'bot') expect(replyTo).toBe(seq - 1);
  });
});

describe('danger', () => {
  test('under way: the numbers come first, then what the dialogs ask', async () => {
    await handlerWith().handle('c1', { externalId: 'b', text: 'au secours' });
    expect((await transcript()).slice(2)).toEqual(['3 bot 17 (violence)', '4 bot reçu 1 : au secours']);
  });

  test('under way: is told to the dialogs', async () => {
    let seen: unknown;
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context) {
        seen = context.turnState.get(DANGER);
      },
    };
    await handlerWith({ dialogs }).handle('c1', { externalId: 'a', text: 'au secours' });
    expect(seen).toEqual({ kinds: ['violence'], level: 2 });
  });

  test('past: the numbers come under the answer', async () => {
    await handlerWith(PAST).handle('c1', { externalId: 'b', text: 'hier' });
    expect((await transcript()).slice(2)).toEqual(['3 bot reçu 1 : hier', '4 bot 17 (violence)']);
  });

  test.each([
    ['under way', {}],
    ['past', PAST],
  ])(
    '%s: while a delegate holds the conversation, the numbers alone, and nothing else changes',
    async (_, overrides) => {
      const handler = handlerWith(overrides);
      await handler.handle('c1', { externalId: 'a', text: 'un' });
      const before = (await store.load('c1'))?.dialogState;
      await setStatus('assigned');
      const { replies } = await handler.handle('c1', { externalId: 'b', text: 'au secours' });
      expect(replies.map(({ content }) => content)).toEqual([said('17 (violence)')]);
      expect(await store.load('c1')).toMatchObject({ status: 'assigned', dialogState: before });
    },
  );

  test.each<[string, Partial<TurnHandlerDependencies>]>([
    ['the dialogs', { dialogs: BROKEN_DIALOGS }],
    ['storage, read by the dialogs,', { dialogs: AWAY_DIALOGS }],
    [
      'the recogniser',
      {
        recognizer: {
          async recognise() {
            throw new TypeError('boom');
          },
        },
      },
    ],
  ])('under way: a fault of %s takes nothing away from the numbers', async (_, overrides) => {
    await handlerWith(overrides).handle('c1', { externalId: 'b', text: 'au secours' });
    expect((await transcript()).slice(2)).toEqual(['3 bot 17 (violence)']);
    expect(failures).toHaveLength(1);
  });

  test('past: a fault of the dialogs is told, with the numbers under it', async () => {
    await handlerWith({ ...PAST, dialogs: BROKEN_DIALOGS }).handle('c1', { externalId: 'b', text: 'hier' });
    expect((await transcript()).slice(2)).toEqual(['3 bot souci technique', '4 bot 17 (violence)']);
  });

  test('past: storage that the dialogs find away is told to the caller, and nothing is written', async () => {
    const turn = handlerWith({ ...PAST, dialogs: AWAY_DIALOGS }).handle('c1', { externalId: 'b', text: 'hier' });
    await expect(turn).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await transcript()).toEqual(['1 bot bienvenue']);
  });
});

describe('the handoff gate', () => {
  test('keeps the bot silent while a delegate holds the conversation, and stores the message', async () => {
    await setStatus('assigned');
    const { replies } = await handlerWith().handle('c1', { externalId: 'a', text: 'merci' });
    expect(replies).toEqual([]);
    expect((await transcript()).at(-1)).toBe('2 resident merci');
  });

  test('a message on a closed conversation reopens it with the bot', async () => {
    await setStatus('closed');
    await handlerWith().handle('c1', { externalId: 'a', text: 'bonjour' });
    expect((await store.load('c1'))?.status).toBe('bot');
    expect((await transcript()).at(-1)).toBe('3 bot reçu 1 : bonjour');
  });

  test('a claim made during a slow bot turn silences that turn', async () => {
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context) {
        if ((await store.load('c1'))?.status === 'bot') await setStatus('assigned');
        await context.sendActivity('trop tard');
      },
    };
    await handlerWith({ dialogs }).handle('c1', { externalId: 'a', text: 'bonjour' });
    expect(await transcript()).toEqual(['1 bot bienvenue', '2 resident bonjour']);
  });
});

describe('a step that fails', () => {
  test('keeps the message, apologises, and leaves the dialog state as it was', async () => {
    await handlerWith().handle('c1', { externalId: 'a', text: 'un' });
    const before = (await store.load('c1'))?.dialogState;
    await handlerWith({ dialogs: BROKEN_DIALOGS }).handle('c1', { externalId: 'b', text: 'deux' });
    expect((await transcript()).slice(3)).toEqual(['4 resident deux', '5 bot souci technique']);
    expect((await store.load('c1'))?.dialogState).toEqual(before);
    expect(failures).toHaveLength(1);
  });

  test('leaves what lies deep in the dialog state as it was, and the next message is answered from there', async () => {
    const isFaulty = { now: false };
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context, state) {
        const { stack } = (await state.get(context, { stack: [] })) as { stack: string[] };
        stack.push(context.activity.text);
        if (isFaulty.now) throw new TypeError('boom');
        await context.sendActivity(stack.join());
      },
    };
    const handler = handlerWith({ dialogs });
    await handler.handle('c1', { externalId: 'a', text: 'un' });
    isFaulty.now = true;
    await handler.handle('c1', { externalId: 'b', text: 'deux' });
    expect((await store.load('c1'))?.dialogState).toEqual({ dialogs: { stack: ['un'] } });
    isFaulty.now = false;
    await handler.handle('c1', { externalId: 'c', text: 'trois' });
    expect((await transcript()).at(-1)).toBe('7 bot un,trois');
  });

  test('an unknown conversation is refused and nothing is written', async () => {
    await expect(handlerWith().handle('c2', { externalId: 'a', text: 'x' })).rejects.toMatchObject({
      code: 'conversation-gone',
    });
  });

  test('a database away is told to the caller, and the same message goes through later', async () => {
    const { commit } = store;
    store.commit = async () => {
      throw new DomainError('storage-unavailable', 'away');
    };
    const handler = handlerWith();
    await expect(handler.handle('c1', { externalId: 'a', text: 'x' })).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    store.commit = commit;
    expect(await handler.handle('c1', { externalId: 'a', text: 'x' })).toMatchObject({ kind: 'committed', seq: 2 });
  });
});

describe('an erasure', () => {
  test('leaves a mark without content, the answers, and a number that keeps growing', async () => {
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      async run(context) {
        const effects = context.turnState.get(TURN_EFFECTS) as TurnEffects;
        const count = await effects.countMessages();
        effects.eraseHistory();
        await context.sendActivity(`effacés : ${count}`);
      },
    };
    await handlerWith().handle('c1', { externalId: 'a', text: 'secret' });
    const handler = handlerWith({ dialogs });
    await handler.handle('c1', { externalId: 'b', clientId: 'k', text: 'oui' });
    expect(await transcript()).toEqual(['4 system [erased 3]', '5 bot effacés : 3']);
    expect(await handler.handle('c1', { externalId: 'b', text: 'oui' })).toMatchObject({ kind: 'duplicate', seq: 4 });
  });
});

describe('draining', () => {
  test('waits for the turns under way', async () => {
    let release = (): void => undefined;
    const dialogs: DialogRunner = {
      isConfidential: () => false,
      run: (context) =>
        new Promise((resolve) => {
          release = () => resolve(context.sendActivity('fini').then(() => undefined));
        }),
    };
    const handler = handlerWith({ dialogs });
    const turn = handler.handle('c1', { externalId: 'a', text: 'x' });
    let isDrained = false;
    const drained = handler.drain().then(() => {
      isDrained = true;
    });
    await new Promise(setImmediate);
    expect(isDrained).toBe(false);
    release();
    await Promise.all([turn, drained]);
    expect((await transcript()).at(-1)).toBe('3 bot fini');
  });
});
