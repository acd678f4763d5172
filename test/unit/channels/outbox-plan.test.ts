import { describe, expect, test } from '@jest/globals';
import {
  DELIVERY_FAILURES,
  deliveryFailureWords,
  failureOfStatus,
  readRetryAfter,
  type SendFailureCode,
} from '../../../src/channels/delivery-failures.js';
import { judge, nextTry, waitMs } from '../../../src/channels/outbox-plan.js';

const failure = (code: string) => ({ code, at: 0, attempts: 1 });

describe('which try comes next', () => {
  test.each([
    [undefined, 'first'],
    ['unreachable', 'first'],
    ['busy', 'first'],
    ['refused', 'first'],
    ['unconfirmed', 'first'],
    ['a code of an earlier version', 'first'],
    ['constructor', 'first'],
    ['sending', 'second'],
    ['unanswered', 'second'],
    ['resending', 'none'],
  ])('after %s: %s', (code, expected) => {
    expect(nextTry(code === undefined ? undefined : failure(code), 'once')).toBe(expected);
  });

  test.each([
    [undefined, 'first'],
    ['unreachable', 'first'],
    ['uncertain', 'first'],
    ['sending', 'none'],
    ['unanswered', 'none'],
  ])('where nothing is sent twice, after %s: %s', (code, expected) => {
    expect(nextTry(code === undefined ? undefined : failure(code), 'never')).toBe(expected);
  });
});

describe('what becomes of a message that could not be sent', () => {
  test('whatever happens, one that may have arrived is tried once more at most', () => {
    expect(judge('unanswered', { attempts: 1, which: 'first', resends: 'once' })).toEqual({
      kind: 'due',
      code: 'unanswered',
    });
    expect(judge('unanswered', { attempts: 2, which: 'second', resends: 'once' })).toEqual({
      kind: 'over',
      code: 'unconfirmed',
    });
    // A certain failure in between does not give a further try away.
    for (const code of ['unreachable', 'busy', 'service-error', 'refused', 'gone'] as const) {
      const verdict = judge(code, { attempts: 2, which: 'second', resends: 'once' });
      expect(verdict).toEqual({ kind: 'due', code: 'unanswered' });
      expect(nextTry(failure(verdict.code), 'once')).toBe('second');
    }
  });

  test('where nothing is sent twice, one that may have arrived is left in doubt', () => {
    const verdict = judge('unanswered', { attempts: 1, which: 'first', resends: 'never' });
    expect(verdict).toEqual({ kind: 'over', code: 'uncertain' });
    expect(judge('unreachable', { attempts: 1, which: 'first', resends: 'never' }).kind).toBe('due');
  });

  test('one that cannot have arrived is tried for ever, unless it is refused five times', () => {
    expect(judge('service-error', { attempts: 1000, which: 'first', resends: 'once' }).kind).toBe('due');
    expect([1, 4, 5].map((attempts) => judge('refused', { attempts, which: 'first', resends: 'once' }).kind)).toEqual([
      'due',
      'due',
      'over',
    ]);
  });
});

describe('the wait before another try', () => {
  const CODES: readonly SendFailureCode[] = ['unreachable', 'busy', 'service-error', 'refused', 'not-allowed', 'gone'];

  test.each(CODES)('after %s it doubles up to a limit, and at random takes a quarter more at most', (code) => {
    const waits = [1, 2, 3, 40].map((attempts) => waitMs(code, attempts, 0));
    expect(waits[1]).toBe((waits[0] ?? 0) * 2);
    expect(waits[3]).toBeLessThanOrEqual(3_600_000);
    expect(waitMs(code, 1, 0.999)).toBeLessThanOrEqual((waits[0] ?? 0) * 1.25);
  });

  test('it is never shorter than the service wants, within an hour', () => {
    expect(waitMs('busy', 1, 0, 90_000)).toBe(90_000);
    expect(waitMs('busy', 1, 0, 0)).toBe(2_000);
    expect(waitMs('busy', 1, 0, 1e12)).toBe(3_600_000);
  });
});

describe('what a service answers', () => {
  test.each<[number, SendFailureCode]>([
    [400, 'refused'],
    [401, 'not-allowed'],
    [403, 'not-allowed'],
    [404, 'gone'],
    [408, 'service-error'],
    [410, 'gone'],
    [412, 'service-error'],
    [413, 'refused'],
    [429, 'busy'],
    [500, 'service-error'],
    [502, 'service-error'],
    [503, 'service-error'],
  ])('%d is %s', (status, code) => {
    expect(failureOfStatus(status)).toBe(code);
  });

  test.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['-5', 0],
    ['Wed, 25 Nov 2026 09:01:00 GMT', 60_000],
    ['Wed, 25 Nov 2026 08:00:00 GMT', 0],
    ['bientôt', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('Retry-After %j', (header, expected) => {
    expect(readRetryAfter(header, new Date('2026-11-25T09:00:00Z'))).toBe(expected);
  });
});

test('every failure has words for a delegate; an unknown code too', () => {
  for (const [code, words] of Object.entries(DELIVERY_FAILURES)) {
    expect(deliveryFailureWords(code)).toBe(words);
    expect(words).toMatch(/^\p{Lu}.*\.$/u);
  }
  expect(deliveryFailureWords('toString')).toBe(DELIVERY_FAILURES.unreachable);
});

test('of a chat that is gone it is not said that this conversation goes on: another bot opens a new one', () => {
  expect(deliveryFailureWords('gone')).not.toMatch(/reprendra/);
  expect(deliveryFailureWords('gone')).toMatch(/nouvelle conversation/);
});
