import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Line } from '../../../src/realtime/line.js';
import { createLinePeers, type LinePeers } from '../../../src/realtime/line-peers.js';
import { createLineSeal } from '../../../src/realtime/line-seal.js';
import { createManualClock, type ManualClock } from '../../support/directline-server.js';
import { createManualTimers, type ManualTimers } from '../../support/directline-timers.js';
import { createFakeLine, type FakeLine } from '../../support/fake-line.js';

const KEY = Buffer.alloc(32, 7);
let line: FakeLine;
let clock: ManualClock;
let timers: ManualTimers;
let lines: string[];
let one: LinePeers<Line>;
let other: LinePeers<Line>;

function open(key: Uint8Array = KEY): LinePeers<Line> {
  const logAs = (level: string) => (_fields: object, words?: string) => void lines.push(`${level} ${words}`);
  const log = { info: logAs('info'), warn: logAs('warn'), error: logAs('error') };
  return createLinePeers({ key, timers, log, open: line.open });
}

/** Second by second, with all that passes meanwhile. */
async function pass(seconds: number): Promise<void> {
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    timers.advance(0.1);
    await line.idle();
  }
}

beforeEach(async () => {
  line = createFakeLine();
  clock = createManualClock();
  timers = createManualTimers(clock);
  lines = [];
  one = open();
  other = open();
  await line.idle();
});

afterEach(() => {
  for (const peers of [one, other]) peers.close();
});

