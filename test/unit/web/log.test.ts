import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addOutgoing,
  countUnread,
  EMPTY_LOG,
  isInConfidence,
  type Log,
  lastSeq,
  receive,
  setDelivery,
  unacknowledged,
} from '../../../src/web/widget/model/log.js';
import type { Author, Handoff, Message } from '../../../src/web/widget/model/message.js';
import {
  currentActions,
  currentSpeaker,
  markerOf,
  standing,
  timeline,
} from '../../../src/web/widget/model/timeline.js';

const NOON = Date.parse('2026-11-25T12:00:00Z');

function message(seq: number, overrides: Partial<Message> = {}): Message {
  return { seq, author: 'bot', text: `message ${seq}`, at: NOON + seq, cards: [], actions: [], ...overrides };
}

const received = (...messages: readonly Message[]) =>
  messages.reduce((log, one) => receive(log, { kind: 'message', message: one }), EMPTY_LOG);

const outgoing = (clientId: string) => ({ clientId, text: 'bonjour', at: NOON, delivery: 'queued' as const });

test('whatever the order and however often messages arrive, each is there once, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (seqs) => {
      const log = received(...seqs.map((seq) => message(seq)));
      expect(log.messages.map(({ seq }) => seq)).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }),
  );
});

test('the echo takes the place of what was sent, and its bubble keeps its key', () => {
  const sent = addOutgoing(received(message(1)), outgoing('abc'));
  const echoed = receive(sent, { kind: 'message', message: message(2, { author: 'resident', clientId: 'abc' }) });
  expect(echoed.outgoing).toEqual([]);
  const keys = [sent, echoed].map(
    (log) =>
      timeline(log)
        .flatMap((row) => (row.kind === 'group' ? row.entries : []))
        .at(-1)?.key,
  );
  expect(keys).toEqual(['abc', 'abc']);
});

test('an erasure empties the log up to itself, and keeps what was not sent yet', () => {
  const log = addOutgoing(received(message(1), message(2), message(4)), outgoing('later'));
  const erased = receive(log, { kind: 'erased', seq: 3 });
  expect(erased.messages.map(({ seq }) => seq)).toEqual([4]);
  expect(erased.outgoing).toHaveLength(1);
});

test('what a reload brings back is what was not acknowledged; one on its way waits again', () => {
  let log = EMPTY_LOG;
  for (const id of ['a', 'b', 'c', 'd']) log = addOutgoing(log, outgoing(id));
  log = setDelivery(setDelivery(setDelivery(log, 'a', 'sent'), 'b', 'sending'), 'c', 'failed');
  expect(unacknowledged(log).map(({ clientId, delivery }) => [clientId, delivery])).toEqual([
    ['b', 'queued'],
    ['c', 'failed'],
    ['d', 'queued'],
  ]);
});

test('typing ends with the answer, and one’s own typing is not shown', () => {
  const typing = receive(received(message(1)), { kind: 'typing', author: 'delegate', name: 'Jean' });
  expect(typing.typing).toEqual({ author: 'delegate', name: 'Jean' });
  const own = receive(typing, { kind: 'message', message: message(2, { author: 'resident' }) });
  expect(own.typing).toBeDefined();
  expect(receive(own, { kind: 'message', message: message(3, { author: 'delegate' }) }).typing).toBeUndefined();
  expect(receive(EMPTY_LOG, { kind: 'typing', author: 'resident' })).toEqual(EMPTY_LOG);
});

test('unread are the messages of others after the last one seen', () => {
  const log = received(message(1), message(2, { author: 'resident' }), message(3), message(4, { author: 'system' }));
  expect([0, 1, 3, 4].map((seen) => countUnread(log, seen))).toEqual([3, 2, 1, 0]);
  expect(lastSeq(EMPTY_LOG)).toBe(0);
});

test('messages are grouped by author, closeness and day', () => {
  const minute = 60_000;
  const rows = timeline(
    received(
      message(1, { at: NOON }),
      message(2, { at: NOON + minute }),
      message(3, { at: NOON + 9 * minute }),
      message(4, { at: NOON + 9 * minute, author: 'delegate', name: 'Jean' }),
      message(5, { at: NOON + 24 * 60 * minute, author: 'delegate', name: 'Jean' }),
    ),
  );
  expect(rows.map((row) => (row.kind === 'group' ? `${row.author} ${row.entries.length}` : row.kind))).toEqual([
    'day',
    'bot 2',
    'bot 1',
    'delegate 1',
    'day',
    'delegate 1',
  ]);
});

test('only the very last message offers its buttons', () => {
  const actions = [{ title: 'Adresse', value: 'Adresse' }];
  const log = received(message(1, { actions }));
  expect(currentActions(log)).toEqual(actions);
  expect(currentActions(addOutgoing(log, outgoing('a')))).toEqual([]);
  expect(currentActions(receive(log, { kind: 'message', message: message(2) }))).toEqual([]);
});

test.each<[readonly Author[], string]>([
  [[], 'bot'],
  [['bot', 'delegate', 'resident'], 'delegate'],
  [['delegate', 'system', 'bot'], 'bot'],
])('after %j, it is the %s that answers', (authors, expected) => {
  expect(currentSpeaker(received(...authors.map((author, index) => message(index + 1, { author })))).author).toBe(
    expected,
  );
});

