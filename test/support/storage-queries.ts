import { type CollectionName, type DeclaredQuery, INDEXES } from '../../src/storage/mongoose/queries.js';
import type { WireCommand } from './storage-wire.js';

type Fields = Readonly<Record<string, unknown>>;

/** Commands that look for nothing among documents. */
const PLAIN = [
  'aborttransaction',
  'buildinfo',
  'createindexes',
  'endsessions',
  'getmore',
  'hello',
  'insert',
  'ismaster',
];
const ALSO_PLAIN = ['killcursors', 'ping', 'saslstart', 'saslcontinue'];
const COLLECTIONS: Readonly<Record<string, CollectionName>> = {
  conversations: 'conversations',
  messages: 'archive',
  sweeps: 'sweeps',
  records: 'records',
  meta: 'meta',
};

/** What was asked, in one line: of the same form for a declaration and for what was sent. */
export function lineOf({ on, does, exactly, between, order = [], besides = [] }: Omit<DeclaredQuery, 'by'>): string {
  const parts = [
    `${does} ${on}`,
    `exactly ${[...exactly].sort().join('+') || 'nothing'}`,
    ...(between === undefined ? [] : [`between ${between}`]),
    ...(order.length === 0 ? [] : [`order ${order.join('+')}`]),
    ...(besides.length === 0 ? [] : [`besides ${[...besides].sort().join('+')}`]),
  ];
  return parts.join(', ');
}

/** The lines that fit a command: a range may be what is looked for, or be asked of what was found. Empty: asks nothing. */
export function linesOf({ name, collection, body }: WireCommand): readonly (readonly string[])[] {
  if ([...PLAIN, ...ALSO_PLAIN].includes(name.toLowerCase())) return [];
  const on = COLLECTIONS[collection];
  if (!on) return [[`${name} of an unknown collection`]];
  if (name === 'find') return [readingsOf(on, 'find', body.filter as Fields, body.sort as Fields | undefined)];
  const statements = (body.updates ?? body.deletes) as readonly { q: Fields }[] | undefined;
  if (!statements || (name !== 'update' && name !== 'delete')) return [[`${name} ${on}`]];
  return statements.map(({ q }) => readingsOf(on, name, q));
}

function readingsOf(on: CollectionName, does: DeclaredQuery['does'], filter: Fields = {}, sort: Fields = {}) {
  const fields = Object.entries(filter);
  const exactly = fields.flatMap(([field, value]) => (isExact(field, value) ? [field] : []));
  const ranges = fields.flatMap(([field, value]) => (isRange(value) ? [field] : []));
  const others = fields.map(([field]) => field).filter((field) => !exactly.includes(field) && !ranges.includes(field));
  const order = directed(sort);
  const [between, ...moreRanges] = ranges;
  const asRange = { on, does, exactly, order, ...(between !== undefined && { between }) };
  return [
    lineOf({ ...asRange, besides: [...others, ...moreRanges] }),
    lineOf({ on, does, exactly, order, besides: [...others, ...ranges] }),
  ];
}

function isExact(field: string, value: unknown): boolean {
  if (field.startsWith('$')) return false;
  return !isOperator(value) || Object.keys(value).join() === '$in' || Object.keys(value).join() === '$eq';
}

function isRange(value: unknown): boolean {
  return isOperator(value) && Object.keys(value).every((key) => ['$gt', '$gte', '$lt', '$lte'].includes(key));
}

function isOperator(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).length > 0 && Object.keys(value).every((key) => key.startsWith('$'));
}

/** A list in one direction reads an index forwards or backwards; one in two directions would be sorted in memory. */
function directed(sort: Fields): readonly string[] {
  const directions = new Set(Object.values(sort).map(Number));
  if (directions.size > 1) throw new Error('A list goes in one direction');
  return Object.keys(sort);
}

/** Why the index that a query names does not serve it; undefined when it does. */
export function faultOf({ exactly, between, order = [], besides = [], by, on }: DeclaredQuery): string | undefined {
  const index = by === '_id' ? { on, key: { _id: 1 } } : INDEXES[by];
  if (index.on !== on) return 'the index is of another collection';
  const keys = Object.keys(index.key);
  if (by === '_id' && exactly.includes('_id')) return undefined;
  const prefix = keys.slice(0, exactly.length);
  if (![...exactly].every((field) => prefix.includes(field))) return 'what is given exactly is not what it begins with';
  const rest = keys.slice(exactly.length);
  if (order.some((field, place) => rest[place] !== field)) return 'it is not in this order';
  if (between !== undefined && rest[0] !== between) return 'the range is not what comes next';
  if (exactly.length === 0 && between === undefined && order.length === 0) return 'everything is read';
  return besides.some((field) => field === between) ? 'the range is declared twice' : undefined;
}
