import { realTimers } from '../../domain/timers.js';
import { createSoleLeases } from '../../realtime/sole-leases.js';
import type { Channel } from '../channel.js';
import { createTelegramApi, type TelegramApi } from './api.js';
import { attend } from './attendance.js';
import { createConnection, type TelegramState } from './connection.js';
import type { TelegramDependencies } from './deps.js';
import type { Intake } from './intake.js';
import { createPatience } from './patience.js';
import { createTraffic } from './traffic.js';
import { createWebhookRouter, WEBHOOK_PATH } from './webhook.js';

export interface TelegramChannel extends Channel {
  /** Undefined until Telegram has told. */
  bot(): TelegramBot | undefined;
  state(): TelegramState;
}

export interface TelegramBot {
  readonly id: number;
  /** Without « @ »: people reach it at `t.me/<username>`. */
  readonly username: string;
  readonly name: string;
}

/** What is under way is waited for so long at the end; Telegram hands in again what is not over by then. */
const LAST_WAIT_MS = 3_000;
/** A send that is not over by then is « uncertain ». */
const LAST_SENDS_MS = 4_000;

/**
 * Residents on Telegram, by long polling or by a webhook. It begins at once, and goes on trying by itself: no fault of
 * Telegram, of the network or of the token is thrown, or keeps anything else waiting.
 */
export function createTelegramChannel(deps: TelegramDependencies): TelegramChannel {
  const { settings, log, clock, timers = realTimers, random = Math.random, leases = createSoleLeases() } = deps;
  const { webhook } = settings;
  const api = createTelegramApi(settings);
  const connection = createConnection(log);
  const patience = createPatience({ timers, random, connection });
  const { intake, close } = createTraffic({ ...deps, timers, api, botId: botIdOf(settings.token) });
  let bot: TelegramBot | undefined;

  let endAttending = async (): Promise<void> => undefined;

  /** Each process knows the bot by name; one of them sees to it that updates come in. */
  async function begin(): Promise<void> {
    bot = await patience.until(() => introduce(api));
    if (!bot || patience.isOver) return;
    const now = (): number => clock().getTime();
    const parts = { api, leases, intake, connection, words: deps.words, timers, random, log, now };
    endAttending = attend({ ...parts, ...(webhook && { webhook }) });
  }

  const beginning = begin();
  return {
    name: 'telegram',
    mounts: webhook ? [mount(webhook.secret, intake, log)] : [],
    bot: () => bot,
    state: connection.state,
    async close() {
      patience.finish();
      await atMost(LAST_WAIT_MS, Promise.all([beginning, endAttending(), intake.idle()]));
      await atMost(LAST_SENDS_MS, close());
    },
  };
}

function mount(secret: string, intake: Intake, log: TelegramDependencies['log']): Channel['mounts'][number] {
  return { path: WEBHOOK_PATH, router: createWebhookRouter({ secret, intake, log }) };
}

/** A token begins with it (https://core.telegram.org/bots/features#generating-an-authentication-token). */
function botIdOf(token: string): number {
  return Number.parseInt(token, 10);
}

async function introduce(api: TelegramApi): Promise<TelegramBot> {
  const { id, username, first_name: name } = await api.call('getMe', {});
  return { id, username, name };
}

async function atMost(ms: number, task: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = realTimers.set(resolve, ms);
    void task.then(() => {
      cancel();
      resolve();
    });
  });
}
