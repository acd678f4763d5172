import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ConversationStatus, inboxListOf } from '../../../src/domain/conversation.js';
import { NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { TextContent } from '../../../src/domain/message.js';
import { TURN_EFFECTS, type TurnEffects } from '../../../src/domain/turn-effects.js';
import { createTurnHandler, type TurnHandlerDependencies } from '../../../src/pipeline/create-turn-handler.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../../src/storage/ports/conversation-store.js';
import { buildConversation, buildMessage } from '../../support/build-conversation.js';
import { WORDS } from '../../support/desk-words.js';
import { buildSecrets, createReportCalls, runner, type Secrets } from '../../support/report-fakes.js';
import { createMemoryStore } from '../../support/storage-memory.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const SECRET = 'canari-7731';
const RECEIPT = 'ABCDE-01234-FGHJK-MNPQR-S';
const BUTTON = { title: 'Envoyer', value: 'Envoyer' };

type Script = (effects: TurnEffects, say: (content: TextContent) => Promise<void>) => Promise<void> | void;

let store: ConversationStore;
let secrets: Secrets;
let failures: unknown[];
let counted: string[];

beforeEach(() => {
  store = createMemoryStore();
  secrets = buildSecrets(() => NOW);
  failures = [];
  counted = [];
});

function handlerWith(script: Script, overrides: Partial<TurnHandlerDependencies> = {}) {
  return createTurnHandler({
    store,
    wakeUps: createInProcessWakeUps((error) => failures.push(error)),
    clock: () => NOW,
    emergency: { assess: async (text) => (text.includes('secours') ? { kinds: [], level: 2 } : undefined) },
    recognizer: {
      recognise: async () => ({
        decision: { kind: 'answer', intent: 'bot.help' },
        ranking: [],
        entities: {},
        requests: [],
      }),
    },
    dialogs: runner(
      async (context) => {
        await script(context.turnState.get(TURN_EFFECTS), async ({ text, reveal, progress, actions = [] }) => {
          const channelData = { ...(reveal && { reveal }), ...(progress && { progress }) };
          await context.sendActivity({
            type: 'message',
            text,
            channelData,
            suggestedActions: { to: [], actions: actions.map((action) => ({ type: 'imBack', ...action })) },
          });
        });
      },
      ({ dialogs }) => dialogs === 'report',
    ),
    outlook: async () => ({ available: 0, hours: 'unknown', position: 1 }),
    words: WORDS,
    ...secrets,
    isLeaving: () => false,
    isReply: () => false,
    statistics: { count: (name) => counted.push(name) },
    emergencyAnswer: () => [{ kind: 'text', text: 'appelez le 17' }],
    failureAnswer: () => [{ kind: 'text', text: 'souci' }],
    onFailure: (error) => failures.push(error),
    ...overrides,
  });
}

async function given(change: Partial<Parameters<typeof buildConversation>[0]> = {}): Promise<void> {
  const standing = { status: 'bot' as const, desk: NEW_DESK_STATE, ...change };
  await store.create(buildConversation({ id: 'c1', lastSeq: 1, ...standing, inboxList: inboxListOf(standing) }), [
    buildMessage({ seq: 1 }),
  ]);
}

const inReport = { dialogState: { dialogs: 'report' } };

async function stored(): Promise<readonly TextContent[]> {
  const messages = await store.messagesAfter('c1', 1, 100);
  return messages.flatMap(({ content }) => (content.kind === 'text' ? [content] : []));
}

describe('inside a report', () => {
  test('what the resident says is stored without its words, and the dialogs hear it', async () => {
    await given(inReport);
    let heard = '';
    const dialogs = runner(
      async ({ activity }) => {
        heard = activity.text;
      },
      () => true,
    );
    await handlerWith(() => undefined, { dialogs }).handle('c1', { externalId: 'a', clientId: 'k', text: SECRET });
    expect(heard).toBe(SECRET);
    expect(await store.messagesAfter('c1', 1, 10)).toMatchObject([
      { externalId: 'a', clientId: 'k', content: { kind: 'text', text: '(scellé)', isConcealed: true } },
    ]);
    expect(counted).toEqual(['channel:directline']);
  });

  test.each<[string, Partial<TurnHandlerDependencies>]>([
    ['the emergency detector', { emergency: { assess: () => Promise.reject(new TypeError(SECRET)) } }],
    ['the recogniser', { recognizer: { recognise: () => Promise.reject(new TypeError(SECRET)) } }],
  ])('so it is when %s fails, and the resident is told', async (_, overrides) => {
    await given(inReport);
    await handlerWith(() => undefined, overrides).handle('c1', { externalId: 'a', text: SECRET });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'réponse perdue']);
    expect(failures).toHaveLength(1);
  });

  test.each(['report-gone', 'no-reader', 'too-many-attempts'] as const)(
    'a report that says « %s » is a fault of the step: the resident is told',
    async (code) => {
      await given(inReport);
      await handlerWith(() => Promise.reject(new DomainError(code, 'no'))).handle('c1', {
        externalId: 'a',
        text: SECRET,
      });
      expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'réponse perdue']);
    },
  );

  test('what the bot says tells clients that the answer is not to be stored, a word on a fault included', async () => {
    await given(inReport);
    await handlerWith(() => Promise.reject(new TypeError('boom'))).handle('c1', { externalId: 'a', text: SECRET });
    const [own, reply] = await stored();
    expect([own?.asksInConfidence, reply?.asksInConfidence]).toEqual([undefined, true]);
    await endReportElsewhere();
    await handlerWith((_, say) => say({ kind: 'text', text: 'fin' })).handle('c1', { externalId: 'b', text: 'x' });
    expect((await stored()).at(-1)).toEqual({ kind: 'text', text: 'fin' });
  });

  test('storage that does not answer leaves nothing, so that the message can be sent again', async () => {
    await given(inReport);
    const turn = handlerWith(() => Promise.reject(new DomainError('storage-unavailable', 'no'))).handle('c1', {
      externalId: 'a',
      text: SECRET,
    });
    await expect(turn).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(await stored()).toEqual([]);
  });

  test('a state about which the dialogs cannot tell is taken for confidential, and numbers are shown all the same', async () => {
    await given();
    const dialogs = runner(
      async () => undefined,
      () => {
        throw new TypeError('boom');
      },
    );
    await handlerWith(() => undefined, { dialogs }).handle('c1', { externalId: 'a', text: `secours ${SECRET}` });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'appelez le 17']);
    expect(failures.length).toBeGreaterThan(0);
  });

  test('once concealed, always: an attempt that finds the report over does not store the words', async () => {
    await given(inReport);
    let isFirst = true;
    const handler = handlerWith(async (_, say) => {
      if (isFirst) await endReportElsewhere();
      isFirst = false;
      await say({ kind: 'text', text: 'fin' });
    });
    await handler.handle('c1', { externalId: 'a', text: SECRET });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'fin']);
  });
});

