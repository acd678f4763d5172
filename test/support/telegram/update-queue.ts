import { conflict } from './refusal.js';
import type { Json, JsonRecord } from './types.js';
import type { World } from './world.js';

export interface Entry {
  readonly id: number;
  readonly update: JsonRecord;
  /** Updates of one key go out by webhook one after the other. */
  readonly key: string;
  readonly at: number;
  /** Handed out again by a test: it is confirmed only once it has gone out. */
  readonly isExtra: boolean;
  hasGone: boolean;
}

export interface Poll {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface UpdateQueue {
  readonly entries: readonly Entry[];
  readonly all: readonly JsonRecord[];
  /** Makes an update, if its type is one that the bot asked for. */
  add(type: string, body: Json, key: string): void;
  push(update: JsonRecord): number;
  repeat(updateId?: number): void;
  allow(types: readonly string[] | undefined): void;
  allowed(): readonly string[];
  drop(): void;
  confirm(entry: Entry): void;
  poll(poll: Poll): Promise<readonly JsonRecord[]>;
  /** Ends the poll that waits, if any. */
  endPoll(reason: string): void;
  hold(): void;
  release(arrange?: (held: readonly JsonRecord[]) => readonly JsonRecord[]): void;
  readonly isHeld: () => boolean;
  readonly isPolled: () => boolean;
  onAdded(listener: () => void): void;
}

/** « All updates except chat_member, message_reaction, and message_reaction_count (default) » (#getupdates). */
const NOT_BY_DEFAULT = ['chat_member', 'message_reaction', 'message_reaction_count'];
/** « will not be kept longer than 24 hours » (https://core.telegram.org/bots/api#getting-updates). */
const KEPT_MS = 24 * 3600 * 1000;
const FIRST_ID = 700_000_001;

export function createUpdateQueue(world: World): UpdateQueue {
  let entries: Entry[] = [];
  const all: JsonRecord[] = [];
  const listeners: (() => void)[] = [];
  let types: readonly string[] = [];
  let nextId = FIRST_ID;
  let isHeld = false;
  let waiting: { readonly end: (reason: string) => void; readonly look: () => void } | undefined;

  function put(entry: Omit<Entry, 'at' | 'hasGone'>): void {
    entries.push({ ...entry, at: world.now(), hasGone: false });
    told();
  }

  function told(): void {
    waiting?.look();
    for (const listener of listeners) listener();
    world.signal.tell();
  }

  function make(body: JsonRecord, key: string): number {
    const given = body.update_id;
    const id = typeof given === 'number' ? given : nextId;
    nextId = Math.max(nextId, id + 1);
    const update = { update_id: id, ...body };
    all.push(update);
    put({ id, update, key, isExtra: false });
    return id;
  }

  function forgetOld(): void {
    const oldest = world.now() - KEPT_MS;
    entries = entries.filter(({ at }) => at >= oldest);
  }

  /** « An update is considered confirmed as soon as getUpdates is called with an offset higher than its update_id. » */
  function confirmBefore(offset: number): void {
    entries = entries.filter(({ id, isExtra, hasGone }) => id >= offset || (isExtra && !hasGone));
    world.signal.tell();
  }

  function take(limit: number): readonly JsonRecord[] {
    if (isHeld) return [];
    const taken = entries.slice(0, limit);
    for (const entry of taken) entry.hasGone = true;
    return taken.map(({ update }) => update);
  }

  /** « The negative offset … starting from -offset update from the end of the queue. All previous updates will be forgotten. » */
  function firstWanted(offset: number): number {
    if (offset >= 0) return offset;
    return entries.at(Math.max(offset, -entries.length))?.id ?? 0;
  }

  function waitFor({ limit, timeoutMs, signal }: Poll): Promise<readonly JsonRecord[]> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        if (waiting === mine) waiting = undefined;
        world.signal.tell();
      };
      const mine = {
        end(reason: string) {
          stop();
          reject(conflict(reason));
        },
        look() {
          const taken = take(limit);
          if (taken.length === 0) return;
          stop();
          resolve(taken);
        },
      };
      const timer = setTimeout(() => {
        stop();
        resolve([]);
      }, timeoutMs);
      signal.addEventListener('abort', () => {
        stop();
        resolve([]);
      });
      waiting = mine;
      world.signal.tell();
    });
  }

  function endPoll(reason: string): void {
    waiting?.end(reason);
  }

  return {
    get entries() {
      return entries;
    },
    all,
    add(type, body, key) {
      const isAllowed = types.length === 0 ? !NOT_BY_DEFAULT.includes(type) : types.includes(type);
      if (isAllowed) make({ [type]: body }, key);
    },
    push: (update) => make(update, 'pushed'),
    repeat(updateId) {
      const update = all.findLast(({ update_id }) => updateId === undefined || update_id === updateId);
      if (!update) throw new Error('no such update');
      put({ id: update.update_id as number, update, key: `again ${world.next()}`, isExtra: true });
    },
    allow(wanted) {
      // « If not specified, the previous setting will be used. »
      if (wanted) types = wanted;
    },
    allowed: () => types,
    drop() {
      entries = [];
      world.signal.tell();
    },
    confirm(entry) {
      entries = entries.filter((other) => other !== entry);
      world.signal.tell();
    },
    poll(poll) {
      endPoll('terminated by other getUpdates request; make sure that only one bot instance is running');
      forgetOld();
      confirmBefore(firstWanted(poll.offset));
      const taken = take(poll.limit);
      return taken.length > 0 || poll.timeoutMs === 0 ? Promise.resolve(taken) : waitFor(poll);
    },
    endPoll,
    hold() {
      isHeld = true;
    },
    release(arrange = (held) => held) {
      const known = new Map(entries.map((entry) => [entry.update, entry]));
      const seen = new Set<JsonRecord>();
      const arranged: Entry[] = [];
      for (const update of arrange(entries.map((entry) => entry.update))) {
        const entry = known.get(update);
        if (!entry) throw new Error('an update that was not held');
        arranged.push(seen.has(update) ? { ...entry, isExtra: true, hasGone: false } : entry);
        seen.add(update);
      }
      entries = arranged;
      isHeld = false;
      told();
    },
    isHeld: () => isHeld,
    isPolled: () => waiting !== undefined,
    onAdded(listener) {
      listeners.push(listener);
    },
  };
}
