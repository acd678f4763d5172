import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describeInBrowser, inPage, LIVE_VIEWPORTS, picture, seriousFaults } from '../support/browser-harness.js';
import { ME } from '../support/inbox-queue-builders.js';
import type { FakeInbox } from '../support/inbox-queue-fake.js';
import { type InboxStage, openInboxStage } from '../support/inbox-queue-stage.js';
import { soon } from '../support/soon.js';

const PDF = Buffer.from('%PDF-1.7 le contenu');
/** The lower end of the picture, or its upper one. */
const IS_IN_SIGHT = `(() => {
  const [image, log] = ['.attached-image', '.log'].map((one) => document.querySelector(one).getBoundingClientRect());
  return image.bottom > log.top && image.top < log.bottom && (image.bottom <= log.bottom + 1 || image.top >= log.top - 1);
})()`;
const SHOW = { name: 'Afficher l’image' };

describeInBrowser('files that residents sent', () => {
  let stage: InboxStage;
  let photo: Buffer;
  beforeAll(async () => {
    stage = await openInboxStage();
    const noise = { type: 'gaussian' as const, mean: 140, sigma: 40 };
    photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#888', noise } })
      .blur(8)
      .jpeg()
      .toBuffer();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  function prepare({ world }: FakeInbox): void {
    world.files.set('photo', { bytes: photo, type: 'image/jpeg', fileName: 'image-B7K2-photo.jpg' });
    world.files.set('paper', { bytes: PDF, type: 'application/pdf', fileName: 'document-B7K2-papi.pdf' });
    const held = {
      status: 'assigned' as const,
      holder: ME,
      waitingSince: undefined as never,
      channel: 'telegram' as const,
    };
    world.add({ id: 'c1', ...held }, [
      { text: 'Bonjour' },
      { text: '[photo]\nVoici la porte', attachment: { id: 'photo', kind: 'image', bytes: 312_400 } },
      { text: '[document]', attachment: { id: 'paper', kind: 'pdf', bytes: 1_240_000 } },
      { text: '[photo]', attachment: { id: 'gone', kind: 'image', bytes: 90_000 } },
    ]);
  }
  const readings = (inbox: FakeInbox) => inbox.calls.filter(({ path }) => path.includes('/attachments/')).length;

  for (const { name, options } of LIVE_VIEWPORTS) {
    test(`${name}: an image is shown when it is asked for, enlarged, saved and put away`, async () => {
      const { page, inbox, faults } = await stage.scene(prepare, '/inbox/c/c1', options);
      const look = async (what: string): Promise<void> => {
        await picture(page, `inbox-files-${name}-${what}`);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await seriousFaults(page)).toEqual([]);
      };
      const show = page.getByRole('button', SHOW).first();
      await show.waitFor();
      expect(await page.locator('img').count()).toBe(0);
      expect(readings(inbox)).toBe(0);
      await look('1-avant');

      await show.press('Enter');
      const image = page.getByRole('img', { name: 'Image envoyée par le résident' });
      await image.waitFor();
      await soon(() =>
        page.evaluate(inPage<boolean>(`document.querySelector('.attached-image').naturalWidth === 1600`)),
      );
      // The focus is on what comes next.
      const enlarge = page.getByRole('button', { name: 'Agrandir' });
      expect(await page.locator('button:focus').textContent()).toBe('Agrandir');
      await soon(() => page.evaluate(inPage<boolean>(IS_IN_SIGHT)));
      await look('2-image');

      await enlarge.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Image envoyée par le résident' });
      await dialog.waitFor();
      await look('3-agrandie');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });

      expect(await saved(page, 'Enregistrer l’image')).toEqual({ name: 'image-B7K2-photo.jpg', bytes: photo });
      await page.getByRole('button', { name: 'Masquer l’image' }).click();
      await image.waitFor({ state: 'detached' });
      // Shown, enlarged and saved, it was read once.
      expect(readings(inbox)).toBe(1);
      expect(faults).toEqual([]);
    }, 60_000);
  }

  test('a PDF is saved, never opened in the page', async () => {
    const { page, inbox, faults } = await stage.scene(prepare, '/inbox/c/c1');
    expect(await saved(page, 'Enregistrer le PDF')).toEqual({ name: 'document-B7K2-papi.pdf', bytes: PDF });
    expect(await page.locator('iframe, embed, object').count()).toBe(0);
    expect([readings(inbox), new URL(page.url()).pathname, faults]).toEqual([1, '/inbox/c/c1', []]);
  });

  test('a file that is gone says so in its place', async () => {
    const { page, faults } = await stage.scene(prepare, '/inbox/c/c1');
    await page.getByRole('button', SHOW).last().click();
    await page.getByRole('alert').getByText('Ce fichier n’est plus là : il a été effacé.').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});

async function saved(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** How much wider the page is than its window, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(inPage<number>('document.documentElement.scrollWidth - innerWidth'));
}
