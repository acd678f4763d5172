import { EventEmitter, once } from 'node:events';
import { createRootDialog } from '../../../dialogs/index.js';
import type { AskShelf, ClaimShelf, DeliveryShelf, StoredDelivery } from '../../../src/channels/deliveries.js';
import type { Conversation } from '../../../src/domain/conversation.js';
import { type Conversations, createConversations } from '../../../src/domain/conversations.js';
import { createEmergencyAnswer } from '../../../src/domain/emergency-answer.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Message, Reveal, TextContent } from '../../../src/domain/message.js';
import type { WakeUps } from '../../../src/domain/wake-ups.js';
import { createTurnHandler } from '../../../src/pipeline/create-turn-handler.js';
import { createReveal } from '../../../src/pipeline/reveal.js';
import type { TurnHandler } from '../../../src/pipeline/turn.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import { buildSecrets } from '../report-fakes.js';
import { createReportShelf, type ReportShelf } from '../report-shelf.js';
import { createMemoryStore } from '../storage-memory.js';
import {
  buildDialogDependencies,
  type ChatOptions,
  deskOf,
  NO_WORDS,
  SOMEBODY_THERE,
  TUESDAY_MORNING,
  WORDS,
} from '../transcript.js';
import { createScriptedWords, type ScriptedWords } from './scripted-words.js';

/** The whole pipeline over a store in memory, with scripted words: what the channel of a stage hands its turns to. */
export interface StageWorld extends Pick<ScriptedWords, 'expectWords'> {
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly wakeUps: WakeUps;
  readonly deliveries: DeliveryShelf;
  readonly asks: AskShelf;
  readonly claims: ClaimShelf;
  readonly reveal: Reveal;
  readonly shelf: ReportShelf;
  /** Of the transcript: it stands still between its lines. */
  readonly clock: () => Date;
  /** Steps and listeners that failed. */
  readonly failures: readonly unknown[];
  /** How many turns have been stored. */
  turnCount(): number;
  /** Resolves once so many have. */
  turned(count: number): Promise<void>;
  /** Resolves when a delivery is stored the next time. */
  saved(): Promise<unknown>;
  /** The conversation that was opened last. @throws Error before. */
  opened(): string;
  /** Puts a conversation that has just been opened into the state in which the transcript begins. */
  prepare(id: string): Promise<void>;
  lastSeq(id: string): Promise<number>;
  /** Of the last words that are for the resident. */
  lastToldSeq(id: string): Promise<number>;
  /** What the bot said after that position, as the resident is to read it. */
  saidAfter(id: string, seq: number): Promise<readonly TextContent[]>;
  putForward(minutes: number): void;
  /** What the process remembers is gone. */
  restart(): void;
  /** A delegate says something; taking and giving back resets the dialogs. */
  interject(id: string, resetsDialogs: boolean): Promise<void>;
}

const EVERYTHING = 10_000;

