import { AlteredError } from '../domain/errors.js';
import type { DataCipher } from './data-cipher.js';
import type { RecordQuery, RecordTable, Replacement, ReplaceOptions, StoredRecord } from './records.js';
import { openJson } from './sealed-json.js';

/** Where a value stands in its collection. Ids, keys and owners are stored as keyed hashes. */
export interface Place {
  readonly id: string;
  readonly uniqueKey?: string;
  readonly owner?: string;
  /** Kept in clear: only the id of a conversation. */
  readonly conversation?: string;
  readonly sort: number;
}

export interface Stored<Value> {
  readonly rev: number;
  readonly value: Value;
}

export interface Range {
  /** One of the two at most. */
  readonly owner?: string;
  readonly conversation?: string;
  readonly after?: number;
  readonly before?: number;
}

/** Values of one kind, sealed: nothing but their place is left to read, and that is bound to what is sealed. */
export interface RecordCollection<Value> {
  /** @throws DomainError `duplicate` when the id or the unique key is taken. */
  insert(value: Value, rev?: number): Promise<void>;
  /** Stores it whatever there was. Not for collections whose values are replaced by rev. */
  put(value: Value): Promise<void>;
  /** Stores it at `expectedRev + 1` if what is there stands at `expectedRev`. @throws DomainError `duplicate`. */
  replace(value: Value, expectedRev: number, options?: ReplaceOptions): Promise<Replacement>;
  load(id: string): Promise<Stored<Value> | undefined>;
  findByUniqueKey(key: string): Promise<Stored<Value> | undefined>;
  /** Ascending unless `order` says otherwise. */
  list(range?: Listing): Promise<readonly Value[]>;
  /** As `list`, save that what was altered is passed over and told of; `limit` counts the rest. */
  listReadable(range?: Listing): Promise<readonly Value[]>;
  /** True for one caller only. @param rev leaves it there unless it stands at this rev. */
  remove(id: string, rev?: number): Promise<boolean>;
  removeRange(range: Range): Promise<number>;
  /** Removes what was altered. Returns how many there were. */
  removeUnreadable(range: Range): Promise<number>;
}

export type Listing = Range & Partial<Pick<RecordQuery, 'order' | 'limit'>>;

/** Told once, by this process, of what was altered and therefore passed over. */
export type OnUnreadable = (found: { readonly kind: string; readonly count: number }) => void;

export interface CollectionOptions<Value> {
  /** Never changed once released: it is part of what sealed values are bound to. */
  readonly name: string;
  readonly placeOf: (value: Value) => Place;
}

/** Opens and makes collections over one table. */
export type RecordCollections = <Value>(options: CollectionOptions<Value>) => RecordCollection<Value>;

export interface CollectionsParts {
  readonly table: RecordTable;
  readonly cipher: DataCipher;
  readonly onUnreadable?: OnUnreadable;
}

export function createRecordCollections(parts: CollectionsParts): RecordCollections {
  return (options) => createCollection(parts, options);
}

function createCollection<Value>(
  { table, cipher, onUnreadable }: CollectionsParts,
  { name, placeOf }: CollectionOptions<Value>,
): RecordCollection<Value> {
  const told = new Set<string>();
  const hash = (field: 'id' | 'uniqueKey' | 'owner', value: string) =>
    cipher.lookupHash(`record:${name}:${field}`, value);

  function seal(value: Value, rev: number): StoredRecord {
    const { id, uniqueKey, owner, conversation = null, sort } = placeOf(value);
    const hashedId = hash('id', id);
    const clear = {
      kind: name,
      id: hashedId,
      rev,
      uniqueKey: uniqueKey === undefined ? `id:${hashedId}` : hash('uniqueKey', uniqueKey),
      owner: owner === undefined ? null : hash('owner', owner),
      conversation,
      sort,
    };
    return { ...clear, sealed: cipher.seal(JSON.stringify(value), aadOf(clear)) };
  }

  function open(record: StoredRecord): Stored<Value> {
    return { rev: record.rev, value: openJson<Value>(cipher, record.sealed, aadOf(record)) };
  }

  function openUnlessAltered(record: StoredRecord): Stored<Value> | undefined {
    try {
      return open(record);
    } catch (error) {
      if (error instanceof AlteredError) return undefined;
      throw error;
    }
  }

  function tellOf(altered: readonly StoredRecord[]): void {
    const added = altered.filter(({ id }) => !told.has(id));
    for (const { id } of added) told.add(id);
    if (added.length > 0) onUnreadable?.({ kind: name, count: added.length });
  }

  function toRange({ owner, conversation, ...bounds }: Range) {
    const byOwner = owner !== undefined && { group: { field: 'owner' as const, value: hash('owner', owner) } };
    const byConversation = conversation !== undefined && {
      group: { field: 'conversation' as const, value: conversation },
    };
    return { kind: name, ...bounds, ...byOwner, ...byConversation };
  }

  async function find(by: { id: string } | { uniqueKey: string }): Promise<Stored<Value> | undefined> {
    const record = await table.find(name, by);
    return record && open(record);
  }

  async function read({ order = 'ascending', limit, ...range }: Listing = {}): Promise<readonly StoredRecord[]> {
    return table.list({ ...toRange(range), order, ...(limit !== undefined && { limit }) });
  }

  /** Where some were altered, so many more are asked for: callers take a page that is not full for the last one. */
  async function listReadable(range: Listing = {}, more = 0): Promise<readonly Value[]> {
    const limit = range.limit === undefined ? undefined : range.limit + more;
    const records = await read({ ...range, ...(limit !== undefined && { limit }) });
    const opened = records.map((record) => openUnlessAltered(record));
    const altered = records.filter((_, index) => opened[index] === undefined);
    tellOf(altered);
    const isFull = limit === undefined || records.length < limit || altered.length <= more;
    if (!isFull) return listReadable(range, altered.length);
    return opened.flatMap((stored) => (stored ? [stored.value] : [])).slice(0, range.limit);
  }

  return {
    insert: async (value, rev = 0) => table.insert(seal(value, rev)),
    put: async (value) => table.put(seal(value, 0)),
    replace: async (value, expectedRev, options) => table.replace(seal(value, expectedRev + 1), expectedRev, options),
    load: (id) => find({ id: hash('id', id) }),
    findByUniqueKey: (key) => find({ uniqueKey: hash('uniqueKey', key) }),
    list: async (range) => (await read(range)).map((record) => open(record).value),
    listReadable: (range) => listReadable(range),
    remove: (id, rev) => table.remove(name, hash('id', id), rev),
    removeRange: (range) => table.removeRange(toRange(range)),
    async removeUnreadable(range) {
      let removed = 0;
      for (const record of await read(range)) {
        if (openUnlessAltered(record)) continue;
        if (await table.remove(name, record.id, record.rev)) removed += 1;
      }
      return removed;
    },
  };
}

/** All that is in clear: a row put in another's place, or made to look older or newer, does not open. */
function aadOf({ kind, id, rev, uniqueKey, owner, conversation, sort }: Omit<StoredRecord, 'sealed'>): string {
  return JSON.stringify(['record', kind, id, rev, uniqueKey, owner, conversation, sort]);
}
