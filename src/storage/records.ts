/** What both databases keep of everything but conversations: rows of one shape, of several kinds. */

/** A row as databases keep it. What it says is in `sealed`; the rest is needed to find it. */
export interface StoredRecord {
  readonly kind: string;
  /** Unique in its kind. */
  readonly id: string;
  readonly rev: number;
  /** A second name, unique in its kind too. Made from the id where there is none, so that every row has one. */
  readonly uniqueKey: string;
  readonly owner: string | null;
  /** The conversation that it goes with, in clear as the conversation's own id is. */
  readonly conversation: string | null;
  /** What lists are ordered by: a time in milliseconds, or a count. A safe integer. */
  readonly sort: number;
  readonly sealed: Uint8Array;
}

/** Rows of one kind: all, those of one owner, or those of one conversation. */
export interface RecordRange {
  readonly kind: string;
  readonly group?: { readonly field: 'owner' | 'conversation'; readonly value: string };
  /** Both bounds are excluded. */
  readonly after?: number;
  readonly before?: number;
}

export interface RecordQuery extends RecordRange {
  readonly order: 'ascending' | 'descending';
  /** All when absent. */
  readonly limit?: number;
}

/** Rejects with DomainErrors only; each call is one atomic write, save those that remove several rows on MongoDB. */
export interface RecordTable {
  /** @throws DomainError `duplicate` when the id or the unique key is taken. */
  insert(record: StoredRecord): Promise<void>;
  /** Stores it in place of the row with the same id, if there is one. */
  put(record: StoredRecord): Promise<void>;
  /**
   * Stores it in place of the row with the same id when that one stands at `expectedRev`.
   * @throws DomainError `duplicate` when the unique key is another row's.
   */
  replace(record: StoredRecord, expectedRev: number, options?: ReplaceOptions): Promise<Replacement>;
  find(kind: string, by: { readonly id: string } | { readonly uniqueKey: string }): Promise<Found>;
  /** By `sort`, then by id. */
  list(query: RecordQuery): Promise<readonly StoredRecord[]>;
  /** True for one caller only. @param rev leaves it there unless it stands at this rev. */
  remove(kind: string, id: string, rev?: number): Promise<boolean>;
  /** Returns how many were removed. */
  removeRange(range: RecordRange): Promise<number>;
  /** The conversations that rows go with, in order of id, after `after`, at most `limit`; empty at the end only. */
  conversationIds(limit: number, after: string): Promise<readonly string[]>;
  /** Removes the rows of every kind, or of every kind but one, that go with these; returns how many there were. */
  removeOfConversations(ids: readonly string[], options?: { readonly except?: string }): Promise<number>;
}

export interface ReplaceOptions {
  /** What was there leaves the engine's log too, where that is the engine's to do: as what is removed. */
  readonly isErasing?: boolean;
}

export type Replacement = 'replaced' | 'conflict' | 'gone';
type Found = StoredRecord | undefined;