describe('the state', () => {
  test('is together as soon as the own beat comes back, and watchers are told of each change', async () => {
    const told: string[] = [];
    one.watch((state) => told.push(state));
    expect(one.state()).toBe('together');
    line.shut();
    expect(one.state()).toBe('apart');
    line.reopen();
    await line.idle();
    expect(one.state()).toBe('together');
    expect(told).toEqual(['apart', 'together']);
  });

  test('is apart within about three seconds of silence; the line is opened anew, again and again', async () => {
    line.isSilent = true;
    await pass(2);
    expect(one.state()).toBe('together');
    await pass(1.5);
    expect(one.state()).toBe('apart');
    const first = line.renewals();
    expect(first).toBeGreaterThan(0);
    await pass(12);
    expect(line.renewals()).toBeGreaterThan(first);
    line.isSilent = false;
    await pass(1);
    expect(one.state()).toBe('together');
  });

  test('a process that was paused for a minute does not take that for a silence', async () => {
    const told: string[] = [];
    one.watch((state) => told.push(state));
    // Its timer rings once, late; what came meanwhile is read after it.
    clock.advance(60);
    timers.advance(0);
    await pass(3);
    expect(told).toEqual([]);
  });

  test('one that did not answer in time is not trusted until the next beat', async () => {
    one.suspect(new Error('SLOW'));
    expect([one.isAlive(), one.state()]).toEqual([false, 'apart']);
    await pass(1);
    expect([one.isAlive(), one.state()]).toEqual([true, 'together']);
    expect(lines.filter((words) => words.startsWith('warn'))).toEqual([]);
  });

  test('is apart for the sake of living processes that are out of hearing', async () => {
    one.setOutOfHearing(true);
    expect([one.isAlive(), one.state()]).toEqual([true, 'apart']);
    await pass(3);
    expect(lines.at(-1)).toContain('sans être relié à celui-ci');
    one.setOutOfHearing(false);
    expect(one.state()).toBe('together');
  });

  test.each([
    [undefined, 'Redis ne répond pas'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'Redis ne répond pas'],
    [new Error('WRONGPASS invalid username-password pair'), 'Redis refuse l’accès'],
    [new Error('NOPERM this user has no permissions'), 'Redis refuse l’accès'],
    [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'Le certificat de Redis'],
    [Object.assign(new Error('x'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'seulement vers un port TLS'],
    [Object.assign(new Error('x'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'Le certificat de Redis'],
  ])('%s is told to the operator once, with its remedy', async (fault, words) => {
    line.shut(fault);
    await pass(30);
    const told = lines.filter((each) => each.startsWith('warn'));
    // Both processes tell it.
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(words);
  });
});

describe('what is told', () => {
  test('a listener that throws keeps nothing from the others, and is logged without what was told', async () => {
    const heard: unknown[] = [];
    other.listen('change', () => {
      throw new Error('canari');
    });
    other.listen('change', (content, from) => heard.push([content, from]));
    one.tell('change', { word: 'canari' });
    await line.idle();
    expect(heard).toEqual([[{ word: 'canari' }, one.self]]);
    expect(lines.join()).toContain('could not be taken in');
    expect(lines.join()).not.toContain('canari');
  });

  test('only those who listen to the topic hear it, and nobody any more once they ended it', async () => {
    const heard: unknown[] = [];
    const end = other.listen('session', (content) => heard.push(content));
    other.listen('presence', (content) => heard.push(content));
    one.tell('session', { number: 1 });
    await line.idle();
    end();
    one.tell('session', { number: 2 });
    await line.idle();
    expect(heard).toEqual([{ number: 1 }]);
  });

  test('what is too long, malformed, of another version or another key is passed over', async () => {
    const heard: unknown[] = [];
    other.listen('change', (content) => heard.push(content));
    one.tell('change', { word: 'x'.repeat(300_000) });
    const seal = createLineSeal(KEY, randomBytes(16).toString('base64url'));
    const foreign = createLineSeal(randomBytes(32), randomBytes(16).toString('base64url'));
    const said = JSON.stringify({ kind: 'tell', topic: 'change', content: { number: 1 } });
    for (const text of ['{', 'null', '[]', '{"kind":"dance"}', '{"kind":"tell","topic":"weather","content":{}}'])
      line.inject(seal.seal(text));
    line.inject(foreign.seal(said));
    for (const length of [0, 1, 24, 40, 41, 500]) line.inject(randomBytes(length));
    const altered = seal.seal(said);
    for (let at = 0; at < altered.length; at += 1) {
      const copy = Buffer.from(altered);
      copy[at] = (copy[at] ?? 0) ^ 0x40;
      line.inject(copy);
    }
    await line.idle();
    expect(heard).toEqual([]);
    expect(lines.join()).toContain('Too long to be told');
    line.inject(seal.seal(said));
    await line.idle();
    expect(heard).toEqual([{ number: 1 }]);
  });

  test('nothing of it is in what is carried', async () => {
    one.tell('secret', { word: 'canari' });
    await line.idle();
    const carried = Buffer.concat(line.carried);
    for (const word of ['canari', 'secret', 'tell']) expect(carried.includes(word)).toBe(false);
  });
});

describe('questions', () => {
  test('the first answer that there is counts', async () => {
    const third = open();
    await line.idle();
    other.answer('secret', () => undefined);
    third.answer('secret', (question) => ({ question: question as { word: string } }));
    expect(await one.ask('secret', { word: 'a' }, 1_000)).toEqual({ question: { word: 'a' } });
    third.close();
  });

  test('without an answer they end in time; without a line, or others, at once', async () => {
    const asked = one.ask('secret', {}, 300);
    await pass(0.4);
    expect(await asked).toBeUndefined();
    line.isSilent = true;
    expect(await one.ask('secret', {}, 60_000)).toBeUndefined();
    line.isSilent = false;
    other.close();
    await line.idle();
    expect(await one.ask('secret', {}, 60_000)).toBeUndefined();
    line.shut();
    expect(await one.ask('secret', {}, 60_000)).toBeUndefined();
  });

  test('so many may be open at most; an answerer that throws is as one without an answer', async () => {
    other.answer('secret', () => {
      throw new Error('canari');
    });
    const asked = Array.from({ length: 1_000 }, () => one.ask('secret', {}, 1_000));
    expect(await one.ask('secret', {}, 60_000)).toBeUndefined();
    await pass(1.1);
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 1_000 }, () => undefined));
  });
});

test('who is within hearing: for six seconds after its last word, unless it took leave', async () => {
  await pass(1);
  expect([one.isHeard(other.self), one.isHeard(one.self), one.isHeard('nobody')]).toEqual([true, false, false]);
  other.close();
  await line.idle();
  expect(one.isHeard(other.self)).toBe(false);

  const killed = open();
  await pass(1);
  line.isSilent = true;
  await pass(7);
  expect(one.isHeard(killed.self)).toBe(false);
  killed.close();
});
