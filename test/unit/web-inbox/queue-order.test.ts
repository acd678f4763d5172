import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../../../src/web/inbox/live/wire.js';
import { countWaiting, orderQueue } from '../../../src/web/inbox/queue/order.js';
import { buildCard, JEAN, ME } from '../../support/inbox-queue-builders.js';

const NOW = 1_000_000;
const order = (cards: readonly Card[], readSeqs: Record<string, number> = {}) =>
  orderQueue({ cards, readSeqs, me: ME.id, now: NOW });
const shape = (cards: readonly Card[]) =>
  order(cards).map(({ name, items }) => [name, ...items.map(({ card }) => card.id)]);
const held = { status: 'assigned', waitingSince: undefined } as unknown as Partial<Card>;

test('dangers, then waits, then what was missed, then mine, then the others', () => {
  const cards = [
    buildCard({ id: 'jean', ...held, holder: JEAN }),
    buildCard({ id: 'mine', ...held, holder: ME }),
    buildCard({ id: 'missed', status: 'bot', missedAt: 10 }),
    buildCard({ id: 'callback', status: 'bot', openCallbacks: 1 }),
    buildCard({ id: 'waits' }),
    buildCard({ id: 'danger', status: 'bot', emergencyAt: 5 }),
    buildCard({ id: 'later', snoozedUntil: NOW + 1 }),
  ];
  expect(shape(cards)).toEqual([
    ['emergency', 'danger'],
    ['waiting', 'waits'],
    ['to-do', 'missed', 'callback'],
    ['mine', 'mine'],
    ['others', 'jean', 'later'],
  ]);
});

test('who waits longest comes first; what is offered to a colleague comes after the rest', () => {
  const cards = [
    buildCard({ id: 'colleague', waitingSince: 1, offeredTo: JEAN }),
    buildCard({ id: 'second', waitingSince: 300, offeredTo: ME }),
    buildCard({ id: 'first', waitingSince: 200 }),
    buildCard({ id: 'third', waitingSince: 400, priority: 'high' }),
  ];
  const [waiting] = order(cards);
  expect(waiting?.items.map(({ card, offer }) => [card.id, offer])).toEqual([
    ['first', undefined],
    ['second', 'me'],
    ['third', undefined],
    ['colleague', 'colleague'],
  ]);
});

test('a snooze that is over puts it among those who wait', () => {
  expect(shape([buildCard({ snoozedUntil: NOW })])).toEqual([['waiting', 'c1']]);
});

test('a danger stays first whoever holds the conversation', () => {
  expect(shape([buildCard({ id: 'a' }), buildCard({ id: 'b', ...held, holder: JEAN, emergencyAt: 9 })])).toEqual([
    ['emergency', 'b'],
    ['waiting', 'a'],
  ]);
});

test('my conversations with news come before those without', () => {
  const mine = { ...held, holder: ME, lastSeq: 8 };
  const cards = [
    buildCard({ id: 'read', ...mine, lastMessageAt: 900 }),
    buildCard({ id: 'unread', ...mine, lastMessageAt: 100 }),
  ];
  const [section] = order(cards, { read: 8, unread: 5 });
  expect(section?.items.map(({ card, unread }) => [card.id, unread])).toEqual([
    ['unread', 3],
    ['read', 0],
  ]);
});

test('what was never looked at is new rather than so many messages', () => {
  expect(order([buildCard({ lastSeq: 43 })])[0]?.items[0]?.unread).toBe('new');
});

test('counts who waits and which dangers nobody has seen', () => {
  const cards = [
    buildCard({ id: 'a' }),
    buildCard({ id: 'b', snoozedUntil: NOW + 1 }),
    buildCard({ id: 'c', emergencyAt: 4 }),
    buildCard({ id: 'd', ...held, holder: ME }),
  ];
  expect(countWaiting(order(cards))).toEqual({ waiting: 2, emergencies: 1 });
});

test('every card is shown once, in the same order however they came', () => {
  const card = fc.record({
    status: fc.constantFrom('waiting' as const, 'assigned' as const, 'bot' as const),
    waitingSince: fc.nat(3),
    lastMessageAt: fc.nat(3),
    holder: fc.constantFrom(ME, JEAN),
    offeredTo: fc.constantFrom(ME, JEAN),
    openCallbacks: fc.nat(1),
    snoozedUntil: fc.constantFrom(NOW - 1, NOW + 1),
  });
  const cards = fc
    .array(card, { maxLength: 12 })
    .map((list) => list.map((part, index) => buildCard({ ...part, id: `c${index}` })));
  fc.assert(
    fc.property(
      cards.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(shape(shuffled)).toEqual(shape(list));
        expect(order(list).flatMap(({ items }) => items).length).toBe(list.length);
      },
    ),
    { numRuns: 200 },
  );
});
