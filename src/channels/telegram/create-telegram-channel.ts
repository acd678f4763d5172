import { faultOf } from '../../http/error-handler.js';
import type { Channel } from '../channel.js';
import { realTimers } from '../timers.js';
import { createTelegramApi, type TelegramApi } from './api.js';
import { registerCommands } from './commands.js';
import { createConnection, type TelegramState } from './connection.js';
import type { TelegramDependencies } from './deps.js';
import { codeOfFault } from './faults.js';
import type { Intake } from './intake.js';
import { createPatience } from './patience.js';
import { poll } from './poller.js';
import { createTraffic } from './traffic.js';
import { createWebhookRouter, WEBHOOK_PATH } from './webhook.js';
import { keepWebhook } from './webhook-upkeep.js';

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
  const { settings, log, clock, timers = realTimers, random = Math.random } = deps;
  const { webhook } = settings;
  const api = createTelegramApi(settings);
  const connection = createConnection(log);
  const patience = createPatience({ timers, random, connection });
  const { intake, close } = createTraffic({ ...deps, timers, api, botId: botIdOf(settings.token) });
  let bot: TelegramBot | undefined;

  async function present(): Promise<void> {
    const tell = (fault: unknown): void =>
      log.warn({ code: codeOfFault(fault) }, 'The commands of the bot were not registered');
    await patience.until(() => registerCommands(api, deps.words), tell);
  }

  async function run(): Promise<void> {
    bot = await patience.until(() => introduce(api));
    const parts = { api, connection, patience, log, now: () => clock().getTime() };
    await Promise.all([present(), webhook ? keepWebhook({ ...parts, webhook }) : poll({ ...parts, intake })]);
  }

  const running = patience.until(run, (error) => log.error(faultOf(error), 'Telegram begins anew after a fault'));
  return {
    name: 'telegram',
    mounts: webhook ? [mount(webhook.secret, intake, log)] : [],
    bot: () => bot,
    state: connection.state,
    async close() {
      patience.finish();
      await atMost(LAST_WAIT_MS, Promise.all([running, intake.idle()]));
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
