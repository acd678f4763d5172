import { expect, test } from '@jest/globals';
import { openWorker } from '../../support/inbox-settings-worker.js';

const ORIGIN = 'https://permanence.example';

test('installed: the offline page is kept, and a new version takes over at once', async () => {
  const worker = openWorker();
  await worker.fire('install');
  await worker.fire('activate');
  expect(worker.stored()).toEqual([
    '/inbox/icon.svg',
    '/inbox/offline.css',
    '/inbox/offline.html',
    '/inbox/offline.js',
  ]);
  expect(worker.events).toEqual(['skipWaiting', 'claim']);
});

test('not installed when a file of the offline page cannot be had', async () => {
  const worker = openWorker();
  worker.answers.set('/inbox/offline.css', 404);
  await expect(worker.fire('install')).rejects.toThrow('/inbox/offline.css: 404');
});

test('caches of an older version go; those of others stay', async () => {
  const worker = openWorker();
  worker.caches.set('permanence-old', new Map());
  worker.caches.set('autre', new Map());
  await worker.fire('activate');
  expect([...worker.caches.keys()]).toEqual(['autre']);
});

test('a page that cannot be reached is replaced by the offline page, and comes back with the line', async () => {
  const worker = openWorker();
  await worker.fire('install');
  worker.isOffline = true;
  const offline = await worker.get('/inbox/journal', 'navigate');
  expect(await offline?.text()).toBe('/inbox/offline.html');
  expect(await (await worker.get('/inbox/offline.css'))?.text()).toBe('/inbox/offline.css');
  worker.isOffline = false;
  expect(await (await worker.get('/inbox/journal', 'navigate'))?.text()).toBe('/inbox/journal');
});

test('a proxy that answers for a server being restarted counts as offline; a refusal does not', async () => {
  const worker = openWorker();
  await worker.fire('install');
  worker.answers.set('/inbox', 503);
  expect(await (await worker.get('/inbox', 'navigate'))?.text()).toBe('/inbox/offline.html');
  worker.answers.set('/inbox', 404);
  expect((await worker.get('/inbox', 'navigate'))?.status).toBe(404);
});

test.each([
  ['a call of the API', '/api/inbox/session', 'cors'],
  ['an asset', '/inbox/assets/page-abc.js', 'cors'],
  ['another site', 'https://ailleurs.example/inbox', 'navigate'],
])('%s is left to the browser', async (_, url, mode) => {
  const worker = openWorker();
  expect(await worker.get(url, mode)).toBeUndefined();
  expect(worker.stored()).toEqual([]);
});

test('a form that is sent is never answered from what is kept', async () => {
  const worker = openWorker();
  await worker.fire('install');
  worker.isOffline = true;
  expect(await worker.get('/inbox', 'navigate', 'POST')).toBeUndefined();
});

test('the offline page follows the site at each visit, without a new worker', async () => {
  const worker = openWorker();
  await worker.fire('install');
  worker.texts.set('/inbox/offline.html', 'nouvelle');
  await worker.get('/inbox', 'navigate');
  worker.isOffline = true;
  expect(await (await worker.get('/inbox', 'navigate'))?.text()).toBe('nouvelle');
});

test('a push shows what it brings', async () => {
  const worker = openWorker();
  await worker.push({ title: 'Une personne attend un délégué', body: 'Elle attend depuis 2 minutes.' });
  expect(worker.notifications).toEqual([
    expect.objectContaining({
      title: 'Une personne attend un délégué',
      body: 'Elle attend depuis 2 minutes.',
      renotify: true,
      requireInteraction: true,
    }),
  ]);
});

test.each([
  ['nothing', undefined],
  ['no JSON', 'pas du JSON'],
  ['other members', { titre: 'x' }],
  ['no texts', { title: 5, body: {} }],
  ['null', null],
])('a push with %s shows a notification all the same', async (_, data) => {
  const worker = openWorker();
  await worker.push(data);
  expect(worker.notifications).toHaveLength(1);
  expect(worker.notifications[0]?.title).not.toBe('');
});

test('a wait does not cover a danger, and a wait does cover the wait before', async () => {
  const worker = openWorker();
  await worker.push({ title: 'Danger', body: 'x' });
  await worker.push({ title: 'Attente', body: 'x' });
  await worker.push({ title: 'Attente', body: 'y' });
  expect(new Set(worker.notifications.map(({ tag }) => tag)).size).toBe(2);
});

test('a click brings an open page to the front and to the queue; the visible one first', async () => {
  const worker = openWorker();
  const other = worker.addWindow(`${ORIGIN}/confidentialite`);
  const hidden = worker.addWindow(`${ORIGIN}/inbox/c/1`, 'hidden');
  const seen = worker.addWindow(`${ORIGIN}/inbox`, 'visible');
  await worker.click();
  expect([other, hidden, seen].map(({ isFocused }) => isFocused)).toEqual([false, false, true]);
  expect(seen.messages).toEqual(['permanence:show-queue']);
  expect(worker.opened).toEqual([]);
});

test('a click on what is about reports shows them, in the open page or in a new one', async () => {
  const worker = openWorker();
  await worker.push({ title: 'Signalement', body: 'Un nouveau signalement est arrivé.', about: 'reports' });
  await worker.click();
  expect(worker.opened).toEqual(['/inbox/signalements']);
  const page = worker.addWindow(`${ORIGIN}/inbox`, 'visible');
  await worker.click();
  await worker.push({ title: 'Signalement', body: 'x', about: '../mechant' });
  await worker.click();
  expect(page.messages).toEqual(['permanence:show-reports', 'permanence:show-queue']);
});

test('a click opens the inbox when no page of it is open', async () => {
  const worker = openWorker();
  worker.addWindow(`${ORIGIN}/inboxe`);
  await worker.click();
  expect(worker.opened).toEqual(['/inbox']);
});

test('a subscription that the browser changes is told to the server', async () => {
  const worker = openWorker();
  const handle = {
    toJSON: () => ({ endpoint: 'https://push.example/1', expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
  };
  await worker.fire('pushsubscriptionchange', { newSubscription: handle });
  expect(worker.posts).toEqual([
    {
      url: '/api/inbox/alarm/subscriptions',
      headers: { 'Content-Type': 'application/json', 'X-Permanence': 'background' },
      body: { endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } },
    },
  ]);
});

test('one that has only ended is renewed with its key; without a key nothing is sent', async () => {
  const worker = openWorker();
  const oldSubscription = { options: { applicationServerKey: 'clé' }, toJSON: () => ({}) };
  await worker.fire('pushsubscriptionchange', { oldSubscription, newSubscription: null });
  expect(worker.subscribed).toEqual([{ userVisibleOnly: true, applicationServerKey: 'clé' }]);
  expect(worker.posts).toHaveLength(1);
  await worker.fire('pushsubscriptionchange', {});
  expect(worker.posts).toHaveLength(1);
});
