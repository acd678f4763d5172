import { z } from 'zod';
import type { Config } from '../config.js';
import { advice, type Check, type Finding, fault, well } from './finding.js';

const READY = z.object({ status: z.string(), processes: z.string().optional() });
const LIMIT_MS = 5_000;
/** What a proxy answers for a server that it does not reach (RFC 9110, 15.6). */
const FROM_PROXY = [502, 503, 504];

/** Opens PUBLIC_URL as residents do, through whatever stands before the server. @param get replaced by tests. */
export function checkPublicAddress({ publicUrl }: Pick<Config, 'publicUrl'>, get: typeof fetch = fetch): Check {
  return { title: 'Adresse publique', run: async () => (publicUrl === undefined ? [] : look(publicUrl, get)) };
}

async function look(publicUrl: string, get: typeof fetch): Promise<readonly Finding[]> {
  try {
    const response = await get(`${publicUrl}/readyz`, { signal: AbortSignal.timeout(LIMIT_MS), redirect: 'manual' });
    const body = READY.safeParse(await response.json().catch(() => undefined));
    if (body.success) return [ofState(body.data.status)];
    return [FROM_PROXY.includes(response.status) ? NOT_STARTED : NOT_OURS];
  } catch {
    return [
      advice(
        'PUBLIC_URL ne répond pas d’ici',
        'Si le serveur tourne : vérifiez le nom, le certificat et le proxy. Un réseau interne peut aussi ne pas se joindre lui-même.',
      ),
    ];
  }
}

const NOT_STARTED = advice(
  'le proxy répond à PUBLIC_URL, le serveur non',
  'Démarrez le serveur ; s’il tourne, vérifiez que le proxy mène à son port.',
);

const NOT_OURS = fault(
  'ce n’est pas ce serveur qui répond à PUBLIC_URL',
  'Vérifiez que le proxy mène à ce serveur, sans changer les chemins (docs/OPERATIONS.md).',
);

function ofState(status: string): Finding {
  if (status === 'ready') return well('le serveur y répond, prêt');
  return fault(
    `le serveur y répond « ${status} »`,
    'Regardez la base de données ci-dessus ; s’il s’arrête, attendez son redémarrage.',
  );
}
