import { type Conversation, type ConversationStatus, inboxListOf } from '../../src/domain/conversation.js';
import { type DeskState, NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Message } from '../../src/domain/message.js';
import { TURN_EFFECTS, type TurnEffects } from '../../src/domain/turn-effects.js';
import { createTurnHandler, type TurnHandlerDependencies } from '../../src/pipeline/create-turn-handler.js';
import type { Inbound, TurnHandler, TurnOutcome } from '../../src/pipeline/turn.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildConversation } from './build-conversation.js';
import { WORDS } from './desk-words.js';
import { buildSecrets, runner } from './report-fakes.js';
import { createMemoryStore } from './storage-memory.js';

export const STAGE_NOW = new Date('2026-11-24T09:00:00Z');
const ID = 'c1';

/** What the dialogs hear and do; they say « réponse à … » besides. */
export type StageScript = (effects: TurnEffects, text: string) => Promise<void> | void;

export interface TurnStage {
  readonly store: ConversationStore;
  readonly id: string;
  readonly failures: unknown[];
  readonly counted: string[];
  /** The effects that the dialogs were handed, one for each run. */
  readonly heard: { readonly text: string; readonly effects: TurnEffects }[];
  readonly turns: TurnHandler;
  handle(inbound: Inbound): Promise<TurnOutcome>;
  /** What is stored from `after` on: author and text, `(scellé)` for what is concealed, or the event. */
  lines(after?: number): Promise<readonly string[]>;
  messages(after?: number): Promise<readonly Message[]>;
  conversation(): Promise<Conversation>;
  /** Changes the conversation as somebody else would, with what they say. */
  meanwhile(change: Meanwhile): Promise<void>;
}

interface Meanwhile {
  readonly status?: ConversationStatus;
  readonly desk?: Partial<DeskState>;
  /** A delegate has seen the danger. */
  readonly isSeen?: true;
  readonly dialogState?: JsonObject;
  readonly messages?: readonly Pick<Message, 'author' | 'content'>[];
}

export interface StageOptions extends Meanwhile {
  readonly store?: ConversationStore;
  readonly script?: StageScript;
  readonly overrides?: Partial<TurnHandlerDependencies>;
}

/** A dialog state in which nothing that is said is for a transcript. */
export const IN_REPORT: JsonObject = { dialogs: 'report' };

/** The real turn handler, over a store, with scripted dialogs: « secours » is a danger, « menu » leaves a delegate. */
export async function openTurnStage({ script, overrides, store, ...first }: StageOptions = {}): Promise<TurnStage> {
  const stage = createStage(store ?? createMemoryStore(), script, overrides);
  const standing = { status: first.status ?? 'bot', desk: { ...NEW_DESK_STATE, ...first.desk } } as const;
  const conversation = buildConversation({
    id: ID,
    channel: 'telegram',
    ...standing,
    inboxList: inboxListOf(standing),
    dialogState: first.dialogState ?? {},
  });
  await stage.store.create(conversation, []);
  if (first.messages) await stage.meanwhile({ messages: first.messages });
  return stage;
}

function createStage(
  store: ConversationStore,
  script: StageScript = () => undefined,
  overrides: Partial<TurnHandlerDependencies> = {},
): TurnStage {
  const failures: unknown[] = [];
  const counted: string[] = [];
  const heard: { text: string; effects: TurnEffects }[] = [];
  const turns = createTurnHandler({
    store,
    wakeUps: createInProcessWakeUps((error) => failures.push(error)),
    clock: () => STAGE_NOW,
    emergency: { assess: async (text) => (text.includes('secours') ? { kinds: [], level: 2 } : undefined) },
    recognizer: {
      recognise: async () => ({ decision: { kind: 'unsure' }, ranking: [], entities: {}, requests: [] }),
    },
    dialogs: runner(
      async (context) => {
        const { text } = context.activity;
        const effects: TurnEffects = context.turnState.get(TURN_EFFECTS);
        heard.push({ text, effects });
        await script(effects, text);
        await context.sendActivity(`réponse à ${text}`);
      },
      ({ dialogs }) => dialogs === 'report',
    ),
    outlook: async () => ({ available: 1, hours: 'open', position: 1 }),
    words: WORDS,
    ...buildSecrets(() => STAGE_NOW),
    isLeaving: (text) => text === 'menu',
    isReply: () => false,
    statistics: { count: (name) => counted.push(name) },
    emergencyAnswer: () => [{ kind: 'text', text: 'appelez le 17' }],
    failureAnswer: () => [{ kind: 'text', text: 'souci' }],
    onFailure: (error) => failures.push(error),
    ...overrides,
  });

  async function conversation(): Promise<Conversation> {
    const found = await store.load(ID);
    if (!found) throw new Error('The conversation is there');
    return found;
  }

  const messages = (after = 0) => store.messagesAfter(ID, after, 1000);

  return {
    store,
    id: ID,
    failures,
    counted,
    heard,
    turns,
    handle: (inbound) => turns.handle(ID, inbound),
    messages,
    lines: async (after) => (await messages(after)).map(toLine),
    conversation,
    async meanwhile(change) {
      const { rev, lastSeq, status, desk, dialogState } = await conversation();
      const { emergencyAt: _, ...seen } = desk;
      const known = change.isSeen ? seen : desk;
      const standing = { status: change.status ?? status, desk: { ...known, ...change.desk } };
      await store.commit({
        id: ID,
        expectedRev: rev,
        ...standing,
        inboxList: inboxListOf(standing),
        dialogState: change.dialogState ?? dialogState,
        messages: (change.messages ?? []).map((message, index) => ({
          ...message,
          seq: lastSeq + 1 + index,
          externalId: `out:${lastSeq + 1 + index}`,
          at: STAGE_NOW,
        })),
        at: STAGE_NOW,
      });
    },
  };
}

function toLine({ author, content }: Message): string {
  if (content.kind === 'erased') return 'effacé';
  if (content.kind === 'handoff') return content.event === 'initiate' ? 'initiate' : content.state;
  const edits = content.edits === undefined ? '' : ` (corrige ${content.edits})`;
  return `${author} ${content.text}${edits}`;
}
