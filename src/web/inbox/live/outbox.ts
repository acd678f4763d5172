import type { Timers } from '../../shared/timers.js';
import type { Drafts } from './drafts.js';
import { readFailure } from './failure.js';
import {
  decide,
  draftOf,
  type Input,
  NOTHING_WRITTEN,
  nextWake,
  type Outgoing,
  type SendingState,
  type Writing,
} from './sending.js';
import type { ReplyRequest, ReplyResult } from './wire.js';

type Each<Kind> = Kind extends unknown ? Omit<Kind, 'conversationId'> : never;
/** What happens to a writing, without where. */
export type WritingInput = Each<Input>;

/** Carries out what `sending.ts` decides: posts, wakes up in time, and keeps the drafts. */
export interface Outbox {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => SendingState;
  dispatch(conversationId: string, input: WritingInput): void;
  /** To every conversation that something is written in. */
  dispatchAll(input: WritingInput): void;
}

export interface OutboxDependencies {
  readonly reply: (conversationId: string, request: ReplyRequest, isLeaving: boolean) => Promise<ReplyResult>;
  readonly drafts: Drafts;
  readonly timers: Timers;
  readonly random: () => number;
  /** The server has stored it. */
  readonly onReply: (conversationId: string, result: ReplyResult) => void;
}

export function createOutbox(deps: OutboxDependencies): Outbox {
  const { timers, drafts } = deps;
  const listeners = new Set<() => void>();
  let state: SendingState = {};
  let alarm = new AbortController();

  function dispatch(conversationId: string, input: WritingInput): void {
    const before = state[conversationId] ?? NOTHING_WRITTEN;
    const { writing, post } = decide(before, { ...input, conversationId } as Input, timers.now());
    keep(conversationId, before, writing, input);
    for (const item of post) void deliver(conversationId, item, input.kind === 'leave');
    setAlarm();
  }

  function keep(id: string, before: Writing, writing: Writing, input: WritingInput): void {
    if (writing === before) return;
    state = { ...state, [id]: writing };
    drafts.set(id, draftOf(writing));
    // During its five seconds a reply is a draft on the server.
    if (input.kind === 'send') drafts.flush();
    for (const listener of listeners) listener();
  }

  async function deliver(conversationId: string, item: Outgoing, isLeaving: boolean): Promise<void> {
    const { clientId, text, seenSeq } = item;
    try {
      const result = await deps.reply(conversationId, { clientId, text, seenSeq }, isLeaving);
      deps.onReply(conversationId, result);
      dispatch(conversationId, { kind: 'acknowledged', clientId });
    } catch (error) {
      dispatch(conversationId, { kind: 'refused', clientId, failure: readFailure(error), random: deps.random() });
    }
  }

  function setAlarm(): void {
    alarm.abort();
    const at = nextWake(state);
    if (at === undefined) return;
    const set = new AbortController();
    alarm = set;
    void timers.wait(Math.max(0, at - timers.now()), set.signal).then(() => {
      if (!set.signal.aborted) dispatchAll({ kind: 'tick' });
    });
  }

  function dispatchAll(input: WritingInput): void {
    for (const id of Object.keys(state)) dispatch(id, input);
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    dispatch,
    dispatchAll,
  };
}
