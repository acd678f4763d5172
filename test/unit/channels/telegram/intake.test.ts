import { describe, expect, test } from '@jest/globals';
import { createIntake } from '../../../../src/channels/telegram/intake.js';
import type { Receipt } from '../../../../src/channels/telegram/receive.js';
import { readUpdate, type Update } from '../../../../src/channels/telegram/updates.js';
import { AlteredError, DomainError } from '../../../../src/domain/errors.js';
import { createLogSpy } from '../../../support/directline-server.js';

const KEPT: Receipt = { isKept: Promise.resolve(true) };
const AWAY = new DomainError('storage-unavailable', 'away');

function update(id: number, chatId = 1): Update {
  const message = { message_id: id, date: 1, chat: { id: chatId, type: 'private' }, text: `message ${id}` };
  const read = readUpdate({ update_id: id, message });
  if (!read) throw new Error('It cannot be read');
  return read;
}

function start(
  behave: (id: number) => Promise<Receipt> = async () => KEPT,
  tell: () => Promise<void> = async () => undefined,
) {
  const begun: number[] = [];
  const givenUp: number[] = [];
  const log = createLogSpy();
  const intake = createIntake({
    receive({ update_id: id }) {
      begun.push(id);
      return behave(id);
    },
    async onGivenUp(chatId) {
      givenUp.push(chatId);
      await tell();
    },
    log,
  });
  return { intake, begun, givenUp, log };
}

/** Settled results: true for those that may be confirmed. */
async function outcomes(taken: readonly Promise<void>[]): Promise<readonly boolean[]> {
  return (await Promise.allSettled(taken)).map(({ status }) => status === 'fulfilled');
}

describe('updates of one chat', () => {
  test('that wait are taken by their numbers', async () => {
    const first = Promise.withResolvers<Receipt>();
    const { intake, begun } = start((id) => (id === 5 ? first.promise : Promise.resolve(KEPT)));
    const taken = [5, 9, 7, 8, 6].map((id) => intake.take(update(id)));
    expect(begun).toEqual([5]);
    first.resolve(KEPT);
    expect(await outcomes(taken)).toEqual([true, true, true, true, true]);
    expect(begun).toEqual([5, 6, 7, 8, 9]);
  });

  test('that come twice while they are under way are taken once', async () => {
    const { intake, begun } = start();
    await Promise.all([intake.take(update(1)), intake.take(update(1))]);
    expect(begun).toEqual([1]);
    await intake.take(update(1));
    expect(begun).toEqual([1, 1]);
  });

  test('are not taken past one that failed; they may come again', async () => {
    const faults = new Set([2]);
    const { intake, begun } = start(async (id) => {
      if (faults.has(id)) throw AWAY;
      return KEPT;
    });
    expect(await outcomes([1, 2, 3, 4].map((id) => intake.take(update(id))))).toEqual([true, false, false, false]);
    faults.clear();
    expect(await outcomes([2, 3, 4].map((id) => intake.take(update(id))))).toEqual([true, true, true]);
    expect(begun).toEqual([1, 2, 2, 3, 4]);
  });

  test('go on while it is still being stored that an answer is due', async () => {
    const kept = Promise.withResolvers<boolean>();
    const { intake, begun } = start(async (id) => (id === 1 ? { isKept: kept.promise } : KEPT));
    const first = intake.take(update(1));
    await intake.take(update(2));
    expect(begun).toEqual([1, 2]);
    kept.resolve(false);
    expect(await outcomes([first])).toEqual([false]);
  });
});

test('chats do not wait for each other', async () => {
  const slow = Promise.withResolvers<Receipt>();
  const { intake } = start((id) => (id === 1 ? slow.promise : Promise.resolve(KEPT)));
  const first = intake.take(update(1, 10));
  await intake.take(update(2, 20));
  slow.resolve(KEPT);
  await first;
  await intake.idle();
});

describe('one that no try takes', () => {
  test('for want of storage is never let go of', async () => {
    const { intake, givenUp } = start(() => Promise.reject(AWAY));
    for (let tries = 0; tries < 10; tries += 1) expect(await outcomes([intake.take(update(1))])).toEqual([false]);
    expect(givenUp).toEqual([]);
  });

  test.each([
    ['a fault of the program', new TypeError('with words of the resident')],
    ['a record that was altered', new AlteredError()],
  ])('for %s is let go of the third time, and its writer is told', async (_, error) => {
    const { intake, givenUp, log, begun } = start((id) => (id === 1 ? Promise.reject(error) : Promise.resolve(KEPT)));
    const tries = [];
    for (let count = 0; count < 3; count += 1) tries.push(...(await outcomes([intake.take(update(1, 10))])));
    expect(tries).toEqual([false, false, true]);
    expect(givenUp).toEqual([10]);
    expect(log.lines.join('\n')).not.toContain('words of the resident');
    await intake.take(update(2, 10));
    expect(begun).toEqual([1, 1, 1, 2]);
  });
});

test('tries are counted of the last thousand only', async () => {
  const { intake, givenUp } = start(() => Promise.reject(new AlteredError()));
  const attempt = async (id: number) => (await outcomes([intake.take(update(id, id))]))[0];
  for (let id = 1; id <= 1_001; id += 1) await attempt(id);
  expect([await attempt(2), await attempt(2)]).toEqual([false, true]);
  expect([await attempt(1), await attempt(1), await attempt(1)]).toEqual([false, false, true]);
  expect(givenUp).toEqual([2, 1]);
});

test('whom it takes long to tell that something was let go of is not kept from writing', async () => {
  const told = Promise.withResolvers<void>();
  const { intake, begun } = start(
    (id) => (id < 3 ? Promise.reject(new AlteredError()) : Promise.resolve(KEPT)),
    () => told.promise,
  );
  for (let count = 0; count < 2; count += 1) await outcomes([intake.take(update(1))]);
  const [first, second] = [intake.take(update(1)), intake.take(update(3))];
  await second;
  expect(begun).toEqual([1, 1, 1, 3]);
  told.resolve();
  await first;
});

test('what is about no chat is over at once', async () => {
  const { intake, begun } = start();
  await intake.take({ update_id: 1 });
  expect(begun).toEqual([]);
});
