import { describe, expect, test } from '@jest/globals';
import { createStatisticsRecorder } from '../../../src/domain/statistics-recorder.js';
import { medianBucket, sumWeek } from '../../../src/domain/weekly.js';
import type { StatisticsStore } from '../../../src/storage/ports/settings-store.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

describe('the figures of a week', () => {
  test('are the sums of what several processes counted on its days, and of no other day', async () => {
    const storage = await openMemoryStorage();
    let now = new Date('2026-11-22T22:30:00Z');
    const one = createStatisticsRecorder({ store: storage.statistics, clock: () => now });
    const other = createStatisticsRecorder({ store: storage.statistics, clock: () => now });
    one.count('conversations', 100);
    // 23:30 in Paris is still Sunday; an hour later the week has begun.
    now = new Date('2026-11-22T23:30:00Z');
    for (const recorder of [one, other]) {
      recorder.count('conversations');
      recorder.count('intent:permanence.hours', 2);
      recorder.count('channel:directline', 3);
      await recorder.flush();
    }
    now = new Date('2026-11-29T22:59:00Z');
    one.count('intent:handoff.request', 9);
    one.count('unsure');
    one.count('handoff.requested', 4);
    one.count('handoff.taken', 3);
    one.count('handoff.missed');
    one.count('callback.requested');
    one.count('emergency', 2);
    one.count('wait:1', 3);
    await one.flush();
    now = new Date('2026-11-29T23:00:00Z');
    one.count('conversations', 50);
    await one.flush();

    const days = await storage.statistics.between('2026-11-23', '2026-11-29');
    expect(sumWeek('2026-W48', days)).toEqual({
      week: '2026-W48',
      from: '2026-11-23',
      to: '2026-11-29',
      conversations: 2,
      byChannel: [{ channel: 'directline', count: 6 }],
      byIntent: [
        { intent: 'handoff.request', count: 9 },
        { intent: 'permanence.hours', count: 4 },
      ],
      unsure: 1,
      emergencies: 2,
      handoff: { requested: 4, taken: 3, missed: 1 },
      callbacks: { requested: 1, done: 0 },
      waits: [0, 3, 0, 0, 0, 0, 0],
    });
    await storage.close();
  });

  test('counting goes on while storage is away, and the next flush stores it once', async () => {
    const storage = await openMemoryStorage();
    let isAway = true;
    const store: StatisticsStore = {
      ...storage.statistics,
      save: (...args) => (isAway ? Promise.reject(new Error('away')) : storage.statistics.save(...args)),
    };
    const recorder = createStatisticsRecorder({ store, clock: () => new Date('2026-11-24T10:00:00Z') });
    recorder.count('unsure');
    await expect(recorder.flush()).rejects.toThrow('away');
    recorder.count('unsure');
    isAway = false;
    await recorder.flush();
    await recorder.flush();
    expect(await storage.statistics.between('2026-11-24', '2026-11-24')).toEqual([
      { date: '2026-11-24', counters: { unsure: 2 } },
    ]);
    await storage.close();
  });

  test.each([
    [[0, 0, 0], undefined],
    [[1, 0, 0], 0],
    [[1, 0, 2], 2],
    [[2, 1, 1], 0],
    [[1, 1, 1], 1],
  ])('the median of %j lies in %s', (waits, expected) => {
    expect(medianBucket(waits)).toBe(expected);
  });
});
