import { dayKey } from './dates.js';
import type { Log, Outgoing } from './log.js';
import type { Action, Author, Card } from './message.js';

/** One bubble. `key` stays the same from the moment of sending to the server's echo, so that it is drawn once. */
export interface Entry {
  readonly key: string;
  readonly text: string;
  readonly cards: readonly Card[];
  readonly delivery?: Outgoing['delivery'];
}

/** Bubbles of one author, close in time, under one name. */
export interface Group {
  readonly kind: 'group';
  readonly key: string;
  readonly author: Author;
  readonly name?: string;
  /** Of its last bubble. */
  readonly at: number;
  readonly entries: readonly Entry[];
}

export interface DaySeparator {
  readonly kind: 'day';
  readonly key: string;
  readonly at: number;
}

interface Item extends Entry {
  readonly author: Author;
  readonly name?: string;
  readonly at: number;
}

const GROUP_GAP_MS = 5 * 60_000;

/** The log as it is drawn: groups of bubbles, with a separator before the first of each day. */
export function timeline(log: Log): readonly (Group | DaySeparator)[] {
  const rows: (Group | DaySeparator)[] = [];
  let day = '';
  for (const { author, name, at, ...entry } of items(log)) {
    const itemDay = dayKey(at);
    if (itemDay !== day) rows.push({ kind: 'day', key: `day:${itemDay}`, at });
    day = itemDay;
    const last = rows.at(-1);
    if (last?.kind === 'group' && last.author === author && last.name === name && at - last.at < GROUP_GAP_MS) {
      rows[rows.length - 1] = { ...last, at, entries: [...last.entries, entry] };
    } else {
      rows.push({ kind: 'group', key: `group:${entry.key}`, author, ...(name && { name }), at, entries: [entry] });
    }
  }
  return rows;
}

/** The buttons that may be pressed now: those of the very last message. */
export function currentActions({ messages, outgoing }: Log): readonly Action[] {
  return outgoing.length > 0 ? [] : (messages.at(-1)?.actions ?? []);
}

/** Who answers at present: the last bot or delegate to have spoken. */
export function currentSpeaker({ messages }: Log): { readonly author: 'bot' | 'delegate'; readonly name?: string } {
  const last = messages.findLast(({ author }) => author === 'bot' || author === 'delegate');
  return last?.author === 'delegate'
    ? { author: 'delegate', ...(last.name && { name: last.name }) }
    : { author: 'bot' };
}

function items({ messages, outgoing }: Log): readonly Item[] {
  return [
    ...messages.map(
      ({ seq, clientId, author, name, at, text, cards }): Item => ({
        key: clientId ?? `seq:${seq}`,
        author,
        ...(name && { name }),
        at,
        text,
        cards,
      }),
    ),
    ...outgoing.map(
      ({ clientId, text, at, delivery }): Item => ({
        key: clientId,
        author: 'resident',
        at,
        text,
        cards: [],
        delivery,
      }),
    ),
  ];
}