describe('who speaks, by the handoff events of the log', () => {
  const change = (log: Log, seq: number, state: Handoff): Log => receive(log, { kind: 'handoff', seq, state });
  const jean = (seq: number) => message(seq, { author: 'delegate', name: 'Jean, délégué' });

  test.each<[string, readonly Handoff[], Handoff, 'bot' | 'delegate']>([
    ['nothing yet', [], 'bot', 'bot'],
    ['asked', ['waiting'], 'waiting', 'bot'],
    ['taken', ['waiting', 'delegate'], 'delegate', 'delegate'],
    ['handed to a colleague', ['waiting', 'delegate', 'waiting'], 'waiting', 'bot'],
    ['given back', ['waiting', 'delegate', 'bot'], 'bot', 'bot'],
    ['nobody came', ['waiting', 'failed'], 'failed', 'bot'],
  ])('%s', (_, states, expected, speaker) => {
    const log = states.reduce((before, state, index) => change(before, index + 1, state), EMPTY_LOG);
    expect(standing(log)).toBe(expected);
    expect(currentSpeaker(log).author).toBe(speaker);
  });

  test('whatever the order and however often they arrive', () => {
    const events = [
      { kind: 'handoff', seq: 2, state: 'waiting' },
      { kind: 'handoff', seq: 5, state: 'delegate' },
      { kind: 'handoff', seq: 9, state: 'bot' },
    ] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (arrived) => {
        const log = [...arrived, ...events].reduce(receive, EMPTY_LOG);
        expect(log.handoffs.map(({ seq }) => seq)).toEqual([2, 5, 9]);
        expect(standing(log)).toBe('bot');
      }),
    );
  });

  test('the name is that of the delegate who wrote since, not of the one before', () => {
    let log = change(received(jean(2)), 1, 'delegate');
    expect(currentSpeaker(log)).toEqual({ author: 'delegate', name: 'Jean, délégué' });
    log = change(log, 3, 'delegate');
    expect(currentSpeaker(log)).toEqual({ author: 'delegate' });
    const signed = receive(log, { kind: 'handoff', seq: 5, state: 'delegate', name: 'Marie, déléguée' });
    expect(currentSpeaker(signed)).toEqual({ author: 'delegate', name: 'Marie, déléguée' });
    const numbers = receive(log, { kind: 'message', message: message(4) });
    expect(currentSpeaker(numbers)).toEqual({ author: 'delegate' });
  });

  test('an erasure leaves the one who speaks', () => {
    const log = receive(change(received(jean(2)), 1, 'delegate'), { kind: 'erased', seq: 3 });
    expect(log.messages).toEqual([]);
    expect(standing(log)).toBe('delegate');
  });

  test('the place in the queue lasts as long as the wait, and may come before its event', () => {
    const early = receive(EMPTY_LOG, { kind: 'place', place: { position: 2 } });
    const waiting = change(early, 1, 'waiting');
    expect(waiting.place).toEqual({ position: 2 });
    expect(receive(waiting, { kind: 'message', message: message(2) }).place).toEqual({ position: 2 });
    expect(change(waiting, 3, 'delegate').place).toBeUndefined();
  });

  test('the system’s words right after an event are a marker; other words are not', () => {
    const system = (seq: number) => message(seq, { author: 'system' });
    const log = change(change(received(system(2), system(3), system(5)), 1, 'delegate'), 4, 'failed');
    expect(log.messages.map((one) => markerOf(log, one))).toEqual(['delegate', undefined, undefined]);
    expect(timeline(log).map(({ kind }) => kind)).toEqual(['day', 'marker', 'group']);
  });

  test('events count neither as unread nor as a position seen', () => {
    const log = change(received(message(1)), 2, 'waiting');
    expect(countUnread(log, 1)).toBe(0);
    expect(lastSeq(log)).toBe(1);
  });
});

describe('what is written in confidence', () => {
  const sealed = (seq: number, clientId: string) =>
    message(seq, { author: 'resident', clientId, text: '(réponse scellée)', isConfidential: true });

  test('goes by the last word of the assistant, whoever spoke since', () => {
    const asked = received(message(1, { asksInConfidence: true }), message(2, { author: 'system' }));
    expect(isInConfidence(asked)).toBe(true);
    expect(isInConfidence(receive(asked, { kind: 'message', message: message(3) }))).toBe(false);
    expect(isInConfidence(EMPTY_LOG)).toBe(false);
  });

  test('keeps its words on the page that sent it, though the server does not repeat them', () => {
    const sent = addOutgoing(EMPTY_LOG, outgoing('abc'));
    const echoed = receive(sent, { kind: 'message', message: sealed(1, 'abc') });
    expect(echoed.messages).toMatchObject([{ text: 'bonjour', isConfidential: false }]);
    expect(echoed.outgoing).toEqual([]);
    const readAgain = receive({ ...EMPTY_LOG, own: echoed.own }, { kind: 'message', message: sealed(1, 'abc') });
    expect(readAgain.messages).toMatchObject([{ text: 'bonjour' }]);
  });

  test('shows that it is sealed on any other page', () => {
    const { messages } = receive(EMPTY_LOG, { kind: 'message', message: sealed(1, 'abc') });
    expect(messages).toMatchObject([{ text: '(réponse scellée)', isConfidential: true }]);
  });

  test('the words of others stay as the server says them', () => {
    const recap = message(2, { text: 'récapitulatif', isConfidential: true });
    const log = receive(addOutgoing(EMPTY_LOG, outgoing('abc')), { kind: 'message', message: recap });
    expect(log.messages).toEqual([recap]);
    expect(log.own).toEqual({});
  });

  test('an erasure takes the words too', () => {
    const echoed = receive(addOutgoing(EMPTY_LOG, outgoing('abc')), { kind: 'message', message: sealed(1, 'abc') });
    expect(receive(echoed, { kind: 'erased', seq: 2 })).toMatchObject({ messages: [], own: {} });
  });
});
