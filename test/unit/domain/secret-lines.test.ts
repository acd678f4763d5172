import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Peers } from '../../../src/domain/peers.js';
import { createReportKeys } from '../../../src/domain/report-keys.js';
import { createReportTickets } from '../../../src/domain/report-tickets.js';
import { createSecretLines } from '../../../src/domain/secret-lines.js';
import { createConfidences } from '../../../src/pipeline/confidences.js';
import { createNoPeers } from '../../../src/realtime/no-peers.js';
import { createManualClock, type ManualClock } from '../../support/directline-server.js';
import { createPeerLine, type PeerLine } from '../../support/peers.js';

const MINUTE = 60;
const KEY = new Uint8Array(32).fill(7);
const LOOKUP = Buffer.alloc(32, 9).toString('base64url');

let line: PeerLine;
let clock: ManualClock;

beforeEach(() => {
  line = createPeerLine();
  clock = createManualClock();
});

function start(peers: Peers = line.join(), own: ManualClock = clock) {
  const lines = createSecretLines(peers, own.now);
  return {
    peers,
    lines,
    keys: createReportKeys({ clock: own.now, lines }),
    tickets: createReportTickets({ clock: own.now, lines }),
    words: createConfidences(own.now, { lines }),
  };
}

const lastUsed = (): number => clock.now().getTime();
const asked = (): number => line.passed.filter(({ kind }) => kind === 'ask').length;

describe('what one process keeps', () => {
  test('is known to the others, for the time that was left, whatever their clocks say', async () => {
    const one = start();
    const late = createManualClock();
    late.advance(-90 * MINUTE);
    const other = start(line.join(), late);
    one.keys.keep('r', 'k', KEY);
    const ticket = one.tickets.issue('r', LOOKUP);
    const name = one.words.keep('c', 'les mots');
    await line.idle();
    const known = () => [other.keys.copyOf('r', 'k'), other.tickets.reportOf(ticket), other.words.find(name)];
    expect(known()).toEqual([KEY, 'r', 'les mots']);
    expect(other.tickets.markOf(ticket, 'm')).toBe(one.tickets.markOf(ticket, 'm'));
    late.advance(10 * MINUTE);
    expect(known()).toEqual([KEY, undefined, 'les mots']);
    late.advance(20 * MINUTE);
    expect(known()).toEqual([undefined, undefined, undefined]);
  });

  test('lives no longer for having been asked for late', async () => {
    const one = start();
    line.lose(({ kind }) => kind === 'tell');
    one.keys.keep('r', 'k', KEY);
    const name = one.words.keep('c', 'les mots');
    const began = lastUsed();
    clock.advance(29 * MINUTE);
    const other = start();
    await Promise.all([other.keys.learn('r', ['k'], began), other.words.learn(name)]);
    expect([other.keys.has('r', 'k'), other.words.find(name)]).toEqual([true, 'les mots']);
    clock.advance(MINUTE);
    expect([other.keys.has('r', 'k'), other.words.find(name)]).toEqual([false, undefined]);
  });

  test('is copied by nobody where there is no other process', async () => {
    const alone = start(createNoPeers('sole'));
    const told: unknown[] = [];
    alone.lines.join('words', { take: () => undefined, find: () => undefined, all: () => [] }).tell(() => {
      told.push('made');
      return {};
    });
    await alone.words.learn('receipt:unknown');
    expect(told).toEqual([]);
  });
});

test('a key that is known is not replaced by what another process tells, and lasts as long as any of them says', async () => {
  const [one, other] = [start(), start()];
  one.keys.keep('r', 'k', KEY);
  await line.idle();
  clock.advance(20 * MINUTE);
  other.keys.keep('r', 'k', new Uint8Array(32).fill(8));
  await line.idle();
  clock.advance(20 * MINUTE);
  expect(one.keys.copyOf('r', 'k')).toEqual(KEY);
});

test('words that are known are not replaced by what another process tells', async () => {
  const [one, other] = [start(), start()];
  const name = one.words.keep('c', 'les mots');
  await line.idle();
  line.forge('secret', { kind: 'words', name, conversationId: 'another', text: 'autres', left: 1000 });
  await line.idle();
  clock.advance(1);
  expect([one.words.find(name), other.words.find(name)]).toEqual(['les mots', 'les mots']);
  other.words.forget('another');
  expect(other.words.find(name)).toBe('les mots');
});

describe('what is forgotten', () => {
  test('is forgotten everywhere, and not taken back from whoever has not heard of it', async () => {
    const [one, other] = [start(), start()];
    one.keys.keep('r', 'k', KEY);
    const name = one.words.keep('c', 'les mots');
    await line.idle();
    line.delay();
    one.keys.keep('r', 'k', KEY);
    other.keys.forget('r');
    other.words.drop(name);
    line.release();
    await line.idle();
    for (const { keys, words } of [one, other])
      expect([keys.has('r', 'k'), words.find(name)]).toEqual([false, undefined]);
  });

  test('a conversation is, even by whom its erasure reaches before its words do', async () => {
    const [one, other, third] = [start(), start(), start()];
    const told: JsonObject[] = [];
    third.peers.listen('secret', (content) => told.push(content as JsonObject));
    const name = one.words.keep('c', 'les mots');
    await line.idle();
    third.words.clear();
    other.words.forget('c');
    await line.idle();
    // As if what was told first came last.
    line.forge('secret', told[0], one.peers.self);
    await line.idle();
    for (const { words } of [one, other, third]) expect(words.find(name)).toBeUndefined();
    expect(told).toContainEqual({ drop: [name], kind: 'words' });
  });

  test('what is kept after an erasure is kept', async () => {
    const [one, other] = [start(), start()];
    one.words.keep('c', 'avant');
    other.words.forget('c');
    await line.idle();
    const name = one.words.keep('c', 'après');
    await line.idle();
    expect([one.words.find(name), other.words.find(name)]).toEqual(['après', 'après']);
  });
});

