import type { Clock } from '../domain/clock.js';
import type { Peers } from '../domain/peers.js';

/**
 * Whether a resident's page is open in another process. A process asks about the conversations that its delegates look at, and
 * those asked tell it of changes for a while; about all others nothing is said. Apart from the others, nothing is known.
 */
export interface PagesElsewhere {
  /** As known now. What is not known, or not any more, is asked for, and told by `onNews` when it makes a difference. */
  isConnected(conversationId: string): boolean;
  /** Pages of this process came or went. */
  moved(conversationId: string): void;
  forget(conversationId: string): void;
}

export interface PagesElsewhereDependencies {
  readonly peers: Pick<Peers, 'state' | 'watch' | 'tell' | 'listen' | 'ask' | 'answer'>;
  readonly clock: Clock;
  /** What this process knows. */
  readonly here: { isConnected(conversationId: string): boolean; deliveredSeq(conversationId: string): number };
  /** Another process has, or has no longer, a page, which has everything up to `deliveredSeq` (0: not known). */
  readonly onNews: (conversationId: string, deliveredSeq: number) => void;
}

const ANSWER_MS = 300;
/** Asked for again when it is used and so old; open pages use what they show every 20 s. */
const FRESH_MS = 15_000;
/** What could not be asked for again is not believed for longer. */
const BELIEVED_MS = 30_000;
/** Whoever has asked is told of changes for so long. */
const CURIOUS_MS = 40_000;
/** Conversations that delegates look at, at the same time. */
const MOST_KNOWN = 1_000;

interface Known {
  readonly isConnected: boolean;
  readonly at: number;
}

const UNKNOWN: Known = { isConnected: false, at: Number.NEGATIVE_INFINITY };

interface Answer {
  readonly isConnected: boolean;
  readonly seq: number;
}

export function createPagesElsewhere({ peers, clock, here, onNews }: PagesElsewhereDependencies): PagesElsewhere {
  const known = createRecent<Known>();
  const curious = createRecent<number>();
  /** True: to be asked once more. */
  const asking = new Map<string, boolean>();

  const ageOf = (at: number): number => Math.abs(clock().getTime() - at);

  function learn(id: string, isConnected: boolean, seq: number): void {
    const was = known.get(id)?.isConnected ?? false;
    known.set(id, { isConnected, at: clock().getTime() });
    if (was !== isConnected || seq > here.deliveredSeq(id)) onNews(id, seq);
  }

  async function ask(id: string): Promise<void> {
    if (asking.has(id)) return;
    asking.set(id, false);
    const before = known.get(id) ?? UNKNOWN;
    // What is told from now on is meant for this process.
    known.set(id, before);
    const answer = answerIn(await peers.ask('residents', { id }, ANSWER_MS));
    const isToAskAgain = asking.get(id) === true;
    asking.delete(id);
    if (isToAskAgain) return ask(id);
    // Silence says less than what was told meanwhile.
    if (answer || known.get(id) === before) learn(id, answer?.isConnected ?? false, answer?.seq ?? 0);
  }

  function hear(content: unknown): void {
    const id = idIn(content);
    if (id === undefined || !known.get(id)) return;
    const told = answerIn(content);
    if (told?.isConnected) learn(id, true, told.seq);
    // Another process may have a page of it still.
    else if (asking.has(id)) asking.set(id, true);
    else void ask(id);
  }

  peers.listen('residents', hear);
  peers.answer('residents', (question) => {
    const id = idIn(question);
    if (id === undefined) return undefined;
    curious.set(id, clock().getTime());
    return here.isConnected(id) ? { isConnected: true, seq: here.deliveredSeq(id) } : undefined;
  });
  peers.watch(() => {
    for (const id of known.ids()) {
      known.set(id, UNKNOWN);
      onNews(id, 0);
    }
  });

  return {
    isConnected(id) {
      if (peers.state() !== 'together') return false;
      const { isConnected, at } = known.get(id) ?? UNKNOWN;
      if (ageOf(at) >= FRESH_MS) void ask(id);
      return isConnected && ageOf(at) < BELIEVED_MS;
    },
    moved(id) {
      const askedAt = curious.get(id);
      if (askedAt === undefined || ageOf(askedAt) >= CURIOUS_MS) return;
      peers.tell('residents', { id, isConnected: here.isConnected(id), seq: here.deliveredSeq(id) });
    },
    forget(id) {
      known.remove(id);
      curious.remove(id);
    },
  };
}

/** Beyond its bound, the one set longest ago is forgotten. */
function createRecent<Value>() {
  const values = new Map<string, Value>();
  return {
    get: (id: string): Value | undefined => values.get(id),
    ids: (): readonly string[] => [...values.keys()],
    remove: (id: string): void => void values.delete(id),
    set(id: string, value: Value): void {
      values.delete(id);
      values.set(id, value);
      const oldest = values.keys().next();
      if (values.size > MOST_KNOWN && !oldest.done) values.delete(oldest.value);
    },
  };
}

function idIn(content: unknown): string | undefined {
  if (typeof content !== 'object' || content === null || !('id' in content)) return undefined;
  return typeof content.id === 'string' ? content.id : undefined;
}

function answerIn(content: unknown): Answer | undefined {
  if (typeof content !== 'object' || content === null || !('isConnected' in content && 'seq' in content))
    return undefined;
  const { isConnected, seq } = content;
  if (typeof isConnected !== 'boolean' || typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0)
    return undefined;
  return { isConnected, seq };
}
