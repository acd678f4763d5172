import { createECDH, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadPushKeys } from '../../../src/alarms/push-keys.js';
import { createPusher, isPushService } from '../../../src/alarms/pusher.js';
import type { Storage } from '../../../src/storage/ports/storage.js';
import { buildPushSubscription } from '../../support/storage-builders.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

const NOTICE = { title: 'Une personne attend', body: 'Depuis 1 minute.' };
let storage: Storage;

beforeEach(async () => {
  storage = await openMemoryStorage();
});
afterEach(() => storage.close());

test('the keys are made once, and every process gets the same', async () => {
  const several = await Promise.all(Array.from({ length: 5 }, () => loadPushKeys(storage.settings)));
  expect(new Set(several.map(({ privateKey }) => privateKey)).size).toBe(1);
  expect(await loadPushKeys(storage.settings)).toEqual(several[0]);
});

describe('a push', () => {
  async function pusherThatGets(statuses: Readonly<Record<string, number>>) {
    const failures: (number | undefined)[] = [];
    const pusher = createPusher({
      store: storage.push,
      keys: await loadPushKeys(storage.settings),
      contact: 'mailto:contact@exemple.fr',
      onFailure: (status) => failures.push(status),
      async send({ id }) {
        const status = statuses[id];
        if (status === undefined) throw new Error('ECONNRESET');
        return status;
      },
    });
    return { pusher, failures };
  }

  test('tells for each account whether one of its browsers was reached', async () => {
    for (const [id, accountId] of [
      ['a', 'marie'],
      ['b', 'marie'],
      ['c', 'jean'],
    ] as const) {
      await storage.push.save(buildPushSubscription({ id, accountId }));
    }
    const { pusher, failures } = await pusherThatGets({ a: 500, b: 201 });
    const outcomes = await pusher.push(['marie', 'jean', 'paul'], NOTICE);
    expect(Object.fromEntries(outcomes)).toEqual({ marie: 'sent', jean: 'failed', paul: 'no-subscription' });
    expect(failures).toEqual(expect.arrayContaining([500, undefined]));
  });

  test.each([404, 410])('forgets a browser that has left (%s)', async (status) => {
    await storage.push.save(buildPushSubscription({ id: 'a', accountId: 'marie' }));
    const { pusher } = await pusherThatGets({ a: status });
    expect((await pusher.push(['marie'], NOTICE)).get('marie')).toBe('failed');
    expect(await storage.push.list()).toEqual([]);
  });

  test('with subscriptions that were read before asks nothing of storage', async () => {
    const gone = buildPushSubscription({ id: 'a', accountId: 'marie' });
    const { pusher } = await pusherThatGets({ a: 410, b: 201 });
    await storage.close();
    const subscriptions = [gone, { ...gone, id: 'b' }];
    const outcomes = await pusher.push(['marie', 'jean'], NOTICE, { subscriptions });
    expect(Object.fromEntries(outcomes)).toEqual({ marie: 'sent', jean: 'no-subscription' });
  });

  test('to an address that does not answer fails within its time, and throws nothing', async () => {
    const browser = createECDH('prime256v1');
    const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
    const endpoint = 'https://127.0.0.1:1/push';
    await storage.push.save(buildPushSubscription({ accountId: 'marie', endpoint, keys }));
    const failures: (number | undefined)[] = [];
    const pusher = createPusher({
      store: storage.push,
      keys: await loadPushKeys(storage.settings),
      contact: 'mailto:contact@exemple.fr',
      onFailure: (status) => failures.push(status),
    });
    expect((await pusher.push(['marie'], NOTICE)).get('marie')).toBe('failed');
    expect(failures).toEqual([undefined]);
  });
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
  ['https://wns2-par02p.notify.windows.com/w/?token=abc', true],
  ['https://web.push.apple.com/abc', true],
  ['https://fcm.googleapis.com:8443/abc', false],
  ['https://fcm.googleapis.com.exemple.fr/abc', false],
  ['https://exemple.fr/fcm.googleapis.com', false],
  ['https://notify.windows.com.exemple.fr/', false],
  ['http://fcm.googleapis.com/abc', false],
  ['https://user@fcm.googleapis.com/abc', false],
  ['https://169.254.169.254/latest/meta-data', false],
  ['https://localhost/', false],
  ['pas une adresse', false],
])('%s is a push service: %s', (endpoint, expected) => {
  expect(isPushService(endpoint)).toBe(expected);
});