/** Another process stores something, and leaves the dialogs where they are. */
async function saySomethingElsewhere(): Promise<void> {
  const conversation = await store.load('c1');
  if (!conversation) throw new Error('The conversation is there');
  const { rev, status, desk, inboxList, dialogState } = conversation;
  await store.commit({
    id: 'c1',
    expectedRev: rev,
    status,
    desk,
    inboxList,
    dialogState,
    messages: [],
    at: NOW,
  });
}

async function endReportElsewhere(status: ConversationStatus = 'bot'): Promise<void> {
  const conversation = await store.load('c1');
  if (!conversation) throw new Error('The conversation is there');
  const { rev, desk, inboxList } = conversation;
  await store.commit({
    id: 'c1',
    expectedRev: rev,
    status,
    desk,
    inboxList,
    dialogState: {},
    messages: [],
    at: NOW,
  });
}

describe('a dialog that conceals', () => {
  test('does so at once: whatever fails after it, the words are not stored', async () => {
    await given();
    const handler = handlerWith((effects) => {
      effects.conceal();
      throw new TypeError('boom');
    });
    await handler.handle('c1', { externalId: 'a', text: SECRET });
    expect(await stored()).toMatchObject([{ text: '(scellé)', isConcealed: true }, { text: 'réponse perdue' }]);
    expect(counted).toEqual(['channel:directline']);
  });

  test('has a turn overtaken by another one store no words either, though it does not conceal any more', async () => {
    await given();
    let isFirst = true;
    const handler = handlerWith(async (effects) => {
      if (isFirst) {
        effects.conceal();
        await endReportElsewhere();
      }
      isFirst = false;
    });
    await handler.handle('c1', { externalId: 'a', text: SECRET });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)']);
  });

  test('conceals its own turn only', async () => {
    await given();
    const handler = handlerWith((effects) => effects.conceal());
    await handler.handle('c1', { externalId: 'a', text: SECRET });
    await handlerWith(() => undefined).handle('c1', { externalId: 'b', text: 'merci' });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'merci']);
  });
});

