import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createUpdateWindow } from '../../../../src/channels/telegram/update-window.js';

async function begin(window: ReturnType<typeof createUpdateWindow>, id: number, isStored: boolean): Promise<boolean> {
  if (!window.begin(id)) return false;
  window.follow(id, isStored ? Promise.resolve() : Promise.reject(new Error('not stored')));
  await Promise.all(window.running());
  return true;
}

describe('the place from which updates are asked for', () => {
  test('is unknown before the first, then one past the last that is over', async () => {
    const window = createUpdateWindow();
    expect(window.offset()).toBeUndefined();
    await begin(window, 10, true);
    await begin(window, 12, true);
    expect(window.offset()).toBe(13);
    expect(window.offset()).toBe(13);
  });

  test('does not pass one that is under way or has failed', async () => {
    const window = createUpdateWindow();
    await begin(window, 1, true);
    await begin(window, 2, false);
    await begin(window, 3, true);
    expect(window.offset()).toBe(2);
    expect(window.faults()).toHaveLength(1);
    window.handedOut([2, 3]);
    expect(window.begin(3)).toBe(false);
    await begin(window, 2, true);
    expect(window.offset()).toBe(4);
  });

  test('passes one that failed and that nobody hands out any more', async () => {
    const window = createUpdateWindow();
    await begin(window, 1, false);
    await begin(window, 2, true);
    window.handedOut([2]);
    expect(window.offset()).toBe(3);
    expect(window.faults()).toEqual([]);
  });

  test('goes back where numbers begin anew', async () => {
    const window = createUpdateWindow();
    await begin(window, 1000, true);
    expect(window.offset()).toBe(1001);
    await begin(window, 7, true);
    expect(window.offset()).toBe(8);
  });

  test('never confirms what is not stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ id: fc.nat(8), isStored: fc.boolean() })), async (events) => {
        const window = createUpdateWindow();
        const open = new Set<number>();
        for (const { id, isStored } of events) {
          const isBegun = await begin(window, id, isStored);
          if (isBegun && isStored) open.delete(id);
          else if (isBegun) open.add(id);
          expect(Math.min(...open)).toBeGreaterThanOrEqual(window.offset() ?? 0);
        }
      }),
    );
  });
});
