import type { Storage } from '../../src/storage/ports/storage.js';

/** A process that is stopped, as by SIGSTOP, before its n-th step to the outside, and goes on when the test says so. */
export interface StoppedProcess {
  /** Each call of it is a step. */
  readonly storage: Storage;
  /** What is no call to storage, as a mail, is a step as well: to be awaited before it. */
  step(): Promise<void>;
  /** Resolves when it stands still. */
  readonly stopped: Promise<void>;
  goOn(): void;
}

/** @param at from 1; 0: it is never stopped. */
export function createStoppedProcess(storage: Storage, at: number): StoppedProcess {
  const stopped = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let steps = 0;

  async function step(): Promise<void> {
    steps += 1;
    if (steps !== at) return;
    stopped.resolve();
    await gate.promise;
  }

  return { storage: stepping(storage, step), step, stopped: stopped.promise, goOn: gate.resolve };
}

function stepping<Part extends object>(part: Part, step: () => Promise<void>): Part {
  return new Proxy(part, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value === 'object' && value !== null) return stepping(value, step);
      if (typeof value !== 'function') return value;
      return async (...given: readonly unknown[]) => {
        await step();
        return Reflect.apply(value, target, given);
      };
    },
  });
}