describe('a delegate who takes the conversation in the middle of a report', () => {
  const asked: TextContent = { kind: 'text', text: 'Où ?', asksInConfidence: true };
  const by = { delegateId: 'd1', name: 'Jean' };

  /** What was said after the question, by whom; then the resident writes. */
  async function writesAfter(...said: readonly ('delegate' | 'system' | 'resident')[]): Promise<readonly string[]> {
    const standing = { status: 'assigned' as const, desk: { ...NEW_DESK_STATE, holder: 'd1' } };
    const messages = [
      buildMessage({ seq: 1, author: 'bot', content: asked }),
      ...said.map((author, index) =>
        buildMessage({
          seq: index + 2,
          externalId: `x${index}`,
          author,
          ...(author === 'delegate' && { signature: by }),
        }),
      ),
    ];
    const conversation = buildConversation({
      id: 'c1',
      lastSeq: messages.length,
      ...standing,
      inboxList: inboxListOf(standing),
    });
    await store.create(conversation, messages);
    await handlerWith(() => undefined).handle('c1', { externalId: 'a', text: SECRET });
    const stored = await store.messagesAfter('c1', messages.length, 100);
    return stored.map(({ author, content }) => `${author} ${content.kind === 'text' ? content.text : ''}`);
  }

  test('is not shown what was being written, and the resident is told', async () => {
    expect(await writesAfter('system', 'system')).toEqual(['resident (scellé)', 'system réponse non montrée']);
  });

  test('reads the resident from the moment that they have spoken themselves', async () => {
    expect(await writesAfter('system', 'delegate')).toEqual([`resident ${SECRET}`]);
  });

  test('reads what the resident writes next', async () => {
    expect(await writesAfter('system', 'resident', 'system')).toEqual([`resident ${SECRET}`]);
  });

  test('is not shown it either when they come first while it is being taken', async () => {
    await given(inReport);
    let isFirst = true;
    const handler = handlerWith(async () => {
      if (isFirst) await endReportElsewhere('assigned');
      isFirst = false;
    });
    await handler.handle('c1', { externalId: 'a', text: SECRET });
    expect((await stored()).map(({ text }) => text)).toEqual(['(scellé)', 'réponse non montrée']);
  });
});

describe('a report that is sent as a delegate takes the conversation', () => {
  test('has its code shown to its author, and to nobody else', async () => {
    await given(inReport);
    let isFirst = true;
    const handler = handlerWith(async ({ report }) => {
      await report.submit('r1');
      if (isFirst) await endReportElsewhere('assigned');
      isFirst = false;
    });
    await handler.handle('c1', { externalId: 'a', text: 'Envoyer' });
    expect(await stored()).toEqual([
      { kind: 'text', text: '(scellé)', isConcealed: true },
      { kind: 'text', text: 'code montré', reveal: 'receipt:ref-1' },
    ]);
  });
});

