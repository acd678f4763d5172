import { describe, expect, test } from '@jest/globals';
import { deliveryStates } from '../../../src/web/inbox/conversation/delivery.js';
import {
  clockWords,
  dateOf,
  momentWords,
  parisInstant,
  timeOf,
  tomorrowAt,
} from '../../../src/web/inbox/conversation/paris.js';
import { timeline } from '../../../src/web/inbox/conversation/timeline.js';
import { durationWords } from '../../../src/web/inbox/live/strings.js';
import type { Delivery, Message } from '../../../src/web/inbox/live/wire.js';
import { buildMessage, JEAN, ME } from '../../support/inbox-queue-builders.js';

const at = (iso: string): number => Date.parse(iso);
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('hours and days are those of Paris', () => {
  expect(plain(clockWords(at('2026-11-23T13:02:00Z')))).toBe('14 h 02');
  expect(dateOf(at('2026-11-23T23:30:00Z'))).toBe('2026-11-24');
  expect(timeOf(at('2026-07-14T07:05:00Z'))).toBe('09:05');
  const now = at('2026-11-23T08:00:00Z');
  expect(plain(momentWords(at('2026-11-23T13:02:00Z'), now))).toBe('à 14 h 02');
  expect(plain(momentWords(at('2026-11-25T09:00:00Z'), now))).toBe('mercredi 25 novembre à 10 h 00');
});

test.each([
  ['2026-11-24', '10:00', '2026-11-24T09:00:00Z'],
  ['2026-07-14', '10:00', '2026-07-14T08:00:00Z'],
  // The night when the clocks go forward, and the one when they go back.
  ['2026-03-29', '10:00', '2026-03-29T08:00:00Z'],
  ['2026-03-29', '01:59', '2026-03-29T00:59:00Z'],
  ['2026-10-25', '10:00', '2026-10-25T09:00:00Z'],
  ['2026-10-25', '00:30', '2026-10-24T22:30:00Z'],
])('%s at %s in Paris', (date, time, expected) => {
  expect(new Date(parisInstant(date, time) ?? 0).toISOString()).toBe(new Date(expected).toISOString());
});

test('what is no date gives no instant', () => {
  expect(parisInstant('', '10:00')).toBeUndefined();
});

test('tomorrow is the next day of the calendar, whatever its length', () => {
  expect(tomorrowAt(at('2026-11-23T23:30:00Z'), '10:00')).toBe(at('2026-11-25T09:00:00Z'));
  expect(tomorrowAt(at('2026-10-24T12:00:00Z'), '10:00')).toBe(at('2026-10-25T09:00:00Z'));
  expect(tomorrowAt(at('2026-12-31T12:00:00Z'), '10:00')).toBe(at('2027-01-01T09:00:00Z'));
});

test.each([
  [-5, '0 s'],
  [12_400, '12 s'],
  [180_000, '3 min'],
  [3_900_000, '1 h 05'],
  [86_400_000, '1 jour'],
  [200_000_000, '2 jours'],
])('%i ms is « %s »', (ms, expected) => {
  expect(plain(durationWords(ms))).toBe(expected);
});

const minute = (n: number): number => at('2026-11-23T13:00:00Z') + n * 60_000;
const shape = (messages: readonly Message[], firstReadSeq = 0) =>
  timeline({ messages, me: ME.id, firstReadSeq }).map((row) => {
    if (row.kind === 'event') return row.text;
    return row.kind === 'message' ? `${row.name}${row.isContinued ? '…' : ''}` : row.kind;
  });

