import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SendFailure } from '../../src/channels/delivery-failures.js';
import type { AskNotes } from '../../src/channels/outbox-asks.js';
import type { Sender } from '../../src/channels/outbox-sender.js';
import { createSharedOutbox, type SharedOutbox } from '../../src/channels/outbox-shared.js';
import type { Conversation } from '../../src/domain/conversation.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Duty, Lease, Leases } from '../../src/domain/leases.js';
import { listAllChangedSince } from '../../src/realtime/list-changed-since.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { buildConversation, buildMessage } from './build-conversation.js';
import { createLogSpy, createManualClock, type ManualClock } from './directline-server.js';
import { createManualTimers, type ManualTimers } from './directline-timers.js';
import { createPeerLine, type JoinedPeers, type PeerLine } from './peers.js';
import { openMemoryStorage } from './storage-in-memory.js';

/** One of several processes that share an outbox. */
export interface OutboxProcess {
  readonly name: string;
  readonly outbox: SharedOutbox;
  readonly peers: JoinedPeers;
  /** Takes the right to send, whoever else believes to have it. */
  take(): void;
  /** Learns that it has it no more. */
  lose(): Promise<void>;
  /** From now on it is stopped in the middle of each send, as by SIGSTOP, until `wake`. */
  stopAtSend(): void;
  /** Goes on with its send; `outcome`: which fails so. */
  wake(outcome?: SendFailure): void;
  /** Resolves when a send of it has begun, and stands still. */
  stopped(): Promise<void>;
  /** Storage does not answer it. */
  breakStorage(): void;
  mendStorage(): void;
}

export interface OutboxStage {
  readonly line: PeerLine;
  readonly storage: Storage;
  readonly clock: ManualClock;
  readonly timers: ManualTimers;
  /** What was sent: by whom, and `seq`. */
  readonly sent: { readonly by: string; readonly seq: number }[];
  /** What senders were told with asks. */
  readonly given: { readonly by: string; readonly notes: unknown }[];
  join(name: string): OutboxProcess;
  /** Stores a message of the bot. Tells nobody. */
  say(conversationId?: string): Promise<number>;
  open(id?: string): Promise<Conversation>;
  /** Until nothing moves any more. */
  settle(): Promise<void>;
  seqs(): readonly number[];
  close(): Promise<void>;
}

const TURNS = 60;

export async function openOutboxStage(sender: Partial<Sender> = {}, notes?: Partial<AskNotes>): Promise<OutboxStage> {
  const storage = await openMemoryStorage();
  const clock = createManualClock();
  const timers = createManualTimers(clock);
  const line = createPeerLine(timers);
  const sent: OutboxStage['sent'] = [];
  const given: OutboxStage['given'] = [];
  const processes: OutboxProcess[] = [];

  function join(name: string): OutboxProcess {
    const peers = line.join(name);
    const { leases, take, lose } = createForcedLeases();
    let isBroken = false;
    let gate: PromiseWithResolvers<SendFailure | undefined> | undefined;
    let entered = Promise.withResolvers<void>();
    const outbox = createSharedOutbox({
      name: 'telegram-outbox',
      channel: 'telegram',
      conversations: {
        find: (id) => storage.conversations.load(id),
        messagesAfter: (...given) => storage.conversations.messagesAfter(...given),
        signal: () => undefined,
      },
      deliveries: breaking(storage.deliveries, () => isBroken),
      asks: breaking(storage.asks, () => isBroken),
      changes: createInProcessWakeUps(() => undefined),
      changedSince: (since) => listAllChangedSince(storage.conversations, since),
      sender: {
        resends: 'never',
        takes: () => true,
        async send(dues) {
          if (gate) {
            entered.resolve();
            const failure = await gate.promise;
            if (failure) throw failure;
          }
          sent.push(...dues.map(({ message }) => ({ by: name, seq: message.seq })));
          return { notes: { by: name } };
        },
        ...sender,
      },
      notes: {
        take: () => ({ from: name }),
        taken: () => undefined,
        join: (earlier, later) => ({ ...earlier, ...later }),
        give: (_, told) => void given.push({ by: name, notes: told }),
        ...notes,
      },
      leases,
      peers,
      clock: clock.now,
      log: createLogSpy(),
      timers,
      random: () => 0,
    });
    const process: OutboxProcess = {
      name,
      outbox,
      peers,
      take,
      lose,
      stopAtSend() {
        gate = Promise.withResolvers();
        entered = Promise.withResolvers();
      },
      wake(failure) {
        gate?.resolve(failure);
        gate = undefined;
      },
      stopped: () => entered.promise,
      breakStorage() {
        isBroken = true;
      },
      mendStorage() {
        isBroken = false;
      },
    };
    processes.push(process);
    return process;
  }

  async function say(conversationId = 'c1'): Promise<number> {
    const conversation = await storage.conversations.load(conversationId);
    if (!conversation) throw new Error('It is to be opened first');
    const { rev: expectedRev, lastSeq, status, desk, inboxList, dialogState } = conversation;
    const seq = lastSeq + 1;
    const messages = [buildMessage({ seq, externalId: `out:${seq}`, author: 'bot', at: clock.now() })];
    const id = conversationId;
    await storage.conversations.commit({
      id,
      expectedRev,
      status,
      desk,
      inboxList,
      dialogState,
      messages,
      at: clock.now(),
    });
    return seq;
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) {
      timers.advance(0.1);
      await nextTurn();
    }
  }

  return {
    line,
    storage,
    clock,
    timers,
    sent,
    given,
    join,
    say,
    async open(id = 'c1') {
      const address = { key: id, details: { chatId: 1 } };
      const conversation = buildConversation({
        id,
        channel: 'telegram',
        lastSeq: 0,
        address,
        createdAt: clock.now(),
        lastMessageAt: clock.now(),
      });
      await storage.conversations.create(conversation, []);
      return conversation;
    },
    settle,
    seqs: () => sent.map(({ seq }) => seq),
    async close() {
      for (const process of processes) process.wake();
      await Promise.all(processes.map(({ outbox }) => outbox.close()));
      await storage.close();
    },
  };
}

/** What one process believes to hold: what it is told, as where it was stopped while another one took over. */
export interface ForcedLeases {
  readonly leases: Pick<Leases, 'hold'>;
  take(): void;
  lose(): Promise<void>;
}

export function createForcedLeases(): ForcedLeases {
  let duty: Duty | undefined;
  let over: AbortController | undefined;
  let token = 0;

  async function lose(): Promise<void> {
    if (!over) return;
    over.abort();
    over = undefined;
    await duty?.end();
  }

  return {
    leases: {
      hold(_name, given) {
        duty = given;
        return { isHeld: () => over !== undefined, release: lose };
      },
    },
    take() {
      const own = new AbortController();
      over = own;
      const lease: Lease = { token: ++token, isHeld: () => !own.signal.aborted, over: own.signal };
      duty?.begin(lease);
    },
    lose,
  };
}

function breaking<Store extends object>(store: Store, isBroken: () => boolean): Store {
  return new Proxy(store, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return async (...given: readonly unknown[]) => {
        if (isBroken()) throw new DomainError('storage-unavailable', 'away');
        return Reflect.apply(member, target, given);
      };
    },
  });
}
