import { connect } from 'node:net';
import type { Config } from '../config.js';
import { advice, type Check, type Finding, well } from './finding.js';

/** The push services of the usual browsers. */
const SERVICES = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com'];
const HTTPS_PORT = 443;
const LIMIT_MS = 4_000;

/** @param isReachable replaced by tests. */
export function checkPush({ publicUrl, alarm }: Pick<Config, 'publicUrl' | 'alarm'>, isReachable = canConnect): Check {
  return {
    title: 'Alarme par notification',
    async run() {
      if (!publicUrl?.startsWith('https:')) {
        return [
          advice(
            'impossible sans PUBLIC_URL en https',
            'Les navigateurs ne reçoivent de notifications que d’un site en https.',
          ),
        ];
      }
      const reached = await Promise.all(
        SERVICES.map(async (host) => ({ host, isThere: await isReachable(host, HTTPS_PORT) })),
      );
      const away = reached.filter(({ isThere }) => !isThere).map(({ host }) => host);
      return [...checkReach(away), ...checkContact(alarm.pushContact)];
    },
  };
}

function checkReach(away: readonly string[]): readonly Finding[] {
  if (away.length === 0) return [well('les services de notification sont joignables')];
  return [
    advice(
      `pas joignable d’ici : ${away.join(', ')}`,
      'Laissez sortir ce serveur vers ces adresses, au port 443 : sans elles, pas de notification dans ces navigateurs.',
    ),
  ];
}

function checkContact(contact: string): readonly Finding[] {
  if (!contact.endsWith('@localhost')) return [];
  return [
    advice(
      'aucune adresse de contact',
      'Donnez PUSH_CONTACT : certains services refusent les notifications sans elle.',
    ),
  ];
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: LIMIT_MS });
    const end = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });
}
