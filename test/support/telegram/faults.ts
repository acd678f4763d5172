import type { Call, Fault, FaultRule } from './types.js';

export interface Faults {
  add(rule: FaultRule): Fault;
  /** The rule that this call meets, if any, which is then used up by one. */
  meet(call: Call): Met | undefined;
  clear(): void;
}

export interface Met {
  readonly rule: FaultRule;
  /** Resolves when hanging calls may go on: true for an answer, false for the end of the connection. */
  readonly released: Promise<boolean>;
}

interface Kept {
  readonly rule: FaultRule;
  readonly released: Promise<boolean>;
  readonly release: (isAnswered: boolean) => void;
  readonly hit: (call: Call) => void;
  toPass: number;
  left: number;
  met: number;
}

export function createFaults(): Faults {
  const kept = new Set<Kept>();

  function matches({ rule }: Kept, call: Call): boolean {
    const isMethod = rule.method === undefined ? call.method !== 'getUpdates' : sameMethod(rule.method, call.method);
    return isMethod && (rule.chatId ?? call.chatId) === call.chatId && (rule.when?.(call) ?? true);
  }

  return {
    add(rule) {
      const { promise: released, resolve: release } = Promise.withResolvers<boolean>();
      const { promise: hit, resolve } = Promise.withResolvers<Call>();
      const mine: Kept = {
        rule,
        released,
        release,
        hit: resolve,
        toPass: rule.after ?? 0,
        left: rule.times ?? 1,
        met: 0,
      };
      kept.add(mine);
      return {
        met: () => mine.met,
        hit,
        stop() {
          mine.left = 0;
        },
        release() {
          mine.left = 0;
          release(true);
        },
      };
    },
    meet(call) {
      const mine = [...kept].find((candidate) => candidate.left > 0 && matches(candidate, call));
      if (!mine) return undefined;
      if (mine.toPass > 0) {
        mine.toPass -= 1;
        return undefined;
      }
      mine.left -= 1;
      mine.met += 1;
      mine.hit(call);
      return { rule: mine.rule, released: mine.released };
    },
    clear() {
      for (const mine of kept) {
        mine.left = 0;
        mine.release(false);
      }
      kept.clear();
    },
  };
}

const sameMethod = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
