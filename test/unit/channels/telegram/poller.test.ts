import { describe, expect, test } from '@jest/globals';
import { createConnection } from '../../../../src/channels/telegram/connection.js';
import { createPatience } from '../../../../src/channels/telegram/patience.js';
import { poll } from '../../../../src/channels/telegram/poller.js';
import type { Update } from '../../../../src/channels/telegram/updates.js';
import { AlteredError, DomainError } from '../../../../src/domain/errors.js';
import { createLogSpy } from '../../../support/directline-server.js';
import { createHurriedTime } from '../../../support/telegram-time.js';

interface Polling {
  /** Of the n-th call that fetches, from 0. */
  readonly answer: (call: number) => readonly unknown[];
  /** How long the server takes for it. */
  readonly heldMs?: number;
  readonly calls: number;
  /** False: nothing was heard of the server before. */
  readonly isKnown?: boolean;
  readonly take?: (update: Update) => Promise<void>;
}

/** When each of the calls was made, in ms since the first. */
async function timesOf({ answer, heldMs = 0, calls, take = async () => undefined, isKnown = true }: Polling) {
  const { timers, clock } = createHurriedTime();
  const now = (): number => clock().getTime();
  const log = { ...createLogSpy(), info: () => undefined };
  const connection = createConnection(log);
  if (isKnown) connection.isWell();
  const patience = createPatience({ timers, random: () => 0, connection });
  const times: number[] = [];
  async function call(method: string): Promise<unknown> {
    if (method !== 'getUpdates') return true;
    const number = times.push(now()) - 1;
    if (times.length >= calls) patience.finish();
    await new Promise<void>((resolve) => timers.set(resolve, heldMs));
    return answer(number);
  }
  const api = { call: call as never };
  await poll({ api, intake: { take, idle: async () => undefined }, connection, patience, log, now });
  return times.slice(0, calls).map((at) => at - (times[0] ?? 0));
}

function message(id: number, chatId = id): object {
  const chat = { id: chatId, type: 'private' };
  return { update_id: id, message: { message_id: id, date: 1, chat, text: 'bonjour' } };
}

describe('calls that bring nothing', () => {
  test('although they are not held are a second apart', async () => {
    expect(await timesOf({ answer: () => [], calls: 4 })).toEqual([0, 1000, 2000, 3000]);
  });

  test('and are held follow each other at once', async () => {
    expect(await timesOf({ answer: () => [], heldMs: 25_000, calls: 3 })).toEqual([0, 25_000, 50_000]);
  });
});

test('the first one, which is not to be held, is followed by the next at once', async () => {
  expect(await timesOf({ answer: () => [], calls: 4, isKnown: false })).toEqual([0, 0, 1000, 2000]);
});

test('one that brings something is followed by the next at once', async () => {
  expect(await timesOf({ answer: (call) => [message(call + 1)], calls: 3 })).toEqual([0, 0, 0]);
});

describe('updates that are not taken', () => {
  const handedOut = (call: number) => [message(1), message(10 + call)];
  const failing = (error: Error) => async (update: Update) => {
    if (update.update_id === 1) throw error;
  };

  test('for want of storage are asked for less and less often', async () => {
    const take = failing(new DomainError('storage-unavailable', 'away'));
    expect(await timesOf({ answer: handedOut, calls: 4, take })).toEqual([0, 1000, 3000, 7000]);
  });

  test('for a fault of their own keep those of other chats waiting for no more than half a second', async () => {
    const take = failing(new AlteredError());
    expect(await timesOf({ answer: handedOut, calls: 5, take })).toEqual([0, 500, 1000, 1500, 2000]);
  });
});
