import { pseudonymOf } from '../../src/inbox/pseudonym.js';
import type { DeskClient } from './desk-client.js';
import { type ServerProcess, startServerProcess } from './server-process.js';
import { type FakeChat, type FakeTelegram, openFakeTelegram, type SeenMessage } from './telegram/index.js';
import { queueOf } from './telegram-people.js';

/** The built server with a bot on a fake of Telegram, by the real clock. */
export interface TelegramServer {
  readonly server: ServerProcess;
  readonly fake: FakeTelegram;
  close(): Promise<void>;
}

export async function startTelegramServer(dataDir: string): Promise<TelegramServer> {
  const fake = await openFakeTelegram();
  const env = { TELEGRAM_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url, HANDOFF_WAIT_MINUTES: '60' };
  const server = await startServerProcess({ dataDir, env });
  return {
    server,
    fake,
    async close() {
      await server.stop('SIGKILL');
      await fake.close();
    },
  };
}

/** Somebody with the bot on their telephone. */
export interface Phone {
  readonly chat: FakeChat;
  /** Waits until the bot has said this since the last act. */
  sees(words: string | RegExp): Promise<SeenMessage>;
  writes(text: string): number;
  /** A button under the last message that has it, or under the field. */
  presses(title: string): Promise<void>;
}

const PATIENCE_MS = 20_000;

export function phoneOn(fake: FakeTelegram): Phone {
  const chat = fake.openChat({ firstName: 'Samia' });
  let since = 0;
  const act = (): void => {
    since = chat.messages.at(-1)?.id ?? 0;
  };
  return {
    chat,
    async sees(words) {
      const says = ({ from, id, text }: SeenMessage): boolean =>
        from === 'bot' && id > since && (typeof words === 'string' ? text.includes(words) : words.test(text));
      const messages = await chat.waitFor((all) => all.some(says), PATIENCE_MS);
      return messages.findLast(says) as SeenMessage;
    },
    writes(text) {
      act();
      return chat.write(text);
    },
    async presses(title) {
      // Messages come one a second: the one with the button may still be on its way.
      await chat.waitFor(() => isOffered(chat, title), PATIENCE_MS);
      act();
      await chat.press(title).answered;
    },
  };
}

function isOffered({ visible, replyKeyboard }: FakeChat, title: string): boolean {
  const inline = visible.flatMap(({ keyboard }) => keyboard.flat());
  return [...inline, ...(replyKeyboard?.rows.flat() ?? [])].some(({ text }) => text === title);
}

/** What delegates call the one who waits, once somebody does. */
export async function waitingPseudonym(
  witness: DeskClient,
): Promise<{ readonly id: string; readonly pseudonym: string }> {
  const waiting = (await queueOf(witness)).find(({ status }) => status === 'waiting');
  if (!waiting) throw new Error('Nobody waits');
  return { id: waiting.id, pseudonym: `Résident ${pseudonymOf(waiting.id)}` };
}