export function createStageWorld(options: ChatOptions): StageWorld {
  let now = options.now ?? TUESDAY_MORNING;
  const clock = () => now;
  const memory = createMemoryStore();
  let interjected = 0;
  // The transcripts know of no message that a delegate wrote meanwhile: greetings go by the number of messages.
  const store = { ...memory, countMessages: async (id: string) => (await memory.countMessages(id)) - interjected };
  const shelf = createReportShelf(clock);
  const secrets = { ...buildSecrets(clock), reports: options.reports ?? shelf.services };
  const reveal = createReveal({ ...secrets, ...secrets.reports.intake, words: secrets.concealed });
  const failures: unknown[] = [];
  const onFailure = (error: unknown): void => void failures.push(error);
  const wakeUps = createInProcessWakeUps(onFailure);
  const words = createScriptedWords(options, clock);
  const events = new EventEmitter().setMaxListeners(0);
  const ids: string[] = [];
  let turnCount = 0;

  const conversations = createConversations({ store, wakeUps, clock, welcome: () => WORDS.answers.render('welcome') });
  const dialogDeps = buildDialogDependencies(options, clock);
  const turns = createTurnHandler({
    store,
    wakeUps,
    clock,
    ...secrets,
    ...words,
    dialogs: createRootDialog(dialogDeps),
    outlook: async () => ({ ...SOMEBODY_THERE, ...options.outlook }),
    words: NO_WORDS,
    isLeaving: (text) => WORDS.replies.commandOf(text) === 'menu',
    isReply: () => true,
    statistics: { count: () => undefined },
    emergencyAnswer: createEmergencyAnswer(dialogDeps),
    failureAnswer: () => WORDS.answers.render('error.turn'),
    onFailure,
  });

  async function load(id: string): Promise<Conversation> {
    const conversation = await store.load(id);
    if (!conversation) throw new Error('No such conversation');
    return conversation;
  }

  async function commit(id: string, change: Partial<Conversation>, messages: readonly Message[] = []): Promise<void> {
    const conversation = await load(id);
    const { status, desk, dialogState, inboxList } = { ...conversation, ...change };
    const written = { status, desk, dialogState, inboxList, messages };
    await store.commit({ id, expectedRev: conversation.rev, ...written, at: now });
    wakeUps.notify(id, { kind: 'changed' });
  }

  function noted<Given extends readonly unknown[], Result>(
    open: (...given: Given) => Promise<Result>,
    id: (...given: Given) => string,
  ) {
    return async (...given: Given): Promise<Result> => {
      ids.push(id(...given));
      return open(...given);
    };
  }

  return {
    conversations: {
      ...conversations,
      open: noted(conversations.open, ({ id }) => id),
      openOnce: noted(conversations.openOnce, ({ id }) => id),
      async openByAddress(...given) {
        const opened = await conversations.openByAddress(...given);
        if (opened.isNew) ids.push(opened.conversation.id);
        return opened;
      },
    },
    turns: {
      async handle(...given) {
        const outcome = await turns.handle(...given);
        turnCount += 1;
        events.emit('turned');
        return outcome;
      },
    },
    wakeUps,
    deliveries: createDeliveries(() => events.emit('saved')),
    asks: NO_ASKS,
    claims: { claim: async (_id, _thing, by) => by },
    reveal,
    shelf,
    clock,
    failures,
    expectWords: words.expectWords,
    turnCount: () => turnCount,
    async turned(count) {
      while (turnCount < count) await once(events, 'turned');
    },
    saved: () => once(events, 'saved'),
    opened() {
      const id = ids.at(-1);
      if (id === undefined) throw new Error('No conversation was opened');
      return id;
    },
    prepare: (id) => commit(id, { status: options.status ?? 'bot', desk: deskOf(options, now) }),
    lastSeq: async (id) => (await load(id)).lastSeq,
    async lastToldSeq(id) {
      const messages = await store.messagesAfter(id, 0, EVERYTHING);
      return messages.findLast(({ author, content }) => author !== 'resident' && content.kind === 'text')?.seq ?? 0;
    },
    async saidAfter(id, seq) {
      const said: TextContent[] = [];
      for (const { author, content } of await store.messagesAfter(id, seq, EVERYTHING)) {
        if (author !== 'bot' || content.kind !== 'text') continue;
        const revealed = content.reveal === undefined ? undefined : await reveal(content.reveal);
        said.push(revealed ? { ...content, text: revealed.text } : content);
      }
      return said;
    },
    putForward(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    restart() {
      shelf.restart();
      secrets.confidences.clear();
    },
    async interject(id, resetsDialogs) {
      interjected += 1;
      const seq = (await load(id)).lastSeq + 1;
      const signature = { delegateId: 'd1', name: 'Jean' };
      const content = { kind: 'text', text: 'Je suis là.' } as const;
      const said: Message = { seq, externalId: `out:${seq}`, author: 'delegate', signature, at: now, content };
      await commit(id, resetsDialogs ? { dialogState: {} } : {}, [said]);
    },
  };
}

/** There is one process: it asks nothing of others. */
const NO_ASKS: AskShelf = {
  load: async () => undefined,
  save: async () => 0,
  listOf: async () => [],
  remove: async () => false,
};

function createDeliveries(onSaved: () => void): DeliveryShelf {
  const kept = new Map<string, StoredDelivery>();
  return {
    load: async (id) => kept.get(id),
    async save(delivery, expectedRev) {
      const { conversationId: id } = delivery;
      if (kept.get(id)?.rev !== expectedRev) throw new DomainError('revision-conflict', 'Another came first');
      const rev = (expectedRev ?? 0) + 1;
      kept.set(id, { ...delivery, rev });
      onSaved();
      return rev;
    },
    listFailed: async () => [...kept.values()].filter(({ failure }) => failure !== undefined),
    remove: async (id) => kept.delete(id),
  };
}