describe('the code of a report', () => {
  test.each(['bot', 'waiting', 'assigned', 'closed'] as const)('is cut out while the status is %s', async (status) => {
    await given({ status });
    let heard = '';
    const dialogs = runner(async ({ activity }) => {
      heard = activity.text;
    });
    const text = `Mon code ${RECEIPT}, des nouvelles ?`;
    await handlerWith(() => undefined, { dialogs }).handle('c1', { externalId: 'a', text });
    expect((await stored())[0]?.text).toBe('Mon code [code], des nouvelles ?');
    expect(heard).toBe(status === 'assigned' ? '' : text);
  });
});

describe('words that are confided', () => {
  test('are kept in memory under a name; what is stored says the stand-in, with its buttons and its place', async () => {
    await given();
    const recap: TextContent = {
      kind: 'text',
      text: `Vous avez dit : ${SECRET}`,
      actions: [BUTTON],
      progress: { step: 7, of: 7 },
    };
    await handlerWith((effects, say) => say(effects.confide(recap, 'récapitulatif'))).handle('c1', {
      externalId: 'a',
      text: 'suite',
    });
    const [, reply] = await stored();
    expect(reply).toEqual({
      kind: 'text',
      text: 'récapitulatif',
      actions: [BUTTON],
      progress: { step: 7, of: 7 },
      reveal: expect.stringMatching(/^words:[0-9a-z]+\.[\w-]{22}$/),
    });
    expect(secrets.confidences.find(reply?.reveal ?? '')).toBe(recap.text);
  });

  test('a receipt is shown by the name of its record', async () => {
    await given();
    await handlerWith((effects, say) =>
      say(effects.report.showReceipt('ref-1', { kind: 'text', text: 'Notez ce code.' }, 'Code montré une fois.')),
    ).handle('c1', { externalId: 'a', text: 'envoyer' });
    expect((await stored())[1]).toEqual({ kind: 'text', text: 'Code montré une fois.', reveal: 'receipt:ref-1' });
    expect(secrets.confidences.find('receipt:ref-1')).toBe('Notez ce code.');
  });
});

describe('answers that are held', () => {
  const answers = [{ step: 'what', text: SECRET }] as const;

  test('are found by the next turn, until nothing is held any more', async () => {
    await given();
    const found: unknown[] = [];
    const turn = (externalId: string, script: (effects: TurnEffects) => void) =>
      handlerWith((effects) => {
        found.push(effects.report.held());
        script(effects);
        found.push(effects.report.held());
      }).handle('c1', { externalId, text: 'x' });
    await turn('a', ({ report }) => report.hold(answers));
    await turn('b', ({ report }) => report.hold());
    await turn('c', () => undefined);
    expect(found).toEqual([undefined, answers, answers, undefined, undefined, undefined]);
  });

  test('a turn that is run again finds them as its first attempt did', async () => {
    await given();
    await handlerWith(({ report }) => report.hold(answers)).handle('c1', { externalId: 'a', text: 'x' });
    const found: unknown[] = [];
    const script: Script = async ({ report }) => {
      found.push(report.held());
      report.hold();
      if (found.length === 1) await saySomethingElsewhere();
    };
    await handlerWith(script).handle('c1', { externalId: 'b', text: 'x' });
    expect(found).toEqual([answers, answers]);
  });

  test('a turn that is run again after another one finds what that one left', async () => {
    await given();
    await handlerWith(({ report }) => report.hold(answers)).handle('c1', { externalId: 'a', text: 'x' });
    const found: unknown[] = [];
    const other = [{ step: 'what', text: 'autre' }] as const;
    const script: Script = async ({ report }) => {
      found.push(report.held());
      const isFirst = found.length === 1;
      report.hold();
      if (isFirst) await handlerWith(({ report: its }) => its.hold(other)).handle('c1', { externalId: 'c', text: 'x' });
    };
    await handlerWith(script).handle('c1', { externalId: 'b', text: 'x' });
    expect(found).toEqual([answers, other]);
  });

  test('leave memory with the commit that names them no more, and with the one that did not take place', async () => {
    await given();
    const names: string[] = [];
    const { confidences } = secrets;
    const keep: typeof confidences.keep = (id, text) => {
      const name = confidences.keep(id, text);
      names.push(name);
      return name;
    };
    const own = { confidences: { ...confidences, keep } };
    const turn = (externalId: string, script: Script) =>
      handlerWith(script, own).handle('c1', { externalId, text: 'x' });
    const isThere = () => names.map((name) => confidences.find(name) !== undefined);
    await turn('a', ({ report }) => report.hold(answers));
    expect(isThere()).toEqual([true]);
    let runs = 0;
    await turn('b', async ({ report }) => {
      runs += 1;
      report.hold(answers);
      if (runs === 1) await saySomethingElsewhere();
    });
    expect(isThere()).toEqual([false, false, true]);
    await turn('c', ({ report }) => report.hold());
    expect(isThere()).toEqual([false, false, false]);
  });

  test('dialogs that fail leave them as they were', async () => {
    await given();
    await handlerWith(({ report }) => report.hold(answers)).handle('c1', { externalId: 'a', text: 'x' });
    const broken: Script = ({ report }) => {
      report.hold();
      throw new TypeError('boom');
    };
    await handlerWith(broken).handle('c1', { externalId: 'b', text: 'x' });
    let found: unknown;
    await handlerWith(({ report }) => {
      found = report.held();
    }).handle('c1', { externalId: 'c', text: 'x' });
    expect(found).toEqual(answers);
  });

  test('go with the conversation', async () => {
    await given();
    await handlerWith(({ report }) => report.hold(answers)).handle('c1', { externalId: 'a', text: 'x' });
    secrets.confidences.forget('c1');
    let found: unknown = 'unset';
    await handlerWith(({ report }) => {
      found = report.held();
    }).handle('c1', { externalId: 'b', text: 'x' });
    expect(found).toBeUndefined();
  });
});

