import type { Logger } from 'pino';
import type { Timers } from '../domain/timers.js';

/** How the line stands, for the operator. */
export type LineStanding = 'together' | 'silent' | 'refused' | 'untrusted' | 'out-of-hearing';

const DELAY = 'Le service continue ; ce qui se passe sur un autre serveur s’affiche deux secondes plus tard.';

/** What is wrong, and what is to be done about it. */
const WORDS: Readonly<Record<LineStanding, string>> = {
  together: 'Redis : la liaison entre les serveurs fonctionne.',
  silent: `Redis ne répond pas : vérifiez qu’il fonctionne et que REDIS_URL y mène (rediss:// seulement vers un port TLS). ${DELAY} De nouveaux essais suivent.`,
  refused: `Redis refuse l’accès : vérifiez l’identifiant et le mot de passe de REDIS_URL, et que ce compte a droit au canal et aux clés « permanence:* ». ${DELAY}`,
  untrusted: `Le certificat de Redis n’est pas reconnu : vérifiez le nom donné dans REDIS_URL, ou indiquez l’autorité de certification par NODE_EXTRA_CA_CERTS. ${DELAY}`,
  'out-of-hearing': `Un autre serveur utilise la même base sans être relié à celui-ci : donnez à tous la même REDIS_URL. ${DELAY}`,
};

/** Something shorter than that is no news for the operator. */
const HICCUP_MS = 2_000;
const REFUSALS = ['WRONGPASS', 'NOAUTH', 'NOPERM', 'ERR'];
const CERTIFICATES = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

export interface LineReport {
  /** The last fault tells what a silence comes from. */
  failed(fault: unknown): void;
  /** Tells the operator, once of each change that lasts. */
  stands(standing: 'together' | 'apart' | 'out-of-hearing'): void;
  stop(): void;
}

export function createLineReport(log: Pick<Logger, 'info' | 'warn'>, timers: Timers): LineReport {
  let told: LineStanding | undefined;
  let reason: string | undefined;
  let cancel = (): void => undefined;

  function tell(standing: LineStanding): void {
    if (told === standing) return;
    told = standing;
    if (standing === 'together') log.info({ redis: standing }, WORDS[standing]);
    else log.warn({ redis: standing, ...(reason !== undefined && { reason }) }, WORDS[standing]);
  }

  return {
    failed(fault) {
      // That a command was given up for it says nothing of what it is.
      reason = reasonOf(fault) ?? reason;
    },
    stands(standing) {
      cancel();
      if (standing === 'together') {
        reason = undefined;
        // Of what was no news its end is none.
        tell(standing);
        return;
      }
      cancel = timers.set(() => tell(standing === 'apart' ? standingOf(reason) : standing), HICCUP_MS);
    },
    stop: () => cancel(),
  };
}

function standingOf(reason: string | undefined): LineStanding {
  if (reason === undefined) return 'silent';
  if (REFUSALS.includes(reason)) return 'refused';
  return CERTIFICATES.test(reason) ? 'untrusted' : 'silent';
}

/** A word of Redis' or the system's own: its sentences may name addresses and accounts. */
function reasonOf(fault: unknown): string | undefined {
  if (typeof fault !== 'object' || fault === null) return undefined;
  const { code, message } = fault as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? /^[A-Z]{3,}\b/.exec(message)?.[0] : undefined;
}
