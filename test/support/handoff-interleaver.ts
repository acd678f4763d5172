import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';

/** Runs several actors at once, one step at a time, in an order that `choices` alone decides. */
export interface Interleaver {
  /** Waits until it is this caller's turn to go on. */
  pause(): Promise<void>;
  /** The same store, with a pause before each call; what is called then runs alone. */
  pausing(store: ConversationStore): ConversationStore;
  /** Resolves when every actor has ended; rejects when they wait for each other for ever. */
  run(actors: readonly (() => Promise<void>)[]): Promise<void>;
}

export function createInterleaver(choices: readonly number[]): Interleaver {
  const paused: (() => void)[] = [];
  let underWay = 0;
  let made = 0;

  const pause = (): Promise<void> => new Promise((resolve) => paused.push(resolve));

  async function alone<Result>(call: () => Promise<Result>): Promise<Result> {
    await pause();
    underWay++;
    return call().finally(() => underWay--);
  }

  function letOneGoOn(): void {
    const choice = choices[made++ % choices.length] ?? 0;
    const [next] = paused.splice(choice % paused.length, 1);
    if (!next) throw new Error('Nobody can go on: the actors wait for each other');
    next();
  }

  return {
    pause,
    pausing: (store) => ({
      create: (...args) => alone(() => store.create(...args)),
      load: (...args) => alone(() => store.load(...args)),
      findByAddress: (...args) => alone(() => store.findByAddress(...args)),
      commit: (...args) => alone(() => store.commit(...args)),
      messagesAfter: (...args) => alone(() => store.messagesAfter(...args)),
      findMessage: (...args) => alone(() => store.findMessage(...args)),
      countMessages: (...args) => alone(() => store.countMessages(...args)),
      remove: (...args) => alone(() => store.remove(...args)),
      listQueue: (...args) => alone(() => store.listQueue(...args)),
      listPast: (...args) => alone(() => store.listPast(...args)),
      listRecent: (...args) => alone(() => store.listRecent(...args)),
      listChangedSince: (...args) => alone(() => store.listChangedSince(...args)),
      removeInactiveSince: (...args) => alone(() => store.removeInactiveSince(...args)),
    }),
    async run(actors) {
      let running = actors.length;
      const all = Promise.all(actors.map((actor) => actor().finally(() => running--)));
      // A failed actor is reported by `all`, once the others have ended.
      all.catch(() => undefined);
      for (;;) {
        // Everything that can go on without a choice does so before the next one is made.
        do await new Promise(setImmediate);
        while (underWay > 0);
        if (running === 0) break;
        letOneGoOn();
      }
      await all;
    },
  };
}
