import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage, picture, seriousFaults, VIEWPORTS } from '../support/browser-harness.js';
import { type Desk, openDesk } from '../support/desk.js';
import { openVisitors, type Visitors } from '../support/e2e-browser.js';

describeInBrowser('what residents see of the real server, at every size and in both colour schemes', () => {
  let desk: Desk;
  let visitors: Visitors;
  beforeAll(async () => {
    [desk, visitors] = await Promise.all([openDesk(), openVisitors()]);
  }, 60_000);
  afterEach(() => visitors.clear());
  afterAll(async () => {
    await visitors.close();
    await desk.close();
  });

  /** Leaves a picture, for people to look at. */
  async function check(page: Page, name: string): Promise<void> {
    await picture(page, `e2e-${name}`);
    expect(await seriousFaults(page)).toEqual([]);
  }

  test.each(VIEWPORTS)('axe-core finds nothing serious at $name', async ({ name, options }) => {
    const { page, context, widget, faults } = await visitors.visit(`${desk.url}/accessibilite`, options);
    await check(page, `${name}-accessibilite`);
    await page.goto(`${desk.url}/confidentialite`);
    await check(page, `${name}-confidentialite`);
    await page.goto(desk.url);
    await widget.launcher.waitFor();
    await check(page, `${name}-closed`);

    await widget.begin();
    await picture(page, `e2e-${name}-open`);
    await widget.send('c’est ouvert demain ?');
    await widget.sees(/^Oui/);
    await widget.button('Voir l’adresse').click();
    await widget.log.getByRole('link', { name: 'Voir le plan' }).waitFor();
    await widget.settled();
    await check(page, `${name}-conversation`);
    await widget.send('un homme me menace avec un couteau');
    await widget.sees(/je n’ai prévenu personne/);
    await widget.settled();
    await check(page, `${name}-emergency`);
    expect(faults).toEqual([]);
    await context.setOffline(true);
    await widget.panel.getByText(/Connexion coupée depuis \d+ s/).waitFor();
    await picture(page, `e2e-${name}-offline`);
  });

  // The button that leads further down a long answer lies over the end of the log (WCAG 2.4.11).
  test('at 320 px nothing lies over the link that has the focus', async () => {
    const { widget } = await visitors.visit(desk.url, { viewport: { width: 320, height: 640 } });
    await widget.begin();
    await widget.button('Adresse').click();
    const link = widget.log.getByRole('link', { name: 'Voir le plan' });
    await widget.settled();
    await link.focus();
    const isOnTop = `((box) => it.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === it)(
      it.getBoundingClientRect())`;
    expect(await link.evaluate(inPage<boolean>(isOnTop))).toBe(true);
  });
});
