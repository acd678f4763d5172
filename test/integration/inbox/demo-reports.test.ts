import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadDemo } from '../../../src/content/load-demo.js';
import { authKeyOf } from '../../../src/demo/demo-delegate.js';
import { fillDemo } from '../../../src/demo/play-demo.js';
import { createInboxBrowser } from '../../support/inbox-browser.js';
import { openSite, type Site } from '../../support/security-site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite({ DEMO: 'true' });
});
afterAll(() => site.close());

test('the demonstration’s reports go all the way: sent by residents, then read, answered and closed', async () => {
  const demo = loadDemo(new URL('../../../corpus/fr/', import.meta.url));
  const start = site.now().getTime();
  const setBack = (ms: number): void => site.advance(start - ms - site.now().getTime());
  const { url: baseUrl, setupToken } = site;
  await fillDemo({ baseUrl, setupToken, demo: { ...demo, conversations: [] }, setBack });

  const [{ login } = { login: '' }] = demo.team;
  const browser = createInboxBrowser(site.url);
  const { body } = await browser.call('POST', '/session/parameters', { body: { login } });
  const authKey = await authKeyOf(demo.password, body as Parameters<typeof authKeyOf>[1]);
  expect(await browser.call('POST', '/session', { body: { login, authKey } })).toMatchObject({ status: 200 });
  expect((await browser.call('GET', '/reports')).body).toMatchObject({
    unread: 1,
    overdue: 0,
    reports: [
      { status: 'received', isUnread: true },
      { status: 'in-progress', isUnread: false, assignee: { displayName: 'Jean' } },
      { status: 'closed', isUnread: false },
    ],
  });
});
