import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { describeInBrowser, inPage } from '../support/browser-harness.js';
import { openStage, type Stage } from '../support/browser-stage.js';

const IS_ON_TOP = inPage<boolean>(`((box) => it.contains(it.getRootNode().elementFromPoint(
  box.x + box.width / 2, box.bottom - 2)))(it.getBoundingClientRect())`);
/** Scrolls until it stands at the lower end of the log, where something else may lie over it. */
const TO_THE_END = inPage<void>(`((log) => {
  log.scrollTop += it.getBoundingClientRect().bottom - log.getBoundingClientRect().bottom;
})(it.closest('.log'))`);
/** Where the words themselves begin and end, whatever box they stand in. */
const WORDS = inPage<{ left: number; right: number; lines: number }>(`((range) => {
  range.selectNodeContents(it);
  const { left, right } = range.getBoundingClientRect();
  return { left, right, lines: new Set([...range.getClientRects()].map(({ top }) => top)).size };
})(document.createRange())`);

describeInBrowser('the panel at each width', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test.each([
    { width: 320, lines: 2 },
    { width: 360, lines: 1 },
    { width: 390, lines: 1 },
    { width: 1280, lines: 1 },
  ])('at $width px « Quitter vite » takes $lines line(s), and the title one', async ({ width, lines }) => {
    const { widget } = await stage.scene({ context: { viewport: { width, height: 700 } } });
    await widget.begin();
    expect(await widget.button('Quitter vite').evaluate(WORDS)).toMatchObject({ lines });
    expect(await widget.panel.getByRole('heading', { name: 'Permanence' }).evaluate(WORDS)).toMatchObject({ lines: 1 });
  });

  test('at 320 px the first number stands under its label', async () => {
    const { widget } = await stage.scene({ context: { viewport: { width: 320, height: 640 } } });
    await widget.begin();
    const label = await widget.panel.getByText('Danger immédiat').evaluate(WORDS);
    const number = await widget.panel.getByRole('link', { name: 'Appeler le 17' }).evaluate(WORDS);
    expect(Math.abs(number.left - label.left)).toBeLessThan(1);
  });

  test('on a phone both sides of the conversation have the same margin', async () => {
    const { widget } = await stage.scene({
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await widget.begin();
    await widget.send('bonjour');
    await widget.settled();
    const bubbles = widget.log.locator('.bubble');
    const left = (await boxOf(bubbles.first())).x;
    const own = await boxOf(widget.log.locator('.resident .bubble'));
    expect(390 - own.x - own.width).toBeCloseTo(left, 0);
  });

  test('an answer that does not fit begins under its question, and covers no link that takes the focus', async () => {
    const { widget } = await stage.scene({
      context: { viewport: { width: 320, height: 640 } },
      answer: () => [
        { text: 'A\nb\nc\nd\ne\nf' },
        { text: 'Appelez le 17.\nEnvoyez un SMS au 114.' },
        { text: 'G\nh\ni\nj', card: { title: 'Le lieu', links: [['Voir le plan', 'https://exemple.fr/']] } },
      ],
    });
    await widget.begin();
    await widget.send('où est-ce ?');
    await widget.button('Lire la suite').waitFor();
    await widget.settled();
    const log = await boxOf(widget.log);
    const question = await boxOf(widget.log.locator('.resident .bubble'));
    expect(question.y - log.y).toBeGreaterThanOrEqual(0);
    expect(question.y - log.y).toBeLessThan(20);
    expect(await boxOf(widget.button('Lire la suite'))).toMatchObject({ width: 320 });
    const links = await widget.log.getByRole('link').all();
    expect(links).toHaveLength(3);
    for (const link of links) {
      await link.evaluate(TO_THE_END);
      await link.focus();
      expect(await link.evaluate(IS_ON_TOP)).toBe(true);
    }
  });

  test('the header stays in its place, however long the conversation', async () => {
    const { widget, server } = await stage.scene({ context: { viewport: { width: 320, height: 480 } } });
    await widget.begin();
    for (let count = 1; count <= 8; count++) server.say(server.theConversation().id, { text: `Message ${count}` });
    await widget.sees('Message 8');
    expect(await widget.panel.evaluate(inPage<number>('(it.scrollTop = 99, it.scrollTop)'))).toBe(0);
    expect(await widget.panel.evaluate(inPage<number>('it.scrollHeight - it.clientHeight'))).toBeLessThanOrEqual(0);
  });

  test('a long question makes way for its answer', async () => {
    const { widget } = await stage.scene({
      context: { viewport: { width: 320, height: 640 } },
      answer: () => [{ text: `Appelez le 17.${'\nEt encore'.repeat(30)}` }],
    });
    await widget.begin();
    await widget.send('Voici ce qui est arrivé. '.repeat(30));
    await widget.button('Lire la suite').waitFor();
    await widget.settled();
    const log = await boxOf(widget.log);
    const answer = await boxOf(widget.bubbles.last());
    expect(answer.y - log.y).toBeGreaterThanOrEqual(0);
    expect(answer.y - log.y).toBeLessThan(60);
  });

  test('the second press of a double click is not for the button that has come up under the pointer', async () => {
    const { page, widget, server } = await stage.scene({
      answer: (text) => (text === 'Horaires' ? [{ text: 'Demain.', actions: ['Voir', 'Autre', 'Encore'] }] : []),
    });
    await widget.begin();
    const horaires = widget.button('Horaires');
    await horaires.click({ trial: true });
    // What lasts a moment stands still, so that the test is as fast or as slow as it likes.
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('Animation.enable');
    await inspector.send('Animation.setPlaybackRate', { playbackRate: 0 });
    await horaires.press('Enter');
    const next = widget.button('Voir');
    await next.waitFor();
    const { x, y, width, height } = await boxOf(next);
    await page.mouse.click(x + width / 2, y + height / 2);
    expect(server.theConversation().posts.map(({ text }) => text)).toEqual(['Horaires']);
    expect(await next.isVisible()).toBe(true);
    await inspector.send('Animation.setPlaybackRate', { playbackRate: 1 });
    await next.click();
    await widget.sees('Voir');
    await widget.settled();
    expect(server.theConversation().posts.map(({ text }) => text)).toEqual(['Horaires', 'Voir']);
  });
});

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('Not on the screen');
  return box;
}
