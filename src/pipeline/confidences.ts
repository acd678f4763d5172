import { randomBytes } from 'node:crypto';
import type { Clock } from '../domain/clock.js';
import type { JsonObject } from '../domain/json.js';
import { createGone, leftOf, type SecretLines, type Told } from '../domain/secret-lines.js';

/**
 * Words shown to a resident that are stored nowhere: in the memory of this process and of those that it hears only, and for
 * half an hour.
 */
export interface Confidences {
  /** Keeps them, and gives the unguessable name by which they are found. */
  keep(conversationId: string, text: string): string;
  /** The same under a name that is known already. */
  keepAs(name: string, conversationId: string, text: string): void;
  /** Has what is missed here asked for from the other processes, as long as any of them may have it. */
  learn(name: string): Promise<void>;
  /** Undefined once they are gone. */
  find(name: string): string | undefined;
  /** In all processes. */
  drop(name: string): void;
  /** Drops what was kept for one conversation, in all processes. */
  forget(conversationId: string): void;
  /** Drops what is over. */
  sweep(): void;
  /** Drops all of it in this process: the others go on. */
  clear(): void;
}

interface Confidence {
  readonly conversationId: string;
  readonly text: string;
  readonly until: number;
  /** Kept here first: this process tells when it is gone. */
  readonly isOwn: boolean;
}

const KEPT_MS = 30 * 60_000;
/** Of characters in all: beyond, the words kept longest ago go first. */
const MOST_CHARACTERS = 8_000_000;
const NAME_BYTES = 16;
/** Clocks of two processes may differ by so much. */
const CLOCKS_APART_MS = 2 * 60_000;
const MOST_GONE = 10_000;
const LONGEST_NAME = 200;

export interface ConfidencesOptions {
  readonly mostCharacters?: number;
  /** Absent: this process keeps what it has to itself. */
  readonly lines?: SecretLines;
}

export function createConfidences(
  clock: Clock,
  { mostCharacters = MOST_CHARACTERS, lines }: ConfidencesOptions = {},
): Confidences {
  const kept = new Map<string, Confidence>();
  const gone = createGone(MOST_GONE);
  let characters = 0;
  const now = (): number => clock().getTime();

  function remove(name: string): void {
    characters -= kept.get(name)?.text.length ?? 0;
    kept.delete(name);
  }

  function sweep(): void {
    for (const [name, { until }] of kept) if (until <= now() || characters > mostCharacters) remove(name);
  }

  function hold(name: string, confidence: Confidence): void {
    remove(name);
    kept.set(name, confidence);
    characters += confidence.text.length;
    if (characters > mostCharacters) sweep();
  }

  function lookUp(name: string): Confidence | undefined {
    const found = kept.get(name);
    if (found && found.until <= now()) remove(name);
    return kept.get(name);
  }

  function bury(name: string): void {
    remove(name);
    if (madeAt(name) !== undefined) gone.add(name);
  }

  const namesOf = (conversationId: string): readonly [string, Confidence][] =>
    [...kept].filter(([, confidence]) => confidence.conversationId === conversationId);

  function toTold(name: string): JsonObject | undefined {
    const found = lookUp(name);
    return found && { name, conversationId: found.conversationId, text: found.text, left: found.until - now() };
  }

  function forgetHeard(conversationId: string): void {
    const forgotten = namesOf(conversationId);
    for (const [name] of forgotten) bury(name);
    // Others may hear first that it is to be forgotten, and then what this process had told before: it takes that back itself.
    const own = forgotten.filter(([, { isOwn }]) => isOwn).map(([name]) => name);
    if (own.length > 0) line?.tell(() => ({ drop: own }));
  }

  function take(told: Told): void {
    const { name, conversationId, text, forget, drop } = told;
    if (typeof forget === 'string') forgetHeard(forget);
    if (Array.isArray(drop)) for (const each of drop.filter(isName)) bury(each);
    const left = leftOf(told, KEPT_MS);
    if (!isName(name) || !isName(conversationId) || typeof text !== 'string' || left === undefined) return;
    // A name is given to the same words for good.
    if (text.length > mostCharacters || gone.has(name) || lookUp(name)) return;
    hold(name, { conversationId, text, until: now() + left, isOwn: false });
  }

  function* all(): Iterable<JsonObject> {
    for (const name of [...kept.keys()].reverse()) {
      const told = toTold(name);
      if (told) yield told;
    }
  }

  const line = lines?.join('words', { take, all, find: toTold });

  function keepAs(name: string, conversationId: string, text: string): void {
    hold(name, { conversationId, text, until: now() + KEPT_MS, isOwn: true });
    line?.tell(() => toTold(name) ?? {});
  }

  function isPast(name: string): boolean {
    const made = isNameOfWords(name) ? (madeAt(name) ?? 0) : now();
    return now() - made >= KEPT_MS + CLOCKS_APART_MS;
  }

  return {
    keepAs,
    sweep,
    keep(conversationId, text) {
      const name = newName(now());
      keepAs(name, conversationId, text);
      return name;
    },
    async learn(name) {
      if (!lookUp(name) && !isPast(name)) await line?.learn(name);
    },
    find: (name) => lookUp(name)?.text,
    drop(name) {
      bury(name);
      line?.tell(() => ({ drop: [name] }));
    },
    forget(conversationId) {
      for (const [name] of namesOf(conversationId)) bury(name);
      line?.tell(() => ({ forget: conversationId }));
    },
    clear() {
      kept.clear();
      characters = 0;
    },
  };
}

const WORDS = 'words:';

/** True for a name that `keep` gave. */
export function isNameOfWords(name: string): boolean {
  return name.startsWith(WORDS);
}

/** It tells when it was made, so that nobody is asked for what is over; the message that bears it has that time as well. */
function newName(at: number): string {
  return `${WORDS}${at.toString(36)}.${randomBytes(NAME_BYTES).toString('base64url')}`;
}

/** Undefined for a name that `keep` has not given, and for those of earlier releases: they are in no memory any more. */
function madeAt(name: string): number | undefined {
  const [, at] = /^words:([0-9a-z]{1,11})\./.exec(name) ?? [];
  return at === undefined ? undefined : Number.parseInt(at, 36);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME;
}
