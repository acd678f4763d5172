import { describe, expect, it } from '@jest/globals';
import { createReceiptAttempts } from '../../../src/domain/report-attempts.js';
import { createReportKeys } from '../../../src/domain/report-keys.js';
import { createReportTickets } from '../../../src/domain/report-tickets.js';
import { createManualClock } from '../../support/directline-server.js';

const MINUTE = 60;

function makeKeys(capacity?: number) {
  const clock = createManualClock();
  return { clock, keys: createReportKeys({ clock: clock.now, ...(capacity !== undefined && { capacity }) }) };
}

const keyOf = (byte: number) => new Uint8Array(32).fill(byte);

describe('data keys in memory', () => {
  it('are given out as copies: wiping one leaves the other whole', () => {
    const { keys } = makeKeys();
    const given = keyOf(1);
    keys.keep('r', 'k', given);
    given.fill(0);
    keys.copyOf('r', 'k')?.fill(0);
    expect(keys.copyOf('r', 'k')).toEqual(keyOf(1));
    expect(keys.copyOf('r', 'other')).toBeUndefined();
    expect(keys.copyOf('other', 'k')).toBeUndefined();
  });

  it('are forgotten after half an hour without a new answer, all of a report together', () => {
    const { keys, clock } = makeKeys();
    keys.keep('r', 'one', keyOf(1));
    clock.advance(29 * MINUTE);
    keys.keep('r', 'two', keyOf(2));
    keys.keep('s', 'one', keyOf(3));
    clock.advance(29 * MINUTE);
    expect(keys.has('r', 'one')).toBe(true);
    keys.keep('s', 'one', keyOf(4));
    clock.advance(MINUTE);
    expect(keys.has('r', 'one') || keys.has('r', 'two')).toBe(false);
    expect(keys.copyOf('s', 'one')).toEqual(keyOf(4));
    clock.advance(29 * MINUTE);
    expect(keys.forgetSilent()).toBe(1);
    expect(keys.forgetSilent()).toBe(0);
  });

  it('are overwritten when they are forgotten', () => {
    const { keys, clock } = makeKeys();
    const held: Uint8Array[] = [];
    const slice = Uint8Array.prototype.slice;
    const spied = keyOf(7);
    spied.slice = (...range) => {
      const copy = slice.apply(spied, range) as Uint8Array<ArrayBuffer>;
      held.push(copy);
      return copy;
    };
    for (const id of ['given up', 'silent']) keys.keep(id, 'k', spied);
    keys.keep('silent', 'k', spied);
    expect(held.map(([byte]) => byte)).toEqual([7, 0, 7]);
    keys.forget('given up');
    clock.advance(30 * MINUTE);
    keys.forgetSilent();
    expect(held.every((copy) => copy.every((byte) => byte === 0))).toBe(true);
  });

  it('are of so many reports at most: the longest silent gives way', () => {
    const { keys } = makeKeys(2);
    for (const id of ['a', 'b', 'a', 'c']) keys.keep(id, 'k', keyOf(1));
    expect(['a', 'b', 'c'].map((id) => keys.has(id, 'k'))).toEqual([true, false, true]);
  });
});

describe('tickets', () => {
  const lookupId = Buffer.alloc(32, 9).toString('base64url');

  it('cannot be guessed from each other, and mark a message alike for one receipt only', () => {
    const tickets = createReportTickets({ clock: createManualClock().now });
    const [one, two] = [tickets.issue('r', lookupId), tickets.issue('r', lookupId)];
    const other = tickets.issue('r', Buffer.alloc(32, 8).toString('base64url'));
    expect(one).not.toBe(two);
    expect(tickets.markOf(one, 'm')).toBe(tickets.markOf(two, 'm'));
    expect(tickets.markOf(one, 'm')).not.toBe(tickets.markOf(one, 'n'));
    expect(tickets.markOf(one, 'm')).not.toBe(tickets.markOf(other, 'm'));
    expect(tickets.markOf('absent', 'm')).toBeUndefined();
  });

  it('are so many at most, and the first one gives way', () => {
    const tickets = createReportTickets({ clock: createManualClock().now, capacity: 2 });
    const issued = ['a', 'b', 'c'].map((id) => tickets.issue(id, lookupId));
    expect(issued.map((ticket) => tickets.reportOf(ticket))).toEqual([undefined, 'b', 'c']);
  });
});

describe('attempts with receipts', () => {
  it('are remembered of so many conversations at most', async () => {
    const attempts = createReceiptAttempts({ clock: createManualClock().now, capacity: 2 });
    const fail = async (id: string) =>
      (await Promise.all(Array.from({ length: 6 }, () => attempts.begin(id)))).filter(Boolean).length;
    expect([await fail('a'), await fail('b'), await fail('c')]).toEqual([5, 5, 5]);
    expect(await Promise.all(['c', 'b', 'a'].map((id) => attempts.begin(id)))).toEqual([false, false, true]);
  });

  it('slide: each wrong one counts for a quarter of an hour', async () => {
    const clock = createManualClock();
    const attempts = createReceiptAttempts({ clock: clock.now });
    for (let count = 0; count < 5; count += 1) {
      await attempts.begin('a');
      clock.advance(MINUTE);
    }
    expect(await attempts.begin('a')).toBe(false);
    clock.advance(10 * MINUTE);
    expect(await attempts.begin('a')).toBe(true);
    expect(await attempts.begin('a')).toBe(false);
    await attempts.forgive('a');
    expect(await attempts.begin('a')).toBe(true);
  });
});
