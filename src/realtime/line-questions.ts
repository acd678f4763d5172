import type { JsonObject } from '../domain/json.js';
import type { Peers, PeerTopic } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import type { Answer, LineMessage, Question } from './line-message.js';

/** Past so many, what is asked has no answer: the line is too slow for them. */
const MOST_OPEN = 1_000;

export interface QuestionsDependencies {
  readonly timers: Timers;
  /** Resolves with how many hear it, the asker among them; undefined: it may not have left. */
  readonly send: (message: LineMessage) => Promise<number | undefined>;
  readonly areOthersHeard: () => boolean;
}

export interface Questions extends Pick<Peers, 'ask' | 'answer'> {
  /** Another process asks. */
  take(question: Question, from: string): void;
  /** Another process answers. */
  settle(answer: Answer): void;
}

type Answerer = Parameters<Peers['answer']>[1];

export function createQuestions({ timers, send, areOthersHeard }: QuestionsDependencies): Questions {
  const open = new Map<number, (content: unknown) => void>();
  const answerers = new Map<PeerTopic, Answerer>();
  let lastId = 0;

  function ask(topic: PeerTopic, content: JsonObject, limitMs: number): Promise<unknown> {
    if (open.size >= MOST_OPEN) return Promise.resolve(undefined);
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const cancel = timers.set(() => settle(undefined), limitMs);
      const settle = (answer: unknown): void => {
        cancel();
        open.delete(id);
        resolve(answer);
      };
      open.set(id, settle);
      void send({ kind: 'ask', id, topic, content }).then((listening) => {
        const isAlone = listening !== undefined && listening <= 1 && !areOthersHeard();
        if (listening === undefined || isAlone) settle(undefined);
      });
    });
  }

  return {
    ask,
    answer(topic, answerer) {
      answerers.set(topic, answerer);
      return () => {
        if (answerers.get(topic) === answerer) answerers.delete(topic);
      };
    },
    take({ id, topic, content }, from) {
      const answer = answerers.get(topic)?.(content);
      if (answer !== undefined) void send({ kind: 'answer', id, to: from, content: answer });
    },
    settle: ({ id, content }) => open.get(id)?.(content),
  };
}
