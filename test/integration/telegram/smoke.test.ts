import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openFakeTelegram } from '../../support/telegram/index.js';
import { openProduct, type Product } from '../../support/telegram/open-product.js';
import type { FakeTelegram, SeenMessage } from '../../support/telegram/types.js';

/** As a person has it: they are welcomed, ask, press a button, and have everything deleted. */
describe.each(['polling', 'webhook'])('a resident on Telegram, by %s', (way) => {
  let fake: FakeTelegram;
  let product: Product;

  beforeEach(async () => {
    fake = await openFakeTelegram({
      floods: 'refused',
      webhookProxy: (url) => url.replace('https://permanence.example', `http://127.0.0.1:${product.port}`),
      webhookPausesMs: [50],
    });
    product = await openProduct({
      TELEGRAM_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      ...(way === 'webhook' && { PUBLIC_URL: 'https://permanence.example' }),
    });
  });
  afterEach(async () => {
    await product.close();
    await fake.close();
  });

  test('is welcomed, answered, and forgotten', async () => {
    const chat = fake.openChat({ firstName: 'Samia' });
    const saidSince = (id: number): readonly SeenMessage[] =>
      chat.visible.filter((message) => message.from === 'bot' && message.id > id);
    const answered = (id: number, words: string) =>
      chat.waitFor(() => saidSince(id).some(({ text }) => text.includes(words)));

    chat.write('/start');
    await chat.waitFor('Bonjour, je suis un robot');
    expect(chat.replyKeyboard).toMatchObject({ isPersistent: true, isResized: true });

    const asked = chat.write("C'est ouvert demain ?");
    await answered(asked, 'permanence');

    const menu = chat.replyKeyboard?.rows.flat()[0]?.text ?? '';
    chat.press(menu);
    const pressed = chat.messages.at(-1)?.id ?? 0;
    await answered(pressed, 'ermanence');

    const deletion = chat.write('/supprimer');
    await chat.waitFor(() => saidSince(deletion).some(({ keyboard }) => keyboard.length > 0));
    const question = saidSince(deletion).at(-1);
    const [button] = question?.keyboard.flat() ?? [];
    expect(button?.data).toBeDefined();
    const { answered: toast } = chat.press(button?.text ?? '');
    expect(await toast).toMatchObject({ isAlert: false });
    await chat.waitFor('La conversation est effacée');
    expect(chat.visible.map(({ text }) => text.slice(0, 10))).toEqual([expect.stringContaining("C'est fait")]);
    await fake.settled();
    expect(fake.violations()).toEqual([]);
    expect([...fake.profile.commands.keys()]).not.toEqual([]);
    expect(fake.webhook().url).toBe(way === 'webhook' ? 'https://permanence.example/telegram/webhook' : '');
  });
});
