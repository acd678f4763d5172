import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from '../support/browser-harness.js';
import { type Desk, openDesk } from '../support/desk.js';
import { openVisitors, STRANGE_HOST, type Visitors } from '../support/e2e-browser.js';
import { type Site, startSite } from '../support/e2e-site.js';

const REFUSAL_MS = 5_000;

describeInBrowser('the widget by one script tag on a site of another origin', () => {
  let desk: Desk;
  let site: Site;
  let visitors: Visitors;
  beforeAll(async () => {
    [desk, visitors] = await Promise.all([openDesk(), openVisitors()]);
    site = await startStrictSite(new URL(desk.url).port);
  }, 60_000);
  afterEach(() => visitors.clear());
  afterAll(async () => {
    await visitors.close();
    await site.close();
    await desk.close();
  });

  test('it works under the strictest policy, and is styled', async () => {
    const { page, widget, sockets, faults } = await visitors.visit(site.url);
    await widget.begin();
    await widget.send('où se trouve la permanence ?');
    await widget.sees(/^La permanence a lieu ici/);
    await widget.button('Voir les horaires').click();
    await widget.sees(/^La prochaine permanence/);
    await widget.settled();
    expect(sockets).toHaveLength(1);
    const panel = await widget.panel.boundingBox();
    expect(panel).toMatchObject({ width: 384 });
    await page.reload();
    await widget.sees(/^La prochaine permanence/);
    expect(faults).toEqual([]);
  });

  test('on a site that is not allowed, it says so, and the emergency numbers stay', async () => {
    const { widget } = await visitors.visit(`http://${STRANGE_HOST}:${site.port}/`);
    await widget.open();
    await widget.panel.getByText('La discussion n’est pas disponible sur ce site.').waitFor({ timeout: REFUSAL_MS });
    for (const name of [/17/, /112/, /114/])
      expect(await widget.panel.getByRole('link', { name }).isVisible()).toBe(true);
    expect(await widget.textBox.count()).toBe(0);
  });
});

/** Nothing is allowed but the server's script and its connections: no style, no image, nothing inline. */
async function startStrictSite(serverPort: string): Promise<Site> {
  const server = `http://localhost:${serverPort}`;
  const policy = `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace('http', 'ws')}; style-src 'none'`;
  return startSite({
    '/': {
      type: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy },
      body: `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Le site d’une ville</title>
    <script src="${server}/widget.js" defer></script>
  </head>
  <body><main><h1>Une ville</h1></main></body>
</html>`,
    },
  });
}
