import { ApiFault, type TelegramApi } from '../channels/telegram/api.js';
import { WEBHOOK_PATH } from '../channels/telegram/webhook.js';
import type { Config } from '../config.js';
import { advice, type Check, type Finding, fault, well } from './finding.js';

const UNKNOWN_TOKEN = [401, 404];
/** More than come in while a server restarts. */
const MANY_WAITING = 50;
/** Older failures to hand in have been mended. */
const RECENT_S = 15 * 60;

export interface TelegramCheckParts {
  readonly config: Pick<Config, 'telegram' | 'publicUrl'>;
  readonly api: Pick<TelegramApi, 'call'> | undefined;
  readonly now: () => number;
}

export function checkTelegram({ config, api, now }: TelegramCheckParts): Check {
  return {
    title: 'Telegram',
    async run() {
      if (!config.telegram || !api) return [];
      try {
        const { username } = await api.call('getMe', {});
        const mode = config.telegram.isPolling ? await checkPolling(api) : await checkWebhook(api, config, now());
        return [well(`le robot est @${username}`), ...mode];
      } catch (error) {
        return [toFinding(error)];
      }
    },
  };
}

async function checkPolling(api: Pick<TelegramApi, 'call'>): Promise<readonly Finding[]> {
  const { url, pending_update_count: waiting } = await api.call('getWebhookInfo', {});
  return [
    url === ''
      ? well('les messages sont relevés (getUpdates)')
      : advice(
          'un webhook est enregistré',
          'Le serveur le retire à son démarrage. S’il revient, un autre programme utilise ce TELEGRAM_TOKEN.',
        ),
    ...checkWaiting(waiting),
  ];
}

async function checkWebhook(
  api: Pick<TelegramApi, 'call'>,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  now: number,
): Promise<readonly Finding[]> {
  const info = await api.call('getWebhookInfo', {});
  const isOurs = info.url === `${publicUrl}${WEBHOOK_PATH}`;
  const failedAt = info.last_error_date ?? 0;
  return [
    isOurs
      ? well('Telegram remet les messages à PUBLIC_URL')
      : advice('le webhook n’est pas encore celui de PUBLIC_URL', 'Démarrez le serveur : il l’enregistre.'),
    ...(isOurs && now / 1000 - failedAt < RECENT_S
      ? [
          fault(
            'Telegram n’arrivait pas à remettre les messages, ces dernières minutes',
            'Vérifiez que PUBLIC_URL mène à ce serveur et que son certificat est valable.',
          ),
        ]
      : []),
    ...checkWaiting(info.pending_update_count),
  ];
}

function checkWaiting(count: number): readonly Finding[] {
  if (count < MANY_WAITING) return [];
  return [
    advice(
      `${count} messages attendent chez Telegram`,
      'Démarrez le serveur ; s’il tourne, regardez ce que dit /readyz.',
    ),
  ];
}

function toFinding(error: unknown): Finding {
  const status = error instanceof ApiFault ? error.status : undefined;
  if (status !== undefined && UNKNOWN_TOKEN.includes(status)) {
    return fault('Telegram refuse le jeton', 'Vérifiez TELEGRAM_TOKEN auprès de @BotFather.');
  }
  return fault(
    'Telegram ne répond pas',
    'Vérifiez l’accès de ce serveur à Internet (et TELEGRAM_API_ROOT, s’il est donné).',
  );
}
