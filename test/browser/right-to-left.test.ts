import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser, inPage } from '../support/browser-harness.js';
import { openStage, type Stage } from '../support/browser-stage.js';

describeInBrowser('a language that is written from right to left', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test.each([
    ['\u200f\u2067هذا المساعد روبوت. اتصل بالرقم 112.\u2069', 'rtl'],
    ['This assistant is a robot. Call 112.', 'ltr'],
    ['En cas de danger, appelez le 112.', 'ltr'],
  ])('« %s » reads %s', async (text, direction) => {
    const { page, widget } = await stage.scene({ answer: () => [{ text }] });
    await widget.begin();
    await widget.send('?');
    await widget.sees(/112/);
    const bubble = page.locator('.bot .words').last();
    expect(await bubble.evaluate(inPage<string>('getComputedStyle(it).direction'))).toBe(direction);
  });
});
