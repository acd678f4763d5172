import { dayKey } from '../../shared/dates.js';
import type { Log, Outgoing } from './log.js';
import type { Action, Author, Handoff, Message } from './message.js';

/** One bubble. `key` stays the same from the moment of sending to the server's echo, so that it is drawn once. */
export interface Entry extends Pick<Message, 'text' | 'cards' | 'isConfidential' | 'receipt' | 'progress'> {
  readonly key: string;
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

/** Words that tell who speaks from here on. */
export interface Marker {
  readonly kind: 'marker';
  readonly key: string;
  readonly at: number;
  readonly state: Handoff;
  readonly text: string;
}

interface Item extends Entry {
  readonly marker?: Handoff;
  readonly author: Author;
  readonly name?: string;
  readonly at: number;
}

const GROUP_GAP_MS = 5 * 60_000;

/** The log as it is drawn: groups of bubbles and markers, with a separator before the first of each day. */
export function timeline(log: Log): readonly (Group | Marker | DaySeparator)[] {
  const rows: (Group | Marker | DaySeparator)[] = [];
  let day = '';
  for (const { author, name, at, marker, ...entry } of items(log)) {
    const itemDay = dayKey(at);
    if (itemDay !== day) rows.push({ kind: 'day', key: `day:${itemDay}`, at });
    day = itemDay;
    const last = rows.at(-1);
    if (marker) rows.push({ kind: 'marker', key: entry.key, at, state: marker, text: entry.text });
    else if (last?.kind === 'group' && last.author === author && last.name === name && at - last.at < GROUP_GAP_MS) {
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

/**
 * Where the resident stands: by the last change, or, where history was erased and none is left, by who spoke last.
 */
export function standing({ messages, handoffs }: Log): Handoff {
  const last = messages.findLast(({ author }) => author === 'bot' || author === 'delegate');
  return handoffs.at(-1)?.state ?? (last?.author === 'delegate' ? 'delegate' : 'bot');
}

/** Who answers at present. */
export function currentSpeaker(log: Log): { readonly author: 'bot' | 'delegate'; readonly name?: string } {
  if (standing(log) !== 'delegate') return { author: 'bot' };
  const since = log.handoffs.at(-1);
  const last = log.messages.findLast(({ seq, author }) => author === 'delegate' && seq > (since?.seq ?? 0));
  const name = (last ?? since)?.name;
  return { author: 'delegate', ...(name && { name }) };
}

/** Set when the message is the server's word on a change of who speaks, which it follows at once. */
export function markerOf({ handoffs }: Log, { seq, author, cards }: Message): Handoff | undefined {
  const state = handoffs.find((handoff) => handoff.seq === seq - 1)?.state;
  return author === 'system' && cards.length === 0 && (state === 'delegate' || state === 'bot') ? state : undefined;
}

function items(log: Log): readonly Item[] {
  return [
    ...log.messages.map((message): Item => {
      const { seq, clientId, actions: _, asksInConfidence: __, ...rest } = message;
      const marker = markerOf(log, message);
      return { key: clientId ?? `seq:${seq}`, ...rest, ...(marker && { marker }) };
    }),
    ...log.outgoing.map(
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