describe('asking', () => {
  test('for what nobody knows is done once in a quarter of a minute, and anew when the line is back', async () => {
    const one = start();
    start();
    await Promise.all([one.tickets.learn('t'), one.tickets.learn('t')]);
    await one.tickets.learn('t');
    expect(asked()).toBe(1);
    clock.advance(15);
    await one.tickets.learn('t');
    expect(asked()).toBe(2);
    line.cut();
    line.heal();
    await one.tickets.learn('t');
    expect(asked()).toBe(3);
  });

  test('is left for what must be over, and for what is known', async () => {
    const [one, other] = [start(), start()];
    const began = lastUsed();
    const name = other.words.keep('c', 'les mots');
    await line.idle();
    await one.words.learn(name);
    clock.advance(33 * MINUTE);
    await one.words.learn(name);
    await one.words.learn('words:of-an-earlier-release');
    await one.keys.learn('r', ['k'], began);
    expect(asked()).toBe(0);
  });
});

test('what is handed over before a stop is known to the others, the newest first, as far as it is not too much', async () => {
  const one = start();
  line.lose(() => true);
  const long = one.words.keep('c', 'x'.repeat(600_000));
  const longer = one.words.keep('c', 'y'.repeat(600_000));
  line.lose(undefined);
  const other = start();
  one.lines.handOver();
  await line.idle();
  expect([other.words.find(long), other.words.find(longer)?.length]).toEqual([undefined, 600_000]);
});

test('thousands of secrets are handed over in messages that are few, and not too long for the line', async () => {
  const one = start();
  line.lose(() => true);
  for (let count = 0; count < 4000; count += 1) one.keys.keep(`r${count >> 2}`, `k${count % 4}`, KEY);
  const names = Array.from({ length: 20 }, () => one.words.keep('c', 'é'.repeat(20_000)));
  const before = line.passed.length;
  line.lose(undefined);
  const other = start();
  one.lines.handOver();
  await line.idle();
  expect(names.filter((name) => other.words.find(name) === undefined)).toEqual([]);
  expect([other.keys.has('r999', 'k3'), other.keys.has('r0', 'k0')]).toEqual([true, true]);
  const lengths = line.passed.slice(before).map(({ content }) => Buffer.byteLength(JSON.stringify(content)));
  expect(lengths.length).toBeLessThan(50);
  expect(Math.max(...lengths)).toBeLessThan(200_000);
});

test('the bounds of one process hold for what others tell as well', async () => {
  const [one, other] = [start(), start()];
  for (let count = 0; count < 1001; count += 1) one.keys.keep(`r${count}`, 'k', KEY);
  for (let count = 0; count < 200; count += 1) one.keys.keep('many', `k${count}`, KEY);
  await line.idle();
  expect([other.keys.has('r0', 'k'), other.keys.has('r1000', 'k')]).toEqual([false, true]);
  expect([other.keys.has('many', 'k99'), other.keys.has('many', 'k100')]).toEqual([true, false]);
});

const member = fc.oneof(fc.jsonValue(), fc.constantFrom('c', 'r', 'k', LOOKUP, 60_000, '__proto__', 'x'.repeat(300)));
const fuzzed = fc.record(
  {
    kind: fc.oneof(fc.constantFrom('words', 'key', 'ticket'), member),
    name: member,
    conversationId: member,
    text: member,
    left: member,
    forget: fc.oneof(fc.jsonValue(), fc.constant('another')),
    drop: member,
    reportId: member,
    keyId: member,
    key: member,
    ticket: member,
    secret: member,
  },
  { requiredKeys: [] },
);

test('whatever is told, nothing that is known is harmed, and what does not fit is ignored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fuzzed, fc.jsonValue()), { maxLength: 20 }), async (contents) => {
      line = createPeerLine();
      const one = start();
      one.keys.keep('mine', 'own', KEY);
      const ticket = one.tickets.issue('mine', LOOKUP);
      const name = one.words.keep('conversation', 'les mots');
      for (const content of contents) line.forge('secret', content);
      line.forge('secret', { several: contents });
      await line.idle();
      expect([one.keys.copyOf('mine', 'own'), one.tickets.reportOf(ticket), one.words.find(name)]).toEqual([
        KEY,
        'mine',
        'les mots',
      ]);
    }),
    { numRuns: 300 },
  );
});

test('whatever is asked or answered is taken as far as it fits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fuzzed, async (question, answer) => {
      line = createPeerLine();
      const one = start();
      const stranger = line.join();
      stranger.answer('secret', () => JSON.parse(JSON.stringify(answer)));
      await Promise.all([one.tickets.learn('t'), stranger.ask('secret', { question: JSON.stringify(question) }, 1)]);
      const { ticket, reportId } = answer;
      expect([undefined, ticket === 't' ? reportId : undefined]).toContainEqual(one.tickets.reportOf('t'));
    }),
    { numRuns: 100 },
  );
});
