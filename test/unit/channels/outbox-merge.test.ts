import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/channels/deliveries.js';
import { type Known, merge, mergeLate } from '../../../src/channels/outbox-merge.js';
import { DomainError } from '../../../src/domain/errors.js';

const mark = { code: 'sending', at: 7, attempts: 0, upTo: 5 };
const base: Delivery = { conversationId: 'c1', deliveredSeq: 4 };
const arrived: Known = { delivery: { ...base, deliveredSeq: 5, notes: { sent: 1 } }, mark, arrived: [5] };

describe('what is known of a send, over what others have made of it', () => {
  test('takes the place of its own mark, which nobody has looked at', () => {
    expect(merge({ ...base, failure: mark }, arrived)).toEqual(arrived.delivery);
    const refused: Known = { delivery: { ...base, failure: { code: 'busy', at: 9, attempts: 1 } }, mark };
    expect(merge({ ...base, failure: mark }, refused)).toEqual(refused.delivery);
  });

  test('brings back no doubt that was cleared up meanwhile', () => {
    const late: Known = { ...arrived, delivery: { ...arrived.delivery, uncertain: [2, 3, 5] } };
    const present = { ...base, failure: mark, uncertain: [3] };
    expect(merge(present, late)).toMatchObject({ uncertain: [3, 5] });
  });

  test('clears the doubt, and leaves that of others', () => {
    const failure = { code: 'uncertain', at: 8, attempts: 0 };
    const present = { ...base, deliveredSeq: 9, failure, uncertain: [3, 5] };
    expect(merge(present, arrived)).toEqual({ ...present, uncertain: [3] });
    const { uncertain: _, ...alone } = present;
    expect(merge({ ...alone, uncertain: [5] }, arrived)).toEqual({ ...alone, failure: { ...failure, code: 'queued' } });
  });

  test('is ahead of one that sends it a second time', () => {
    const present = { ...base, failure: { code: 'resending', at: 8, attempts: 1, upTo: 5 } };
    expect(merge(present, arrived)).toEqual({
      ...base,
      deliveredSeq: 5,
      failure: { code: 'queued', at: 8, attempts: 0 },
    });
  });

  test('leaves alone what says why nothing is sent now', () => {
    const failure = { code: 'blocked', at: 8, attempts: 0 };
    const present = { ...base, deliveredSeq: 5, failure, uncertain: [5] };
    expect(merge(present, arrived)).toEqual({ ...base, deliveredSeq: 5, failure });
  });

  test('changes nothing where it has not arrived, or all is known', () => {
    const present = { ...base, deliveredSeq: 5, failure: { code: 'uncertain', at: 8, attempts: 0 }, uncertain: [5] };
    expect(
      merge(present, { delivery: { ...base, failure: { code: 'busy', at: 9, attempts: 1 } }, mark }),
    ).toBeUndefined();
    expect(merge({ ...base, deliveredSeq: 6 }, arrived)).toBeUndefined();
  });

  test('has its notes put together with those that stand', () => {
    const together = (present: object, late: object) => ({ ...late, ...present });
    const present = { ...base, deliveredSeq: 6, notes: { theirs: 2 } };
    expect(merge(present, arrived, together)).toEqual({ ...present, notes: { sent: 1, theirs: 2 } });
  });
});

test('it is tried again where others write meanwhile, and given up where there is nothing left to write to', async () => {
  const saved: (number | undefined)[] = [];
  let rev = 3;
  const shelf = {
    load: async () => ({ ...base, failure: mark, rev }),
    async save(_: Delivery, expectedRev?: number) {
      saved.push(expectedRev);
      if (rev < 5) {
        rev += 1;
        throw new DomainError('revision-conflict', 'another');
      }
      return rev + 1;
    },
  };
  expect(await mergeLate(shelf, arrived)).toBe(true);
  expect(saved).toEqual([3, 4, 5]);
  expect(await mergeLate({ ...shelf, load: async () => undefined }, arrived)).toBe(false);
});
