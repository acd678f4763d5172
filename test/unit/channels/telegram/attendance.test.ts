import { beforeEach, describe, expect, test } from '@jest/globals';
import type { TelegramApi } from '../../../../src/channels/telegram/api.js';
import { attend } from '../../../../src/channels/telegram/attendance.js';
import { createConnection } from '../../../../src/channels/telegram/connection.js';
import type { WebhookSettings } from '../../../../src/channels/telegram/deps.js';
import { readConfig } from '../../../../src/config.js';
import { loadContent } from '../../../../src/content/load-content.js';
import type { Duty, LeaseName } from '../../../../src/domain/leases.js';
import { createHurriedTime } from '../../../support/telegram-time.js';

const WORDS = loadContent(new URL('../../../../corpus/fr/', import.meta.url), readConfig({})).telegram;
const WEBHOOK = { url: 'https://permanence.exemple.fr/telegram/webhook', secret: 'secret' };

/** One lease, which the test gives and takes. */
function createTestLease() {
  let duty: Duty | undefined;
  let over = new AbortController();
  let isHeld = false;
  const names: LeaseName[] = [];
  return {
    names,
    leases: {
      hold(name: LeaseName, given: Duty) {
        names.push(name);
        duty = given;
        return {
          isHeld: () => isHeld,
          async release() {
            over.abort();
            await duty?.end();
            isHeld = false;
          },
        };
      },
    },
    give() {
      over = new AbortController();
      isHeld = true;
      duty?.begin({ token: 1, isHeld: () => isHeld, over: over.signal });
    },
    /** As a process that was stopped has lost it: nothing has told it so yet. */
    lapse() {
      isHeld = false;
    },
    async take() {
      isHeld = false;
      over.abort();
      await duty?.end();
    },
  };
}

let calls: { readonly method: string; readonly offset?: number }[];
let nextCall: PromiseWithResolvers<void>;
/** Handed out by the next calls that fetch; a call without any is held until it is cut off. */
let updates: unknown[][];
let taken: number[];
let onTaken: () => void;

beforeEach(() => {
  calls = [];
  nextCall = Promise.withResolvers();
  updates = [];
  taken = [];
  onTaken = () => undefined;
});

async function untilCalled(method: string, times = 1): Promise<void> {
  while (calls.filter((call) => call.method === method).length < times) await nextCall.promise;
}

const methods = (): readonly string[] => calls.map(({ method }) => method);

function answer(method: string, { offset }: { readonly offset?: number }, end?: AbortSignal): Promise<unknown> {
  calls.push({ method, ...(offset !== undefined && { offset }) });
  nextCall.resolve();
  nextCall = Promise.withResolvers();
  if (method === 'getWebhookInfo') return Promise.resolve({ url: WEBHOOK.url });
  if (method !== 'getUpdates') return Promise.resolve(true);
  const next = updates.shift();
  if (next || !end) return Promise.resolve(next ?? []);
  return new Promise((_, reject) => end.addEventListener('abort', () => reject(new Error('cut off'))));
}

function start(webhook?: WebhookSettings) {
  const { timers, clock } = createHurriedTime();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const connection = createConnection(log);
  const lease = createTestLease();
  const call = (method: string, given: object, _limitMs?: number, end?: AbortSignal) => answer(method, given, end);
  const close = attend({
    api: { call } as unknown as TelegramApi,
    leases: lease.leases,
    intake: {
      async take({ update_id: id }) {
        taken.push(id);
        onTaken();
      },
      idle: async () => undefined,
    },
    connection,
    words: WORDS,
    ...(webhook && { webhook }),
    timers,
    random: () => 0,
    log,
    now: () => clock().getTime(),
  });
  return { lease, close, state: connection.state };
}

const update = (id: number): object => ({
  update_id: id,
  message: { message_id: id, date: 1, chat: { id: 1, type: 'private' }, text: 'bonjour' },
});

describe('a process without the lease', () => {
  test.each([
    ['polling', undefined],
    ['a webhook', WEBHOOK],
  ])('stands by, and asks Telegram for nothing (%s)', async (_, webhook) => {
    const { lease, state, close } = start(webhook);
    await new Promise(setImmediate);
    expect([state(), methods(), lease.names]).toEqual(['standby', [], ['telegram-polling']]);
    await close();
  });
});

describe('a process that takes the lease', () => {
  test('fetches, and tells Telegram the commands', async () => {
    const { lease, state, close } = start();
    updates.push([], [update(1)]);
    lease.give();
    await untilCalled('getUpdates', 3);
    await untilCalled('setChatMenuButton');
    expect([state(), taken]).toEqual(['running', [1]]);
    expect(methods()).toContain('deleteWebhook');
    await close();
  });

  test('registers the webhook', async () => {
    const { lease, state, close } = start(WEBHOOK);
    lease.give();
    await untilCalled('getWebhookInfo');
    await new Promise(setImmediate);
    expect(methods()).toContain('setWebhook');
    expect(methods()).not.toContain('getUpdates');
    expect(state()).toBe('running');
    await close();
  });

  test('and loses it fetches no more, confirms nothing more, and stands by', async () => {
    const { lease, state, close } = start();
    updates.push([], [update(1)]);
    lease.give();
    await untilCalled('getUpdates', 3);
    await lease.take();
    expect(state()).toBe('standby');
    const made = calls.length;
    await new Promise(setImmediate);
    expect(calls).toHaveLength(made);
    await close();
  });

  test('and was stopped for too long asks for nothing from its first instant on', async () => {
    const { lease, close } = start();
    updates.push([], [update(1)]);
    const hasTaken = Promise.withResolvers<void>();
    onTaken = () => {
      lease.lapse();
      hasTaken.resolve();
    };
    lease.give();
    await hasTaken.promise;
    const made = calls.length;
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    await lease.take();
    expect(methods().slice(made)).not.toContain('getUpdates');
    await close();
  });

  test('again goes on where Telegram has got to', async () => {
    const { lease, state, close } = start();
    updates.push([], [update(1)]);
    lease.give();
    await untilCalled('getUpdates', 3);
    await lease.take();
    updates.push([], [update(1), update(2)]);
    lease.give();
    await untilCalled('getUpdates', 6);
    expect([state(), taken]).toEqual(['running', [1, 1, 2]]);
    await close();
  });

  test('and lets go of it confirms what is stored', async () => {
    const { lease, close } = start();
    updates.push([], [update(1)]);
    lease.give();
    await untilCalled('getUpdates', 3);
    await close();
    expect(calls.at(-1)).toEqual({ method: 'getUpdates', offset: 2 });
  });
});
