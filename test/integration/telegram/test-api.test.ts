import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openProduct, type Product } from '../../support/telegram/open-product.js';
import { isRecord } from '../../support/telegram/parameters.js';
import { buttonsOf } from '../../support/telegram/reply-markup.js';
import type { InlineButton, JsonRecord } from '../../support/telegram/types.js';

const TOKEN = `666:AAtest${'0'.repeat(30)}`;
const CHAT = 4711;
/** The erasure of what was said is tried for a quarter of a minute: the service knows no `deleteMessages`. */
const LIMIT_MS = 25_000;

/** What is used of the package; its own types do not fit its form of module. */
interface TestApi {
  readonly config: { readonly apiURL: string };
  readonly storage: { readonly botMessages: readonly { readonly messageId: number; readonly message: JsonRecord }[] };
  start(): Promise<void>;
  stop(): Promise<boolean>;
  waitBotMessage(): Promise<void>;
  getClient(token: string, options: object): TestClient;
}

interface TestClient {
  makeMessage(text: string): object;
  makeCommand(text: string): object;
  makeCallbackQuery(data: string, options: object): object;
  sendMessage(message: object): Promise<unknown>;
  sendCommand(command: object): Promise<unknown>;
  sendCallback(query: object): Promise<unknown>;
}

const TestApi = createRequire(import.meta.url)('telegram-test-api') as new (settings: object) => TestApi;

interface Said {
  readonly id: number;
  readonly text: string;
  readonly buttons: readonly InlineButton[];
}

/**
 * A fake Bot API by others (https://www.npmjs.com/package/telegram-test-api). It knows nine methods and answers the rest by
 * 500, never keeps a poll waiting, and gives results of its own: the bot is to do without what is missing.
 */
describe('against telegram-test-api', () => {
  let api: TestApi;
  let product: Product;

  beforeEach(async () => {
    api = new TestApi({ host: '127.0.0.1', port: await freePort() });
    await api.start();
    product = await openProduct({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.config.apiURL });
  });
  afterEach(async () => {
    await product.close();
    await api.stop();
  });

  const client = () => api.getClient(TOKEN, { userId: CHAT, chatId: CHAT, firstName: 'Samia', timeout: LIMIT_MS });
  const write = (text: string) => client().sendMessage(client().makeMessage(text));

  function allSaid(): readonly Said[] {
    return api.storage.botMessages.map(({ messageId, message: { text, reply_markup: markup } }) => ({
      id: messageId,
      text: String(text),
      buttons: buttonsOf(isRecord(markup) ? markup : undefined).flat(),
    }));
  }

  async function said(words: string): Promise<Said> {
    const end = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const found = allSaid().find(({ text }) => text.includes(words));
      if (found) return found;
      if (end.aborted)
        throw new Error(
          `« ${words} » was not said, but:\n${allSaid()
            .map(({ text }) => text)
            .join('\n')}`,
        );
      await Promise.race([api.waitBotMessage(), new Promise((resolve) => end.addEventListener('abort', resolve))]);
    }
  }

  test('the bot welcomes, answers, and understands its buttons', async () => {
    await client().sendCommand(client().makeCommand('/start'));
    await said('Bonjour, je suis un robot');
    await write("C'est ouvert demain ?");
    await said('permanence');
    await write('Effacer mes messages');
    const { id, buttons } = await said('Voulez-vous tout effacer ?');
    const [erase] = buttons;
    expect(erase?.data).toBeDefined();
    const message = { message_id: id, date: 1, chat: { id: CHAT, type: 'private', first_name: 'Samia' } };
    await client().sendCallback(client().makeCallbackQuery(erase?.data ?? '', { message }));
    await said('La conversation est effacée');
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
