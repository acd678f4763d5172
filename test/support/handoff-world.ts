import type { ConversationChange } from '../../src/domain/conversation.js';
import { createConversations } from '../../src/domain/conversations.js';
import type { Actor, Desk, Presence } from '../../src/domain/desk.js';
import { createDesk, type DeskUpkeep } from '../../src/domain/desk-service.js';
import { isDomainError } from '../../src/domain/errors.js';
import type { WakeUps } from '../../src/domain/wake-ups.js';
import type { TurnHandler } from '../../src/pipeline/turn.js';
import { createInProcessPresence } from '../../src/realtime/in-process-presence.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { WORDS } from './desk-words.js';
import { createScriptedTurns } from './handoff-bot.js';
import { createInterleaver, type Interleaver } from './handoff-interleaver.js';
import type { Crash } from './handoff-plan.js';
import type { HandoffRecord, Role } from './handoff-record.js';

/** What one of the processes in a play works with. */
export interface PlayedProcess {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
}

export interface HandoffModelOptions {
  readonly store: ConversationStore;
  /** Of the two servers, and of the desk and the sweeper; absent: all work with `store`, in one process. */
  readonly processes?: readonly [PlayedProcess, PlayedProcess, PlayedProcess];
  /** Of the conversation; unique in the store. */
  readonly id: string;
  /** Puts a fault in, to see that it is found. */
  readonly sabotage?: (store: ConversationStore, role: Role) => ConversationStore;
}

/** Two servers and a desk over one store, with everything that happens to it written down. */
export interface World {
  readonly id: string;
  readonly record: HandoffRecord;
  readonly interleaver: Interleaver;
  readonly presence: Presence;
  readonly servers: readonly [TurnHandler, TurnHandler];
  /** Of the desk and the sweeper. */
  readonly wakeUps: WakeUps;
  clock(): Date;
  advance(ms: number): void;
  /** As one process sees it. */
  storeOf(role: Role, nextCrash?: (change: ConversationChange) => Crash): ConversationStore;
  /** A desk whose process dies at its first commit if told so. */
  deskOf(role: Role, crash: Crash): Desk & DeskUpkeep;
  /** The turn of this message dies there when it is tried first. */
  crashAt(externalId: string, crash: Crash): void;
  open(): Promise<void>;
}

export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

export const DELEGATES: readonly Actor[] = ['jean', 'marie', 'paul'].map((delegateId) => ({
  delegateId,
  name: `Délégué ${delegateId}`,
}));

const START = Date.parse('2026-11-24T09:00:00Z');
const statistics = { count: () => undefined };
const words = WORDS;

export function createWorld(choices: readonly number[], options: HandoffModelOptions): World {
  const { store, id, sabotage = (sound) => sound } = options;
  let now = START;
  const clock = (): Date => new Date(now);
  const record: HandoffRecord = {
    opening: [],
    commits: [],
    sent: [],
    replies: [],
    holds: [],
    overtaken: [],
    troubles: [],
  };
  const report = (error: unknown): void => void record.troubles.push(String(error));
  const alone = { store, wakeUps: createInProcessWakeUps(report) };
  const { processes: [first, second, third] = [alone, alone, alone] } = options;
  const { wakeUps } = third;
  const interleaver = createInterleaver(choices);
  const crashes = new Map<string, Crash>();

  function storeOf(
    role: Role,
    nextCrash: (change: ConversationChange) => Crash = () => 'none',
    process = third,
  ): ConversationStore {
    const recording = recordingStore(process.store, id, record);
    const noting = notingConflicts(recording, () => record.overtaken.push(role));
    return interleaver.pausing(mortal(sabotage(noting, role), nextCrash));
  }

  function crashOfTurn({ messages: [message] }: ConversationChange): Crash {
    const externalId = message?.externalId ?? '';
    const crash = crashes.get(externalId) ?? 'none';
    crashes.delete(externalId);
    return crash;
  }

  const newServer = (process: PlayedProcess) =>
    createScriptedTurns({
      store: storeOf('turns', crashOfTurn, process),
      wakeUps: process.wakeUps,
      clock,
      statistics,
      words,
      pause: interleaver.pause,
    });

  return {
    id,
    record,
    interleaver,
    presence: createInProcessPresence(clock, report),
    servers: [newServer(first), newServer(second)],
    wakeUps,
    clock,
    advance: (ms) => {
      now += ms;
    },
    storeOf,
    deskOf: (role, crash) => createDesk({ store: storeOf(role, once(crash)), wakeUps, clock, words, statistics }),
    crashAt: (externalId, crash) => void crashes.set(externalId, crash),
    async open() {
      const welcome = () => [{ kind: 'text', text: 'bienvenue' } as const];
      const recording = recordingStore(first.store, id, record);
      await createConversations({ store: recording, wakeUps: first.wakeUps, clock, welcome }).open({
        id,
        channel: 'directline',
      });
    },
  };
}

/** Other plays may have left theirs in the same store: a sweep sees this conversation only. */
function recordingStore(store: ConversationStore, id: string, record: HandoffRecord): ConversationStore {
  return {
    ...store,
    async create(conversation, messages) {
      await store.create(conversation, messages);
      record.opening.push(...messages);
    },
    async commit(change) {
      await store.commit(change);
      record.commits.push(change);
    },
    listQueue: async (limit) => (await store.listQueue(limit)).filter((conversation) => conversation.id === id),
  };
}

function notingConflicts(store: ConversationStore, note: () => void): ConversationStore {
  return {
    ...store,
    commit: (change) =>
      store.commit(change).catch((error: unknown) => {
        if (isDomainError(error, 'revision-conflict')) note();
        throw error;
      }),
  };
}

function mortal(store: ConversationStore, nextCrash: (change: ConversationChange) => Crash): ConversationStore {
  return {
    ...store,
    async commit(change) {
      const crash = nextCrash(change);
      if (crash === 'before-commit') throw new ProcessDied();
      await store.commit(change);
      if (crash === 'after-commit') throw new ProcessDied();
    },
  };
}

function once(crash: Crash): () => Crash {
  let next = crash;
  return () => {
    const now = next;
    next = 'none';
    return now;
  };
}
