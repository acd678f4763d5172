import { AlteredError, DomainError } from '../../domain/errors.js';
import { faultOf } from '../../http/error-handler.js';
import type { ChannelLog } from '../channel.js';
import type { Receipt } from './receive.js';
import { chatOf, type Update } from './updates.js';

/** Takes updates in, however they come. */
export interface Intake {
  /**
   * Those of one chat in the order of their numbers, however they arrive; those of different chats side by side. One that
   * is under way is not begun again.
   * @throws when its effects are not stored: it must come again, and so must those of its chat that came after it.
   */
  take(update: Update): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface IntakeDependencies {
  /** @throws when nothing of it is stored. */
  readonly receive: (update: Update) => Promise<Receipt>;
  /** Something that will never be stored was let go of: its writer is told so. */
  readonly onGivenUp: (chatId: number) => Promise<unknown>;
  readonly log: ChannelLog;
}

interface Entry {
  readonly update: Update;
  readonly outcome: PromiseWithResolvers<void>;
}

interface Lane {
  readonly waiting: Entry[];
  isRunning: boolean;
}

/** A fault of the program, or a record that was altered, would keep all others waiting for ever. */
const MOST_TRIES = 3;
/** Where several processes fetch, another one may have taken in what failed here: nothing more is heard of it. */
const MOST_COUNTED = 1_000;

export function createIntake({ receive, onGivenUp, log }: IntakeDependencies): Intake {
  const lanes = new Map<number, Lane>();
  /** By number of the update. */
  const underWay = new Map<number, Promise<void>>();
  const tries = new Map<number, number>();

  async function run(chatId: number, lane: Lane): Promise<void> {
    lane.isRunning = true;
    for (let entry = lane.waiting.shift(); entry; entry = lane.waiting.shift()) await handle(chatId, lane, entry);
    lanes.delete(chatId);
  }

  async function handle(chatId: number, lane: Lane, { update, outcome }: Entry): Promise<void> {
    try {
      const { isKept } = await receive(update);
      tries.delete(update.update_id);
      // The next one of the chat may begin meanwhile: what is to be said to it has an order of its own.
      isKept.then((isSure) => (isSure ? outcome.resolve() : outcome.reject(notKept())), outcome.reject);
    } catch (error) {
      if (isGivenUp(update, error)) {
        // The next one of the chat does not wait until its writer is told.
        void onGivenUp(chatId)
          .catch((fault) => log.error(faultOf(fault), 'Nobody could be told of an update given up'))
          .then(() => outcome.resolve());
        return;
      }
      outcome.reject(error);
      for (const later of lane.waiting.splice(0)) later.outcome.reject(error);
    }
  }

  function isGivenUp({ update_id }: Update, error: unknown): boolean {
    if (mayPass(error)) return false;
    const count = (tries.get(update_id) ?? 0) + 1;
    countTry(update_id, count);
    log.error({ ...faultOf(error), tries: count }, 'An update could not be taken in');
    if (count < MOST_TRIES) return false;
    tries.delete(update_id);
    return true;
  }

  /** Forgets the one that was tried longest ago, when there are too many. */
  function countTry(id: number, count: number): void {
    tries.delete(id);
    tries.set(id, count);
    const [oldest] = tries.keys();
    if (tries.size > MOST_COUNTED && oldest !== undefined) tries.delete(oldest);
  }

  function enter(update: Update, chatId: number): Promise<void> {
    const lane = lanes.get(chatId) ?? { waiting: [], isRunning: false };
    lanes.set(chatId, lane);
    const entry = { update, outcome: Promise.withResolvers<void>() };
    const place = lane.waiting.findIndex((other) => other.update.update_id > update.update_id);
    lane.waiting.splice(place < 0 ? lane.waiting.length : place, 0, entry);
    if (!lane.isRunning) void run(chatId, lane);
    return entry.outcome.promise;
  }

  return {
    take(update) {
      const chatId = chatOf(update)?.id;
      if (chatId === undefined) return Promise.resolve();
      const taken = underWay.get(update.update_id) ?? enter(update, chatId);
      underWay.set(update.update_id, taken);
      const forget = (): void => void underWay.delete(update.update_id);
      taken.then(forget, forget);
      return taken;
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
  };
}

/** Errors of a moment: the same update may be stored when it comes again. */
export function mayPass(error: unknown): boolean {
  return error instanceof DomainError && !(error instanceof AlteredError);
}

function notKept(): DomainError {
  return new DomainError('storage-unavailable', 'It is not stored that an answer is due');
}
