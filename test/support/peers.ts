import type { JsonObject } from '../../src/domain/json.js';
import type { Peers, PeersState, PeerTopic } from '../../src/domain/peers.js';
import { realTimers, type Timers } from '../../src/domain/timers.js';

/** Something that passed between two processes. */
export interface Passing {
  readonly from: string;
  /** Absent: to all others. */
  readonly to?: string;
  readonly kind: 'tell' | 'ask' | 'answer';
  readonly topic: PeerTopic;
  readonly content: unknown;
}

export interface JoinedPeers extends Peers {
  /** This process hears nobody and is heard by nobody: its state is `apart`. */
  cut(): void;
  heal(): void;
  /** Its process is gone, without a word. */
  leave(): void;
}

/** A line that joins any number of processes within a test. What is told arrives after the call, in order, as a copy. */
export interface PeerLine {
  join(self?: string): JoinedPeers;
  /** The line itself is away, for everybody. */
  cut(): void;
  heal(): void;
  /** What is on its way stays on it until `release`. */
  delay(): void;
  release(): void;
  /** What passes and is to get lost; undefined: nothing is. */
  lose(isLost: ((passing: Passing) => boolean) | undefined): void;
  /** Another program on the same line says something. */
  forge(topic: PeerTopic, content: unknown, from?: string): void;
  /** All that was said since the start, lost or not. */
  readonly passed: readonly Passing[];
  /** Resolves when nothing is on its way any more. What is delayed stays so. */
  idle(): Promise<void>;
}

interface Member extends Ears {
  readonly self: string;
  isCut: boolean;
  state: PeersState;
}

/** @param timers of the limit of `ask`. */
export function createPeerLine(timers: Timers = realTimers): PeerLine {
  const members = new Map<string, Member>();
  const passed: Passing[] = [];
  let queue: (() => void)[] = [];
  let isCut = false;
  let isDelayed = false;
  let running: Promise<void> | undefined;
  let isLost: ((passing: Passing) => boolean) | undefined;

  async function run(): Promise<void> {
    // As over a socket: nobody hears anything within the call that says it.
    await Promise.resolve();
    while (queue.length > 0 && !isDelayed) {
      queue.shift()?.();
      await Promise.resolve();
    }
    running = undefined;
  }

  const isJoined = (member: Member): boolean => !isCut && !member.isCut && members.get(member.self) === member;

  /** To those who are on the line when it arrives. */
  function pass(passing: Passing, deliver: (to: Member, content: unknown) => void): void {
    const copy: Passing = { ...passing, content: copyOf(passing.content) };
    passed.push(copy);
    if (isLost?.(copy)) return;
    queue.push(() => {
      for (const member of [...members.values()]) {
        const isMeant = passing.to === undefined ? member.self !== passing.from : member.self === passing.to;
        if (isMeant && isJoined(member)) deliver(member, copyOf(copy.content));
      }
    });
    running ??= run();
  }

  function setState(): void {
    for (const member of [...members.values()]) {
      const state = isJoined(member) ? 'together' : 'apart';
      if (state === member.state) continue;
      member.state = state;
      member.tellState(state);
    }
  }

  function ask(asker: Member, question: Omit<Passing, 'from' | 'kind'>, limitMs: number): Promise<unknown> {
    if (!isJoined(asker) || members.size < 2) return Promise.resolve(undefined);
    const { self } = asker;
    const { topic } = question;
    return new Promise((resolve) => {
      const cancel = timers.set(() => resolve(undefined), limitMs);
      pass({ from: self, kind: 'ask', ...question }, (member, asked) => {
        const content = member.reply(topic, asked);
        if (content === undefined) return;
        pass({ from: member.self, to: self, kind: 'answer', topic, content }, (_to, answer) => {
          cancel();
          resolve(answer);
        });
      });
    });
  }

  function tell(from: string, topic: PeerTopic, content: unknown): void {
    pass({ from, kind: 'tell', topic, content }, (member, told) => member.hear(topic, told, from));
  }

  return {
    join(self = `process-${members.size + 1}`) {
      const { peers, ...ears } = createEars();
      const member: Member = { ...ears, self, isCut: false, state: isCut ? 'apart' : 'together' };
      members.set(self, member);
      return {
        ...peers,
        self,
        state: () => member.state,
        tell(topic, content) {
          if (isJoined(member)) tell(self, topic, content);
        },
        ask: (topic, content, limitMs) => ask(member, { topic, content }, limitMs),
        cut() {
          member.isCut = true;
          setState();
        },
        heal() {
          member.isCut = false;
          setState();
        },
        leave: () => void members.delete(self),
      };
    },
    cut() {
      isCut = true;
      queue = [];
      setState();
    },
    heal() {
      isCut = false;
      setState();
    },
    delay() {
      isDelayed = true;
    },
    release() {
      isDelayed = false;
      if (queue.length > 0) running ??= run();
    },
    lose(next) {
      isLost = next;
    },
    forge: (topic, content, from = 'a-stranger') => tell(from, topic, content),
    passed,
    async idle() {
      while (running) await running;
    },
  };
}

/** What one process listens to. */
interface Ears {
  hear(topic: PeerTopic, content: unknown, from: string): void;
  reply(topic: PeerTopic, question: unknown): JsonObject | undefined;
  tellState(state: PeersState): void;
}

function createEars(): Ears & { readonly peers: Pick<Peers, 'watch' | 'listen' | 'answer'> } {
  type Listener = (content: unknown, from: string) => void;
  const watchers = new Set<(state: PeersState) => void>();
  const listeners = new Map<PeerTopic, Set<Listener>>();
  const answerers = new Map<PeerTopic, (question: unknown) => JsonObject | undefined>();
  return {
    hear(topic, content, from) {
      for (const listener of [...(listeners.get(topic) ?? [])]) listener(content, from);
    },
    reply: (topic, question) => answerers.get(topic)?.(question),
    tellState(state) {
      for (const watcher of [...watchers]) watcher(state);
    },
    peers: {
      watch(listener) {
        const own = (state: PeersState): void => listener(state);
        watchers.add(own);
        return () => void watchers.delete(own);
      },
      listen(topic, listener) {
        const own: Listener = (content, from) => listener(content, from);
        listeners.set(topic, (listeners.get(topic) ?? new Set<Listener>()).add(own));
        return () => void listeners.get(topic)?.delete(own);
      },
      answer(topic, answerer) {
        answerers.set(topic, answerer);
        return () => void answerers.delete(topic);
      },
    },
  };
}

/** As it comes out of JSON. */
function copyOf(content: unknown): unknown {
  return content === undefined ? undefined : JSON.parse(JSON.stringify(content));
}
