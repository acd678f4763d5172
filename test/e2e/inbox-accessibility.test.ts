import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Response } from 'playwright-core';
import { addressOf } from '../../src/web/inbox/app/routes.js';
import { PAGES } from '../../src/web/inbox/strings.js';
import { describeInBrowser, picture, seriousFaults, VIEWPORTS } from '../support/browser-harness.js';
import { openVisitors, type Visitors } from '../support/e2e-browser.js';
import { inboxOn } from '../support/e2e-inbox-page.js';
import { type Delegate, faultsOf, type InboxStage, openInboxStage, type Resident } from '../support/e2e-inbox-stage.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const BUDGET_BYTES = 220_000;
const TEST_MS = 120_000;
const PAGE_NAMES = ['queue', 'team', 'account', 'alarm', 'facts', 'hours', 'weekly', 'audit'] as const;

describeInBrowser('the delegates’ pages of the real server, at every size and in both colour schemes', () => {
  const data = makeDataDir();
  let server: ServerProcess;
  let stage: InboxStage;
  let visitors: Visitors;
  let waiting: Resident;
  beforeAll(async () => {
    [server, visitors] = await Promise.all([startServerProcess({ dataDir: data.path }), openVisitors()]);
    stage = await openInboxStage({ url: () => server.url, announcement: server.output() });
    const [marie, resident] = await Promise.all([stage.delegate('Marie'), stage.resident()]);
    waiting = resident;
    await resident.widget.send('où se trouve la permanence ?');
    await resident.askForDelegate();
    await marie.inbox.card(resident.pseudonym).waitFor();
    await stage.clear();
  }, TEST_MS);
  afterEach(async () => {
    await Promise.all([stage.clear(), visitors.clear()]);
  });
  afterAll(async () => {
    await Promise.all([stage.close(), visitors.close()]);
    await server.stop('SIGKILL');
    data.remove();
  });

  test.each(VIEWPORTS)(
    'axe-core finds nothing serious at $name',
    async ({ name, options }) => {
      const faults: Record<string, readonly string[]> = {};
      const check = async ({ page }: Delegate, what: string): Promise<void> => {
        await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
        await picture(page, `e2e-inbox-${name}-${what}`);
        const found = await seriousFaults(page);
        if (found.length > 0) faults[what] = found;
      };
      const stranger = await visitors.visit(`${server.url}/inbox`, options);
      const atTheDoor = { ...stranger, inbox: inboxOn(stranger.page) } as Delegate;
      await atTheDoor.inbox.heading('Connexion').waitFor();
      await check(atTheDoor, 'sign-in');

      const half = PAGE_NAMES.length / 2;
      const parts = [PAGE_NAMES.slice(0, half), PAGE_NAMES.slice(half)];
      const delegates = await Promise.all(parts.map(() => stage.delegate('Marie', { browser: options })));
      await Promise.all(
        parts.map(async (pages, index) => {
          const delegate = delegates[index] as Delegate;
          for (const name of pages) {
            await delegate.page.goto(server.url + addressOf({ name }));
            await delegate.page.getByRole('heading', { level: 1, name: PAGES[name], exact: true }).waitFor();
            await check(delegate, name);
          }
        }),
      );
      const [first] = delegates as [Delegate];
      await first.page.goto(`${server.url}/inbox/c/${waiting.conversationId}`);
      await first.inbox.button('Prendre').waitFor();
      await check(first, 'conversation');
      await first.inbox.button('Détails').click();
      await first.inbox.heading('Détails de la conversation').waitFor();
      await check(first, 'details');
      expect(faults).toEqual({});
      expect(faultsOf([stranger, ...delegates])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'the first load of /inbox is at most 220 kB of script and style, compressed',
    async () => {
      const marie = await stage.delegate('Marie', { path: '/accessibilite' });
      const loads: Promise<number>[] = [];
      const measure = async (response: Response): Promise<number> => {
        const body = await response.body();
        // What goes over the line: the server, or a proxy before it, compresses; without one, as it would be.
        return gzipSync(body).length;
      };
      marie.page.on('response', (response) => {
        if (['script', 'stylesheet'].includes(response.request().resourceType())) loads.push(measure(response));
      });
      await marie.page.goto(`${server.url}/inbox`);
      await marie.inbox.card(waiting.pseudonym).waitFor();
      await marie.inbox.alarm.waitFor();
      const bytes = (await Promise.all(loads)).reduce((sum, size) => sum + size, 0);
      expect(loads.length).toBeGreaterThan(2);
      expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
    },
    TEST_MS,
  );
});
