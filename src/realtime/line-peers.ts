import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Peers, PeersState, PeerTopic } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import { faultOf } from '../http/error-handler.js';
import type { Line, LineEvents } from './line.js';
import { type LineMessage, readLineMessage } from './line-message.js';
import { createPulse } from './line-pulse.js';
import { createQuestions } from './line-questions.js';
import { createLineSeal } from './line-seal.js';
import { createLineReport } from './line-words.js';

const NAME_BYTES = 16;
/** What is longer is not told: Redis and every process would have to hold it. */
const LARGEST_BYTES = 256 * 1024;
/** For so many beats after its last word a process counts as within hearing. */
const HEARD_FOR_BEATS = 8;

export interface LinePeersDependencies<OwnLine extends Line> {
  /** 32 bytes, the same in all processes of the installation. */
  readonly key: Uint8Array;
  readonly timers: Timers;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly open: (events: LineEvents) => OwnLine;
}

export interface LinePeers<OwnLine extends Line> extends Peers {
  readonly line: OwnLine;
  /** Whether what goes over the line comes back. The state may be `apart` all the same, for another's sake. */
  isAlive(): boolean;
  /** It did not answer in time: it is not used until it does. */
  suspect(fault: unknown): void;
  /** Whether that process said something within the last seconds. */
  isHeard(id: string): boolean;
  /** Told that living processes are out of hearing, or none is any more. */
  setOutOfHearing(areSome: boolean): void;
  /** Takes leave of the others and ends the line. */
  close(): void;
}

type Listener = (content: unknown, from: string) => void;

export function createLinePeers<OwnLine extends Line>({
  key,
  timers,
  log,
  open,
}: LinePeersDependencies<OwnLine>): LinePeers<OwnLine> {
  const self = randomBytes(NAME_BYTES).toString('base64url');
  const sealing = createLineSeal(key, self);
  const report = createLineReport(log, timers);
  const watchers = new Set<(state: PeersState) => void>();
  const listeners = new Map<PeerTopic, Set<Listener>>();
  const heardAt = new Map<string, number>();
  let areSomeOutOfHearing = false;
  let state: PeersState = 'apart';

  function guarded(task: () => void): void {
    try {
      task();
    } catch (error) {
      log.error(faultOf(error), 'What another process said could not be taken in');
    }
  }

  async function send(message: LineMessage): Promise<number | undefined> {
    const bytes = sealing.seal(JSON.stringify(message));
    if (bytes.length > LARGEST_BYTES) {
      log.error({ kind: message.kind }, 'Too long to be told to other processes');
      return undefined;
    }
    return line.send(bytes);
  }

  function look(): void {
    const next: PeersState = pulse.isAlive() && !areSomeOutOfHearing ? 'together' : 'apart';
    report.stands(pulse.isAlive() && areSomeOutOfHearing ? 'out-of-hearing' : next);
    if (next === state) return;
    state = next;
    for (const watcher of [...watchers]) guarded(() => watcher(next));
  }

  function receive(bytes: Buffer): void {
    if (bytes.length > LARGEST_BYTES) return;
    const opened = sealing.open(bytes);
    const message = opened && readLineMessage(opened.text);
    if (!message) return;
    if (opened.from === self) {
      if (message.kind === 'beat') pulse.heard();
      return;
    }
    if (message.kind === 'leave') heardAt.delete(opened.from);
    else heardAt.set(opened.from, pulse.beats());
    take(message, opened.from);
  }

  function take(message: LineMessage, from: string): void {
    if (message.kind === 'tell') {
      for (const listener of [...(listeners.get(message.topic) ?? [])]) guarded(() => listener(message.content, from));
    } else if (message.kind === 'ask') guarded(() => questions.take(message, from));
    else if (message.kind === 'answer' && message.to === self) questions.settle(message);
  }

  function beat(): void {
    for (const [id, at] of heardAt) if (pulse.beats() - at > HEARD_FOR_BEATS) heardAt.delete(id);
    void send({ kind: 'beat' });
  }

  const pulse = createPulse({ timers, beat, renew: () => line.renew(), onChange: look });
  const line = open({
    onBytes: receive,
    onOpen: () => pulse.opened(),
    onClosed: () => pulse.suspect(),
    onFault: report.failed,
  });
  const questions = createQuestions({ timers, send, areOthersHeard: () => heardAt.size > 0 });
  report.stands('apart');

  return {
    self,
    line,
    state: () => state,
    isAlive: pulse.isAlive,
    isHeard: (id) => heardAt.has(id),
    suspect(fault) {
      report.failed(fault);
      pulse.suspect();
    },
    setOutOfHearing(areSome) {
      if (areSome === areSomeOutOfHearing) return;
      areSomeOutOfHearing = areSome;
      look();
    },
    watch(listener) {
      const own = (next: PeersState): void => listener(next);
      watchers.add(own);
      return () => watchers.delete(own);
    },
    tell: (topic, content) => void send({ kind: 'tell', topic, content }),
    listen(topic, listener) {
      const own: Listener = (content, from) => listener(content, from);
      listeners.set(topic, (listeners.get(topic) ?? new Set()).add(own));
      return () => listeners.get(topic)?.delete(own);
    },
    ask: (topic, question, limitMs) =>
      line.isOpen() ? questions.ask(topic, question, limitMs) : Promise.resolve(undefined),
    answer: questions.answer,
    close() {
      void send({ kind: 'leave' });
      pulse.stop();
      report.stop();
      line.close();
    },
  };
}
