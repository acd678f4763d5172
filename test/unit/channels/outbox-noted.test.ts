import { describe, expect, test } from '@jest/globals';
import { createNoted } from '../../../src/channels/outbox-noted.js';

/** Whether it has resolved by now. */
async function isTold(waiting: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    waiting.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);
}

describe('who waits until storage knows what is due', () => {
  test('is told by a run that begins afterwards, whatever it reads', async () => {
    const noted = createNoted();
    const waiting = noted.wait('c', 5);
    noted.begin('c');
    expect(await isTold(waiting)).toBe(false);
    noted.note('c');
    expect(await isTold(waiting)).toBe(true);
  });

  test('is told by a run under way that has read that far, and by no other', async () => {
    const noted = createNoted();
    noted.begin('c');
    noted.read('c', 4);
    noted.note('c');
    const [read, unread] = [noted.wait('c', 4), noted.wait('c', 5)];
    expect([await isTold(read), await isTold(unread)]).toEqual([true, false]);
    noted.read('c', 5);
    expect(await isTold(unread)).toBe(false);
    noted.note('c');
    expect(await isTold(unread)).toBe(true);
  });

  test('is told by the next run, when the one under way had nothing to note', async () => {
    const noted = createNoted();
    noted.begin('c');
    const waiting = noted.wait('c', 3);
    noted.end('c');
    noted.note('c');
    expect(await isTold(waiting)).toBe(false);
    noted.begin('c');
    noted.note('c');
    expect(await isTold(waiting)).toBe(true);
  });

  test('of another conversation is told nothing', async () => {
    const noted = createNoted();
    const waiting = noted.wait('other', 1);
    noted.begin('c');
    noted.read('c', 9);
    noted.note('c');
    expect(await isTold(waiting)).toBe(false);
  });
});
