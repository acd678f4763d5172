import type { Clock } from './clock.js';
import type { Millis } from './desk-state.js';
import type { JsonObject } from './json.js';
import type { Peers } from './peers.js';

/** What is kept in memory only, by kind. */
export type SecretKind = 'words' | 'key' | 'ticket';

/** What another process told, from outside: nothing of it is known. */
export type Told = Readonly<Record<string, unknown>>;

/** The memory of one process for one kind of secrets. */
export interface SecretMemory {
  /** Another process told or answered it: it fits, or it is ignored. */
  take(told: Told): void;
  /** What this process knows by that name, as `take` reads it. */
  find(name: string): JsonObject | undefined;
  /** All of it, the newest first. */
  all(): Iterable<JsonObject>;
}

export interface SecretLine {
  /** Tells all others. `make` is not called where nobody can hear: a process alone makes no copies of its secrets. */
  tell(make: () => JsonObject): void;
  /**
   * Has what others know by this name taken into memory, if any of them does: in 300 ms at most, at once where there are no
   * others. It never rejects. To be asked only for what may be there: names that nobody knows cost the whole time.
   */
  learn(name: string): Promise<void>;
}

/**
 * How secrets that are stored nowhere reach the memory of the other processes: they are told when they are kept and when
 * they are forgotten, and asked for where they are missed. What is lost on the way is as if its process had been restarted.
 */
export interface SecretLines {
  /** Once for each kind. */
  join(kind: SecretKind, memory: SecretMemory): SecretLine;
  /** Tells others all that this process knows, the newest first: it is about to stop. */
  handOver(): void;
  close(): void;
}

const ASK_MS = 300;
/** What nobody knew is not asked for again for so long: a turn looks several times. */
const UNKNOWN_MS = 15_000;
const MOST_UNKNOWN = 2000;
/** In characters: handing over is not to fill the line. */
const MOST_HANDED_OVER = 1_000_000;
/** In bytes, of several that go together; the line takes messages of 256 kB (`LARGEST_BYTES` of line-peers.ts). */
const BATCH_BYTES = 100_000;

export function createSecretLines(peers: Peers, clock: Clock): SecretLines {
  const memories = new Map<string, SecretMemory>();
  const unknown = createUnknown(clock);
  const asked = new Map<string, Promise<void>>();

  function memoryOf({ kind }: Told): SecretMemory | undefined {
    return typeof kind === 'string' ? memories.get(kind) : undefined;
  }

  function take(content: unknown): void {
    if (!isTold(content)) return;
    if (Array.isArray(content.several)) for (const each of content.several.filter(isTold)) memoryOf(each)?.take(each);
    else memoryOf(content)?.take(content);
  }

  /** As many as are not too much, the newest of each kind first. */
  function* latest(): Iterable<Sized> {
    let left = MOST_HANDED_OVER;
    for (const [kind, memory] of memories) {
      for (const told of memory.all()) {
        const text = JSON.stringify(told);
        left -= text.length;
        if (left < 0) return;
        yield { told: { ...told, kind }, bytes: Buffer.byteLength(text) };
      }
    }
  }

  async function ask(kind: SecretKind, name: string, key: string): Promise<void> {
    const answer = await peers.ask('secret', { kind, name }, ASK_MS);
    asked.delete(key);
    if (isTold(answer) && answer.kind === kind) take(answer);
    else unknown.add(key);
  }

  const ends = [
    peers.listen('secret', take),
    peers.answer('secret', (question) => {
      if (!isTold(question) || typeof question.name !== 'string') return undefined;
      const found = memoryOf(question)?.find(question.name);
      return found && { ...found, kind: String(question.kind) };
    }),
    // Whoever was away may know it.
    peers.watch(() => unknown.clear()),
  ];

  return {
    join(kind, memory) {
      memories.set(kind, memory);
      return {
        tell(make) {
          if (peers.state() !== 'sole') peers.tell('secret', { ...make(), kind });
        },
        async learn(name) {
          if (peers.state() === 'sole') return;
          const key = `${kind} ${name}`;
          if (unknown.has(key)) return;
          const asking = asked.get(key) ?? ask(kind, name, key);
          asked.set(key, asking);
          await asking;
        },
      };
    },
    handOver() {
      if (peers.state() === 'sole') return;
      for (const several of inBatches(latest())) peers.tell('secret', { several });
    },
    close() {
      for (const end of ends) end();
    },
  };
}

interface Sized {
  readonly told: JsonObject;
  readonly bytes: number;
}

/** One that is longer than a batch goes alone. */
function* inBatches(all: Iterable<Sized>): Iterable<JsonObject[]> {
  let batch: JsonObject[] = [];
  let size = 0;
  for (const { told, bytes } of all) {
    if (batch.length > 0 && size + bytes > BATCH_BYTES) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(told);
    size += bytes;
  }
  if (batch.length > 0) yield batch;
}

/** Names that were asked for in vain lately. */
function createUnknown(clock: Clock) {
  /** In the order in which they end. */
  const until = new Map<string, Millis>();
  return {
    has: (key: string) => (until.get(key) ?? 0) > clock().getTime(),
    add(key: string): void {
      until.delete(key);
      until.set(key, clock().getTime() + UNKNOWN_MS);
      const [oldest] = until.keys();
      if (until.size > MOST_UNKNOWN && oldest !== undefined) until.delete(oldest);
    },
    clear: () => until.clear(),
  };
}

function isTold(content: unknown): content is Told {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

/** What went is not taken back from a process that has not heard of it yet. Names must never be used again. */
export interface Gone {
  add(name: string): void;
  has(name: string): boolean;
}

/** @param capacity beyond it, what went longest ago is forgotten. */
export function createGone(capacity: number): Gone {
  const names = new Set<string>();
  return {
    add(name) {
      names.delete(name);
      names.add(name);
      const [oldest] = names;
      if (names.size > capacity && oldest !== undefined) names.delete(oldest);
    },
    has: (name) => names.has(name),
  };
}

/** Time that is left of a secret, as another process tells it: clocks differ, so that no moments are told. */
export function leftOf({ left }: Told, most: Millis): Millis | undefined {
  return typeof left === 'number' && left > 0 ? Math.min(left, most) : undefined;
}

const KEY_BYTES = 32;

/** 32 bytes in base64url; undefined for anything else. */
export function readSecretBytes(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== 'string' || text.length > 2 * KEY_BYTES) return undefined;
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  return bytes.length === KEY_BYTES ? bytes : undefined;
}

export function writeSecretBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
