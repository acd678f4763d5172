import { ApiFault } from './api.js';
import type { TelegramLog } from './deps.js';

/** How the channel stands with Telegram. `standby`: another process sees to it that messages come in. */
export type TelegramState =
  | 'connecting'
  | 'running'
  | 'standby'
  | 'unreachable'
  | 'token-refused'
  | 'conflict'
  | 'webhook-refused'
  | 'webhook-failing';

/** What is wrong, and what is to be done about it, for the operator. */
const REMEDIES: Readonly<Record<Exclude<TelegramState, 'connecting' | 'running' | 'standby'>, string>> = {
  unreachable:
    'Telegram ne répond pas : vérifiez l’accès de ce serveur à Internet (et TELEGRAM_API_ROOT, s’il est donné). De nouveaux essais suivent ; le reste du serveur fonctionne.',
  'token-refused':
    'TELEGRAM_TOKEN est refusé par Telegram : vérifiez-le auprès de @BotFather, corrigez-le, puis relancez. Le reste du serveur fonctionne.',
  conflict:
    'Un autre programme relève les messages de ce robot Telegram : arrêtez-le, ou donnez un autre TELEGRAM_TOKEN à l’un des deux.',
  'webhook-refused':
    'Telegram refuse le webhook : PUBLIC_URL doit être une adresse https ouverte sur Internet, au port 443, 80, 88 ou 8443. Corrigez-la, ou choisissez TELEGRAM_POLLING=true.',
  'webhook-failing':
    'Telegram n’arrive pas à remettre les messages à PUBLIC_URL : vérifiez que cette adresse mène à ce serveur et que son certificat est valable, ou choisissez TELEGRAM_POLLING=true.',
};

const WELL = 'Telegram : le robot reçoit les messages.';

/** Tells the operator once of each change for the worse, and once that all is well. */
export interface Connection {
  state(): TelegramState;
  isWell(): void;
  /** Another process sees to Telegram. */
  standsBy(): void;
  /** It is this process that does, from now on. */
  begins(): void;
  /** @param reason Telegram's own words. */
  isNot(state: keyof typeof REMEDIES, reason?: string): void;
  /** By the fault of a call; one that may be a hiccup is told when it comes a second time in a row. */
  failed(fault: unknown): void;
}

export function createConnection(log: TelegramLog): Connection {
  let state: TelegramState = 'connecting';
  let hiccups = 0;

  function isNot(next: keyof typeof REMEDIES, reason?: string): void {
    if (state !== next) log.warn({ telegram: next, ...(reason !== undefined && { reason }) }, REMEDIES[next]);
    state = next;
  }

  return {
    state: () => state,
    isNot,
    isWell() {
      if (state !== 'running') log.info({ telegram: 'running' }, WELL);
      state = 'running';
      hiccups = 0;
    },
    standsBy() {
      state = 'standby';
      hiccups = 0;
    },
    begins() {
      if (state === 'standby') state = 'connecting';
    },
    failed(fault) {
      hiccups += 1;
      const next = stateOf(fault);
      if (next !== 'unreachable' || state !== 'running' || hiccups > 1) isNot(next);
    },
  };
}

/** An unknown token is answered by 404, one that was revoked by 401. */
function stateOf(fault: unknown): keyof typeof REMEDIES {
  const status = fault instanceof ApiFault ? fault.status : undefined;
  if (status === 401 || status === 404) return 'token-refused';
  return status === 409 ? 'conflict' : 'unreachable';
}
