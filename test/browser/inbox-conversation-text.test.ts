import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inPage } from '../support/browser-harness.js';
import { holdClock } from '../support/e2e-inbox-hold.js';
import { JEAN, ME } from '../support/inbox-queue-builders.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';
import { soon } from '../support/soon.js';

/** Each would run, or bring in an element, if some place took it for markup. */
const EVIL =
  '<img src=x onerror="document.title=\'piège\'"><script>document.title="piège"</script>"\'><b id=evil>gras</b>';
const EVIL_LINKS = [
  { title: `${EVIL} lien`, url: 'javascript:document.title="piège"' },
  { title: 'données', url: 'data:text/html,<script>alert(1)</script>' },
];

describeInBrowser('what people write is text, in every place', () => {
  let stage: InboxStage;
  beforeAll(async () => {
    stage = await openInboxStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('no field is taken for markup, and no link for more than it is', async () => {
    const evilJean = { id: JEAN.id, displayName: `Jean ${EVIL}` };
    const { page, inbox, faults } = await stage.scene(({ world }) => {
      world.add(
        {
          id: 'c1',
          pseudonym: `Résident ${EVIL}`,
          status: 'assigned',
          holder: ME,
          waitingSince: undefined as never,
          labels: [EVIL],
          last: { author: 'resident', excerpt: EVIL },
        },
        [
          { text: `${EVIL} javascript:alert(1) https://exemple.fr/"onmouseover="x` },
          { author: 'bot', text: EVIL, card: { title: EVIL, text: EVIL, links: EVIL_LINKS }, actions: [EVIL] },
          { author: 'system', event: 'handoff.accepted', by: evilJean },
          { author: 'delegate', by: evilJean, text: EVIL },
        ],
        {
          viewers: [evilJean],
          notes: [{ id: 'n', by: evilJean, at: Date.now(), text: EVIL }],
          callbacks: [{ id: 'cb', firstName: EVIL, phone: '+33612345678', moment: EVIL, requestedAt: Date.now() }],
          delivery: { deliveredSeq: 0, failure: EVIL },
        },
      );
      world.drafts.set('marie c1', EVIL);
    }, '/inbox/c/c1');
    await page.getByLabel('Votre réponse').waitFor();
    await page.getByRole('button', { name: 'Détails' }).click();
    await page.getByText('Note privée').waitFor();
    await holdClock(page);
    await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
    await page.getByText('Envoi dans').waitFor();
    inbox.world.say('c1', { author: 'delegate', by: evilJean, text: EVIL });
    await page.locator('.guard-quote').waitFor();
    expect(await traces(page)).toEqual([]);
    // Once in each: the message, the bot's, its card's two, its button, the colleague's two, the note, the guard.
    expect(await page.getByText('<b id=evil>gras</b>').count()).toBeGreaterThanOrEqual(9);
    await soon(async () => (await page.getByLabel('Votre réponse').inputValue()) === EVIL);

    await page.goto(`${inbox.url}/inbox`);
    await page.locator('.card').waitFor();
    expect(await traces(page)).toEqual([]);
    inbox.world.change('c1', { list: 'past' });
    for (const path of ['/inbox/passees', '/inbox/recherche']) {
      await page.goto(inbox.url + path);
      if (path.endsWith('recherche')) {
        await page.getByLabel('Mot à chercher').fill('gras');
        await page.keyboard.press('Enter');
      }
      await page.locator('.card').first().waitFor();
      expect(await traces(page)).toEqual([]);
    }
    expect(faults).toEqual([]);
  });

  test('a blocking reason is text as well', async () => {
    const { page } = await stage.scene(({ world }) => {
      world.add({ id: 'c1', status: 'bot', isBlocked: true, waitingSince: undefined as never }, [{ text: 'Bonjour' }], {
        block: { by: JEAN, reason: EVIL, at: Date.now() },
      });
    }, '/inbox/c/c1');
    await page.getByText('Jean a bloqué cette conversation.').waitFor();
    await page.getByText('<b id=evil>').waitFor();
    expect(await traces(page)).toEqual([]);
  });
});

/** What markup would have left behind. */
async function traces(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate(
    inPage<string[]>(`[
      ...[...document.querySelectorAll('#evil, img, [onerror], [onmouseover], script:not([src])')].map((one) => one.outerHTML),
      ...[...document.querySelectorAll('a')].map((one) => one.href).filter((href) => !/^(https?|tel|mailto|sms):/.test(href)),
      ...(document.title.includes('piège') && !document.title.includes('<') ? ['title'] : []),
    ]`),
  );
  return found;
}
