import type { ChannelName } from '../domain/conversation.js';
import { isDomainError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Peers } from '../domain/peers.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Ask, AskShelf, StoredAsk } from './deliveries.js';
import type { SendingOutbox } from './outbox.js';
import type { News } from './outbox-news.js';

/** What the one who asks knows of a conversation, and the one who sends may not. */
export interface AskNotes {
  /** Undefined when there is nothing to be told. */
  take(conversationId: string): JsonObject | undefined;
  /** They are stored: the one who sends will know. */
  taken(conversationId: string, notes: JsonObject): void;
  /** Those of two asks as one. */
  join(earlier: JsonObject, later: JsonObject): JsonObject;
  /** To the one who sends; it may be told twice. */
  give(conversationId: string, notes: JsonObject): void;
}

export interface AskDependencies {
  readonly channel: ChannelName;
  readonly asks: AskShelf;
  readonly peers: Pick<Peers, 'tell'>;
  readonly notes?: AskNotes | undefined;
  readonly clock: () => Date;
  readonly log: ChannelLog;
}

/** Of what is told to others under `change`. */
export const ASKS = 'asks';

const PAGE = 200;
const MOST_TRIES = 8;

/**
 * Stores that the process which sends is to see to a conversation, and tells it so.
 * @returns whether it is stored. Never rejects.
 */
export async function ask(deps: AskDependencies, conversationId: string, news?: News): Promise<boolean> {
  const { channel, notes, peers, log } = deps;
  const told = notes?.take(conversationId);
  try {
    await store(deps, {
      conversationId,
      channel,
      at: deps.clock().getTime(),
      ...(news !== undefined && { news }),
      ...(told && { notes: told }),
    });
  } catch (error) {
    log.warn(faultOf(error), 'The process that sends could not be asked to');
    return false;
  }
  if (told) notes?.taken(conversationId, told);
  peers.tell('change', { of: ASKS, channel });
  return true;
}

/** Most often none stands there: asks are removed as they are seen to. */
async function store({ asks, notes }: AskDependencies, added: Ask): Promise<void> {
  let standing: StoredAsk | undefined;
  for (let tries = 1; ; tries++) {
    try {
      await asks.save(standing ? joined(standing, added, notes) : added, standing?.rev);
      return;
    } catch (error) {
      if (tries === MOST_TRIES || !isDomainError(error, 'revision-conflict')) throw error;
      standing = await asks.load(added.conversationId);
    }
  }
}

/** The older one keeps its place; the news that came last counts. */
function joined({ rev: _, ...earlier }: StoredAsk, later: Ask, notes: AskNotes | undefined): Ask {
  const both = earlier.notes && later.notes && notes?.join(earlier.notes, later.notes);
  return { ...earlier, ...later, at: earlier.at, ...(both && { notes: both }) };
}

/** Sees to all that is asked. */
export interface AskDesk {
  /** Begins with all that is asked; looks once more where a look is under way. Resolves true if anything was. Never rejects. */
  look(): Promise<boolean>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

export function createAskDesk(deps: AskDependencies, outbox: SendingOutbox): AskDesk {
  const { asks, channel, notes, log } = deps;
  /** By conversation, and rev of what was asked. */
  const underWay = new Map<string, Promise<void>>();
  let looking: Promise<boolean> | undefined;
  let isToLook = false;

  async function all(): Promise<readonly StoredAsk[]> {
    const found = new Map<string, StoredAsk>();
    for (let after: number | undefined; ; ) {
      const known = found.size;
      const page = await asks.listOf(channel, PAGE, after);
      for (const one of page) found.set(one.conversationId, one);
      const last = page.at(-1)?.at;
      if (last === undefined || page.length < PAGE || found.size === known) return [...found.values()];
      // Others may be of the same millisecond: it is read again.
      after = last - 1;
    }
  }

  /** What is asked anew meanwhile stands at another rev, and stays. */
  async function fulfil({ conversationId: id, rev, news, notes: told }: StoredAsk): Promise<void> {
    if (told) notes?.give(id, told);
    const isDone = isNews(news) ? await outbox.learn(id, news) : await outbox.undertake(id);
    if (isDone) await asks.remove(id, rev);
  }

  function begin(one: StoredAsk): void {
    const key = `${one.conversationId} ${one.rev}`;
    if (underWay.has(key)) return;
    const run = fulfil(one)
      .catch((error: unknown) => log.warn(faultOf(error), 'What was asked waits for storage'))
      .finally(() => underWay.delete(key));
    underWay.set(key, run);
  }

  async function lookOn(): Promise<boolean> {
    let isAnything = false;
    while (isToLook) {
      isToLook = false;
      try {
        const found = await all();
        isAnything = found.length > 0;
        for (const one of found) begin(one);
      } catch (error) {
        isAnything = true;
        log.warn(faultOf(error), 'What is asked could not be read');
      }
    }
    looking = undefined;
    return isAnything;
  }

  return {
    look() {
      isToLook = true;
      looking ??= lookOn();
      return looking;
    },
    async idle() {
      while (looking || underWay.size > 0) await Promise.all([looking, ...underWay.values()]);
    },
  };
}

/** Another version may have asked for something else: then it is looked after what is due. */
function isNews(news: string | undefined): news is News {
  return news === 'blocked' || news === 'reachable';
}
