import { ApiFault, type TelegramApi } from './api.js';
import type { Connection } from './connection.js';
import type { TelegramLog, WebhookSettings } from './deps.js';
import type { Patience } from './patience.js';
import { ALLOWED_UPDATES } from './updates.js';

export interface WebhookUpkeepDependencies {
  readonly api: Pick<TelegramApi, 'call'>;
  readonly webhook: WebhookSettings;
  readonly connection: Connection;
  readonly patience: Patience;
  readonly log: TelegramLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const CHECK_MS = 10 * 60_000;
/** The first time somebody who sets the server up is still there to read it. */
const FIRST_CHECK_MS = 60_000;
/** What failed around the start failed because the server was not there. */
const STARTING_MS = 30_000;
const BAD_REQUEST = 400;
const MOVED =
  'Telegram remettait les messages à une autre adresse que PUBLIC_URL : c’est corrigé. Un autre programme utilise peut-être ce TELEGRAM_TOKEN.';

/**
 * Has Telegram hand updates in here, and looks every ten minutes whether it still does, until the patience is over. The
 * webhook stays when the server stops: what comes meanwhile is handed in afterwards.
 */
export async function keepWebhook(deps: WebhookUpkeepDependencies): Promise<void> {
  const { api, webhook, connection, patience, log, now } = deps;

  async function register(): Promise<void> {
    await api.call('setWebhook', {
      url: webhook.url,
      secret_token: webhook.secret,
      allowed_updates: ALLOWED_UPDATES,
      drop_pending_updates: false,
    });
  }

  /** @param since in milliseconds; what failed before that is over. */
  async function check(since: number): Promise<void> {
    const { url, last_error_date: failedAt = 0, last_error_message: reason } = await api.call('getWebhookInfo', {});
    if (url !== webhook.url) {
      log.warn({}, MOVED);
      await register();
    }
    // Telegram tells whole seconds.
    if (failedAt >= Math.floor(since / 1000)) connection.isNot('webhook-failing', reason);
    else connection.isWell();
  }

  function tell(fault: unknown): void {
    const isRefused = fault instanceof ApiFault && fault.status === BAD_REQUEST;
    if (isRefused) connection.isNot('webhook-refused', fault.description);
    else connection.failed(fault);
  }

  // Anew at each start, whatever is registered: the secret cannot be asked for.
  await patience.until(register, tell);
  let since = now() + STARTING_MS;
  await patience.until(() => check(since), tell);
  for (let pause = FIRST_CHECK_MS; !patience.isOver; pause = CHECK_MS) {
    await patience.wait(pause);
    const askedAt = now();
    await patience.until(() => check(since), tell);
    since = askedAt;
  }
}