test('who speaks is told in words, once for what is said together', () => {
  const messages = [
    buildMessage({ seq: 1, at: minute(0) }),
    buildMessage({ seq: 2, at: minute(1), author: 'bot' }),
    buildMessage({ seq: 3, at: minute(2), author: 'system', text: '', event: 'handoff.initiate' }),
    buildMessage({ seq: 4, at: minute(3), author: 'system', text: '', event: 'handoff.accepted', by: JEAN }),
    buildMessage({ seq: 5, at: minute(4), author: 'delegate', by: JEAN }),
    buildMessage({ seq: 6, at: minute(5), author: 'delegate', by: JEAN }),
    buildMessage({ seq: 7, at: minute(6), author: 'delegate', by: ME }),
    buildMessage({ seq: 8, at: minute(20), author: 'delegate', by: ME }),
  ];
  expect(shape(messages)).toEqual([
    'day',
    'Résident',
    'Assistant (robot)',
    'Le résident a demandé un délégué.',
    'Jean a pris la conversation.',
    'Jean, délégué',
    'Jean, délégué…',
    'Vous',
    'Vous',
  ]);
});

test('a separator for each day of Paris, and one before what was not read', () => {
  const messages = [
    buildMessage({ seq: 1, at: at('2026-11-23T22:30:00Z') }),
    buildMessage({ seq: 2, at: at('2026-11-23T23:30:00Z') }),
    buildMessage({ seq: 3, at: at('2026-11-23T23:31:00Z') }),
  ];
  expect(shape(messages, 2)).toEqual(['day', 'Résident', 'day', 'Résident', 'unread', 'Résident']);
  expect(shape(messages, 3)).not.toContain('unread');
  expect(shape(messages, 0)).not.toContain('unread');
});

test('the delivery state stands under my last message, in words', () => {
  const mine = [buildMessage({ seq: 5, author: 'delegate', by: ME }), buildMessage({ seq: 6 })];
  const states = (delivery: object) => deliveryStates(mine, { deliveredSeq: 4, ...delivery }, ME.id);
  expect(states({ deliveredSeq: 5 })).toEqual(new Map([[5, { kind: 'delivered', text: 'Remis' }]]));
  expect(states({}).get(5)?.kind).toBe('stored');
  expect(states({ failure: 'Le résident a bloqué le robot.' }).get(5)?.kind).toBe('failed');
  expect(states({ isResidentConnected: false }).get(5)?.text).toContain('à son retour');
  const jeans = [...mine, buildMessage({ seq: 7, author: 'delegate', by: JEAN })];
  expect(deliveryStates(jeans, { deliveredSeq: 4, isResidentConnected: true }, ME.id).size).toBe(0);
  expect(deliveryStates(mine, undefined, ME.id).size).toBe(0);
});

describe('in a messenger, which says nothing of its users', () => {
  const messages = [
    buildMessage({ seq: 3, author: 'delegate', by: JEAN, text: 'Bonjour' }),
    buildMessage({ seq: 4 }),
    buildMessage({ seq: 5, author: 'delegate', by: JEAN, text: 'Je regarde' }),
    buildMessage({ seq: 6, author: 'delegate', by: ME, text: 'Moi aussi' }),
    buildMessage({ seq: 7, author: 'system', text: '', event: 'handoff.completed' }),
    buildMessage({ seq: 8, author: 'bot', text: 'Je reprends.' }),
  ];
  const kinds = (delivery: Delivery) =>
    Array.from(deliveryStates(messages, delivery, ME.id), ([seq, { kind }]) => `${seq} ${kind}`).toSorted();

  test('what delegates wrote and what has not left is told, whoever reads it', () => {
    expect(kinds({ deliveredSeq: 4 })).toEqual(['5 stored', '6 stored']);
    expect(kinds({ deliveredSeq: 8 })).toEqual(['6 delivered']);
  });

  test('why it does not leave stands once, under the last that waits, the robot’s included', () => {
    expect(kinds({ deliveredSeq: 4, failure: 'Injoignable' })).toEqual(['5 stored', '6 stored', '8 failed']);
    const [last] = deliveryStates(messages, { deliveredSeq: 7, failure: 'Injoignable' }, ME.id).values();
    expect(last).toEqual({ kind: 'delivered', text: 'Remis' });
  });

  test('a message in doubt says so as long as it is marked, whoever wrote it, and no other way', () => {
    expect(kinds({ deliveredSeq: 8, uncertain: [3, 4, 6, 7, 8], failure: 'Incertain' })).toEqual([
      '3 uncertain',
      '6 uncertain',
      '8 uncertain',
    ]);
  });

  test('a message that was refused to the end is not told to have arrived', () => {
    expect(kinds({ deliveredSeq: 8, refused: [3, 6] })).toEqual(['3 failed', '6 failed']);
    const states = deliveryStates(messages, { deliveredSeq: 8, refused: [6] }, ME.id);
    expect(states.get(6)?.text).toMatch(/^Refusé/);
  });
});

