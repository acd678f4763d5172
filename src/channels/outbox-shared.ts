import { isDomainError } from '../domain/errors.js';
import type { Lease, LeaseName, Leases } from '../domain/leases.js';
import type { Peers } from '../domain/peers.js';
import { realTimers } from '../domain/timers.js';
import { createNoPeers } from '../realtime/no-peers.js';
import { createSoleLeases } from '../realtime/sole-leases.js';
import type { AskShelf, DeliveryShelf } from './deliveries.js';
import { createOutbox, type Outbox, type OutboxDependencies, type SendingOutbox } from './outbox.js';
import { type AskDependencies, type AskNotes, ask, createAskDesk } from './outbox-asks.js';
import { createFence } from './outbox-fence.js';
import { createLeftovers, type Leftovers } from './outbox-leftovers.js';
import { type ChangedSince, type LookDependencies, startLooks } from './outbox-looks.js';
import { type Known, mergeLate } from './outbox-merge.js';
import type { News } from './outbox-news.js';
import { createOutcomes } from './outbox-outcomes.js';

export interface SharedOutboxDependencies extends Omit<OutboxDependencies, 'deliveries' | 'lease' | 'outcomes'> {
  readonly name: Extract<LeaseName, 'telegram-outbox' | 'botframework-outbox'>;
  readonly deliveries: DeliveryShelf;
  readonly asks: AskShelf;
  /** What goes with an ask. */
  readonly notes?: AskNotes;
  /** Absent: this is the only process. */
  readonly leases?: Pick<Leases, 'hold'> | undefined;
  readonly peers?: Pick<Peers, 'state' | 'tell' | 'listen' | 'watch'> | undefined;
  /** Conversations that were written in lately, and their revs; looked at now and then where there are other processes. */
  readonly changedSince?: ChangedSince | undefined;
}

export interface SharedOutbox extends Outbox {
  /** True in the process that sends. */
  isSender(): boolean;
}

/** The time during which this process sends. */
interface Term {
  readonly outbox: SendingOutbox;
  look(): void;
  close(): Promise<void>;
}

/**
 * The outbox of a channel in one of several processes. One of them at a time sends, by lease, and does so as if it were alone
 * (`createOutbox`). The others store what they are asked as an ask: that is a promise, since whoever sends now or next looks
 * for asks at the start, whenever it is told of one, and every few seconds. What one who sent knows of its last sends is put
 * together with what the next one has made of them.
 */
export function createSharedOutbox(deps: SharedOutboxDependencies): SharedOutbox {
  const { name, deliveries, leases = createSoleLeases(), timers = realTimers } = deps;
  const peers = deps.peers ?? createNoPeers('sole');
  const asking: AskDependencies = { ...deps, peers };

  async function merge(known: Known): Promise<void> {
    const isChanged = await mergeLate(deliveries, known, deps.sender.mergeNotes);
    if (isChanged) deps.conversations.signal(known.delivery.conversationId, { kind: 'desk' });
  }

  const leftovers = createLeftovers({ merge, timers, log: deps.log });
  const startTerm = createStartTerm({ deps, asking, looking: { ...deps, peers, timers }, leftovers, merge });
  let term: Term | undefined;
  let isClosed = false;

  const holding = leases.hold(name, {
    begin(lease) {
      term = startTerm(lease);
    },
    async end() {
      const ended = term;
      term = undefined;
      await ended?.close();
    },
  });

  async function askFor(id: string, news?: News): Promise<boolean> {
    // Whoever came for it comes again, to a process that stays.
    if (isClosed) return false;
    const isStored = await ask(asking, id, news);
    // Who sends is told over the line, but not by itself.
    if (isStored) term?.look();
    return isStored;
  }

  return {
    isSender: () => term !== undefined,
    async begin({ id, lastSeq }, isNew) {
      if (await deliveries.load(id)) return;
      await deliveries
        .save({ conversationId: id, deliveredSeq: isNew ? 0 : lastSeq })
        .catch((error: unknown) => passIfBegun(error));
    },
    async deliver(id) {
      const present = term;
      const outcome = await present?.outbox.deliver(id);
      if (outcome && (outcome === 'delivered' || term === present)) return outcome;
      return (await askFor(id)) ? 'asked' : 'due';
    },
    async undertake(id) {
      return (await term?.outbox.undertake(id)) === true || askFor(id);
    },
    async learn(id, news) {
      // What several processes learn counts in the order in which it is stored.
      if (!term || peers.state() !== 'sole') return askFor(id, news);
      await term.outbox.learn(id, news);
      return true;
    },
    async close() {
      isClosed = true;
      await holding.release();
      await leftovers.close();
    },
  };
}

interface TermParts {
  readonly deps: SharedOutboxDependencies;
  readonly asking: AskDependencies;
  readonly looking: LookDependencies;
  readonly leftovers: Leftovers;
  readonly merge: (known: Known) => Promise<void>;
}

function createStartTerm({ deps, asking, looking, leftovers, merge }: TermParts): (lease: Lease) => Term {
  return (lease) => {
    const fence = createFence(deps.deliveries);
    const outcomes = createOutcomes(fence, async (known) => {
      fence.forget(known.delivery.conversationId);
      await merge(known);
    });
    const outbox = createOutbox({ ...deps, deliveries: fence, outcomes, lease });
    const desk = createAskDesk(asking, outbox);
    const looks = startLooks(looking, desk, outbox);
    return {
      outbox,
      look: looks.look,
      async close() {
        looks.close();
        await outbox.close();
        await desk.idle();
        await leftovers.add(outcomes.left());
      },
    };
  };
}

/** Another process, or another message, was quicker. */
function passIfBegun(error: unknown): void {
  if (!isDomainError(error, 'revision-conflict')) throw error;
}
