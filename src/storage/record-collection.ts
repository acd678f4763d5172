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
  list(range?: Range & Partial<Pick<RecordQuery, 'order' | 'limit'>>): Promise<readonly Value[]>;
  /** True for one caller only. @param rev leaves it there unless it stands at this rev. */
  remove(id: string, rev?: number): Promise<boolean>;
  removeRange(range: Range): Promise<number>;
}

export interface CollectionOptions<Value> {
  /** Never changed once released: it is part of what sealed values are bound to. */
  readonly name: string;
  readonly placeOf: (value: Value) => Place;
}

/** Opens and makes collections over one table. */
export type RecordCollections = <Value>(options: CollectionOptions<Value>) => RecordCollection<Value>;

export function createRecordCollections(table: RecordTable, cipher: DataCipher): RecordCollections {
  return (options) => createCollection(table, cipher, options);
}

function createCollection<Value>(
  table: RecordTable,
  cipher: DataCipher,
  { name, placeOf }: CollectionOptions<Value>,
): RecordCollection<Value> {
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

  return {
    insert: async (value, rev = 0) => table.insert(seal(value, rev)),
    put: async (value) => table.put(seal(value, 0)),
    replace: async (value, expectedRev, options) => table.replace(seal(value, expectedRev + 1), expectedRev, options),
    load: (id) => find({ id: hash('id', id) }),
    findByUniqueKey: (key) => find({ uniqueKey: hash('uniqueKey', key) }),
    async list({ order = 'ascending', limit, ...range } = {}) {
      const records = await table.list({ ...toRange(range), order, ...(limit !== undefined && { limit }) });
      return records.map((record) => open(record).value);
    },
    remove: (id, rev) => table.remove(name, hash('id', id), rev),
    removeRange: (range) => table.removeRange(toRange(range)),
  };
}

/** All that is in clear: a row put in another's place, or made to look older or newer, does not open. */
function aadOf({ kind, id, rev, uniqueKey, owner, conversation, sort }: Omit<StoredRecord, 'sealed'>): string {
  return JSON.stringify(['record', kind, id, rev, uniqueKey, owner, conversation, sort]);
}