describe('what the resident wrote anew', () => {
  const NOON = at('2026-11-23T11:00:00Z');
  const said = (seq: number, text: string, more: Partial<Message> = {}) =>
    buildMessage({ seq, text, at: NOON + seq * 60_000, ...more });
  const rows = (messages: readonly Message[]) =>
    timeline({ messages, me: ME.id, firstReadSeq: 100 }).flatMap((row) =>
      row.kind === 'message' ? [{ ...row, seq: row.message.seq, text: row.message.text }] : [],
    );

  test('stands at its place, with the text that it replaces; the earlier one says when it was replaced', () => {
    const first = said(1, 'Demain à 10 h');
    const shown = rows([first, said(2, 'D’accord', { author: 'bot' }), said(3, 'Demain à 11 h', { edits: 1 })]);
    expect(shown.map(({ replacedAt }) => replacedAt)).toEqual([NOON + 3 * 60_000, undefined, undefined]);
    expect(shown.map(({ correction }) => correction)).toEqual([
      undefined,
      undefined,
      { original: first, before: 'Demain à 10 h' },
    ]);
    expect(shown.map(({ text }) => text)).toEqual(['Demain à 10 h', 'D’accord', 'Demain à 11 h']);
  });

  test.each([1, 2])('twice: each with the one before it, in order (the second names message %i)', (edits) => {
    const shown = rows([said(1, 'un'), said(2, 'deux', { edits: 1 }), said(3, 'trois', { edits })]);
    expect(shown.map(({ correction }) => correction?.before)).toEqual([undefined, 'un', 'deux']);
    expect(shown.map(({ correction }) => correction?.original?.seq)).toEqual([undefined, 1, 1]);
    expect(shown.map(({ replacedAt }) => replacedAt)).toEqual([NOON + 2 * 60_000, NOON + 3 * 60_000, undefined]);
  });

  test('was replaced when the resident’s messenger says so, not when the server heard of it', () => {
    const shown = rows([said(1, 'un'), said(2, 'deux', { edits: 1, editedAt: NOON + 90_000 })]);
    expect(shown.map(({ replacedAt }) => replacedAt)).toEqual([NOON + 90_000, undefined]);
  });

  test('without the earlier one on the page, it still is one', () => {
    expect(rows([said(7, 'trois', { edits: 2 })])[0]?.correction).toEqual({ original: undefined, before: undefined });
  });

  test('has its author’s name above it', () => {
    expect(rows([said(1, 'un'), said(2, 'deux', { edits: 1 })])[1]?.isContinued).toBe(false);
  });

  test('names that lead in a circle, or forward, end', () => {
    const shown = rows([said(1, 'un', { edits: 2 }), said(2, 'deux', { edits: 1 })]);
    expect(shown).toHaveLength(2);
  });
});

test('a taking that does not say whose it was is that of whoever holds it now', () => {
  const taken = (seq: number) => buildMessage({ seq, author: 'system', text: '', event: 'handoff.accepted' });
  const rows = timeline({ messages: [taken(1), taken(2)], me: ME.id, firstReadSeq: 0, holder: JEAN });
  const events = rows.flatMap((row) => (row.kind === 'event' ? [row.text] : []));
  expect(events).toEqual(['Un délégué a pris la conversation.', 'Jean a pris la conversation.']);
});