test('a dialog is told when somebody last spoke', async () => {
  await given({ lastMessageAt: new Date('2026-11-23T08:00:00Z') });
  let lastSaidAt: number | undefined;
  await handlerWith((effects) => {
    lastSaidAt = effects.lastSaidAt;
  }).handle('c1', { externalId: 'a', text: 'x' });
  expect(lastSaidAt).toBe(Date.parse('2026-11-23T08:00:00Z'));
});

describe('what a dialog does about reports', () => {
  test('is bound to the conversation and to the message', async () => {
    await given();
    const { calls, services: reports } = createReportCalls();
    const answers = [{ step: 'what', text: SECRET }] as const;
    const script: Script = async ({ report }) => {
      await report.open();
      await report.answer(answers);
      await report.submit('r1');
      await report.find(RECEIPT);
      await report.notify('t1', true);
      await report.notify('t1', false);
      await report.notifyAfterSending('ref-1');
      await report.discard();
    };
    await handlerWith(script, { reports }).handle('c1', { externalId: 'm-9', text: 'x' });
    expect(calls).toEqual([
      ['open', 'c1'],
      ['answer', 'c1', answers, 'm-9'],
      ['submit', 'r1'],
      ['find', RECEIPT, 'c1'],
      ['notifyIn', 't1', 'c1'],
      ['notifyIn', 't1', undefined],
      ['notifyAfterSending', 'ref-1', 'c1'],
      ['discard', 'c1'],
    ]);
  });

  test('an addition comes with the same cause each time its message is run, and it leads to no message', async () => {
    await given();
    const { calls, services: reports } = createReportCalls();
    let isFirst = true;
    const script: Script = async ({ report }) => {
      await report.add('t1', SECRET);
      if (isFirst) await endReportElsewhere();
      isFirst = false;
    };
    await handlerWith(script, { reports }).handle('c1', { externalId: 'message-9', text: 'x' });
    await handlerWith(script, { reports }).handle('c1', { externalId: 'message-10', text: 'x' });
    const causes = calls.map((call) => String(call[3]));
    expect(causes).toHaveLength(3);
    expect(causes[0]).toBe(causes[1]);
    expect(causes[2]).not.toBe(causes[0]);
    expect(causes.join()).not.toContain('message');
  });
});
