import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { planTail, TAIL_LIMIT } from '../../../src/storage/mongoose/tail.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { buildMessages } from '../../support/build-conversation.js';

const codec = createRecordCodec(createDataCipher(Buffer.alloc(32, 1)));
const records = buildMessages(400).map((message) => codec.sealMessage('one', message));

it('keeps every message in order, in the archive or in a bounded tail', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: TAIL_LIMIT }), { maxLength: 10 });
  const property = fc.property(fc.nat(60), sizes, (first, turns) => {
    let tail = records.slice(0, first);
    const archive: (typeof records)[number][] = [];
    let count = first;
    for (const size of turns) {
      const { archived, update } = planTail({ tail, messageCount: count }, records.slice(count, count + size), false);
      const before = archive.at(-1)?.seq ?? 0;
      archive.push(...archived);
      tail = [...(update.set.tail ?? tail), ...update.push];
      count += size;
      expect(update.set.messageCount).toBe(count);
      expect(update.set.archivedThrough ?? before).toBe(archive.at(-1)?.seq ?? 0);
      if (size > 0) expect(tail.length).toBeLessThanOrEqual(Math.max(TAIL_LIMIT, first));
    }
    expect([...archive, ...tail]).toEqual(records.slice(0, count));
  });
  fc.assert(property);
});

it('gives the archive a new name with an erasure', () => {
  const plan = planTail({ tail: records.slice(0, 30), messageCount: 90 }, records.slice(90, 92), true);
  expect(plan.archived).toEqual([]);
  expect(plan.update.set).toMatchObject({ tail: records.slice(90, 92), archivedThrough: 0, messageCount: 2 });
  expect(plan.update.set.archive).toMatch(/^[0-9a-f-]{36}$/);
});
