import { beforeEach, expect, test } from '@jest/globals';
import { createRenewal, type Renewal } from '../../../src/storage/mongoose/renewal.js';

let now: number;
let begun: number;
let outcome: PromiseWithResolvers<void>;
let renewal: Renewal;

beforeEach(() => {
  now = 0;
  begun = 0;
  outcome = Promise.withResolvers<void>();
  renewal = createRenewal({
    renew() {
      begun += 1;
      return outcome.promise;
    },
    now: () => now,
  });
});

function failAt(...times: number[]): void {
  for (const time of times) {
    now = time;
    renewal.foundNone();
  }
}

test('begins after fifteen seconds without an answer, and once at a time', () => {
  failAt(0, 5_000, 14_999);
  expect(begun).toBe(0);
  failAt(15_000, 15_001, 60_000);
  expect(begun).toBe(1);
});

test('an answer begins the time anew', () => {
  failAt(0, 10_000);
  renewal.answered();
  failAt(16_000, 30_000);
  expect(begun).toBe(0);
  failAt(31_000);
  expect(begun).toBe(1);
});

test('tries again five seconds after it failed, or has not helped', async () => {
  failAt(0, 15_000);
  outcome.reject(new Error('no server'));
  await new Promise(setImmediate);
  failAt(19_999);
  expect(begun).toBe(1);
  outcome = Promise.withResolvers<void>();
  failAt(20_000);
  expect(begun).toBe(2);
  outcome.resolve();
  await new Promise(setImmediate);
  failAt(24_000);
  expect(begun).toBe(2);
  failAt(25_000);
  expect(begun).toBe(3);
});
