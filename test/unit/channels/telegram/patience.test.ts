import { describe, expect, test } from '@jest/globals';
import { ApiFault } from '../../../../src/channels/telegram/api.js';
import { createConnection } from '../../../../src/channels/telegram/connection.js';
import { createPatience, pauseMs } from '../../../../src/channels/telegram/patience.js';
import { createManualClock } from '../../../support/directline-server.js';
import { createManualTimers } from '../../../support/directline-timers.js';

const AWAY = new ApiFault('unreachable');
const REFUSED = new ApiFault('refused', { status: 401 });

function start() {
  const timers = createManualTimers(createManualClock());
  const failures: unknown[] = [];
  const connection = { failed: (fault: unknown) => void failures.push(fault) };
  return { timers, failures, patience: createPatience({ timers, random: () => 0, connection }) };
}

describe('the pause before another try', () => {
  test.each([
    [1, AWAY, 1_000],
    [3, AWAY, 4_000],
    [6, AWAY, 30_000],
    [1_000_000, AWAY, 30_000],
    [9, REFUSED, 256_000],
    [20, REFUSED, 300_000],
    [1, new ApiFault('failed', { status: 429, retryAfterMs: 70_000 }), 70_000],
    [1, new TypeError('x'), 1_000],
  ])('%i tries, %s', (tries, fault, ms) => {
    expect(pauseMs(tries, 0, fault)).toBe(ms);
    expect(pauseMs(tries, 0.999, fault)).toBeLessThanOrEqual(ms * 1.25);
  });
});

describe('patience', () => {
  test('tries until it succeeds, and tells of each fault', async () => {
    const { patience, timers, failures } = start();
    let calls = 0;
    const done = patience.until(async () => {
      calls += 1;
      if (calls < 3) throw AWAY;
      return 'well';
    });
    await new Promise(setImmediate);
    timers.advance(1);
    await new Promise(setImmediate);
    timers.advance(2);
    expect(await done).toBe('well');
    expect(failures).toEqual([AWAY, AWAY]);
    expect(timers.pending()).toBe(0);
  });

  test('waits no longer once something has happened, or once it is over', async () => {
    const { patience, timers } = start();
    await patience.wait(1_000, Promise.reject(new Error('an event all the same')));
    const waiting = patience.wait(1_000);
    patience.finish();
    await waiting;
    await patience.wait(1_000);
    expect(timers.pending()).toBe(0);
    expect(patience.isOver).toBe(true);
  });

  test('ends without a word when it is over', async () => {
    const { patience, failures } = start();
    const done = patience.until(async () => {
      patience.finish();
      throw AWAY;
    });
    expect(await done).toBeUndefined();
    expect(failures).toEqual([]);
    expect(await patience.until(async () => 'never')).toBeUndefined();
  });
});

describe('what the operator is told', () => {
  function watch() {
    const lines: string[] = [];
    const line = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
    return { lines, connection: createConnection({ info: line, warn: line, error: line }) };
  }

  test('one hiccup is none; two in a row are, once', () => {
    const { lines, connection } = watch();
    connection.isWell();
    connection.failed(AWAY);
    connection.isWell();
    connection.failed(AWAY);
    expect(lines).toHaveLength(1);
    connection.failed(AWAY);
    connection.failed(AWAY);
    expect(lines).toHaveLength(2);
    connection.isWell();
    expect(lines).toHaveLength(3);
    expect(connection.state()).toBe('running');
  });

  test('what never worked is told at once', () => {
    const { lines, connection } = watch();
    connection.failed(AWAY);
    expect(connection.state()).toBe('unreachable');
    expect(lines).toHaveLength(1);
  });

  test.each([
    [401, 'token-refused', '@BotFather'],
    [404, 'token-refused', '@BotFather'],
    [409, 'conflict', 'Un autre programme'],
    [400, 'unreachable', 'ne répond pas'],
  ])('a %i is %s', (status, state, words) => {
    const { lines, connection } = watch();
    connection.isWell();
    connection.failed(new ApiFault('refused', { status }));
    connection.failed(new ApiFault('refused', { status }));
    expect(connection.state()).toBe(state);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(words);
  });
});
