import type { Config } from '../config.js';
import { advice, type Check, type Finding, well } from './finding.js';

/** What is set, as far as settings go with each other; readable values were checked before. */
export function checkConfiguration(config: Config): Check {
  return {
    title: 'Configuration',
    run: async () => {
      const found = [
        ...checkAddress(config),
        ...checkShape(config),
        ...checkController(config),
        ...(config.isDemo ? [advice('DEMO est activé', 'Retirez DEMO : les pages disent que tout est fictif.')] : []),
      ];
      return [well('les variables sont lisibles et vont ensemble'), ...found];
    },
  };
}

function checkAddress({ publicUrl, trustProxy }: Config): readonly Finding[] {
  if (publicUrl === undefined) {
    return [
      advice(
        'PUBLIC_URL n’est pas donné',
        'Donnez l’adresse à laquelle les résidents ouvrent le site : les liens des alarmes et des invitations en dépendent.',
      ),
    ];
  }
  if (!publicUrl.startsWith('https:')) {
    return [
      advice(
        'PUBLIC_URL n’est pas une adresse https',
        'Sans https, ni alarme par notification, ni webhook Telegram, et ce que les gens écrivent passe en clair.',
      ),
    ];
  }
  if (trustProxy > 0) return [];
  return [
    advice(
      'PUBLIC_URL est en https et TRUST_PROXY vaut 0',
      'Ce serveur ne parle pas https lui-même : derrière un proxy, donnez TRUST_PROXY=1 (le nombre de proxys), sinon tous les résidents passent pour un seul.',
    ),
  ];
}

function checkShape({ mongodbUri, redisUrl, dataKey }: Config): readonly Finding[] {
  if (mongodbUri === undefined) return [well('une seule machine : base embarquée, un seul processus')];
  const shape =
    redisUrl === undefined ? 'plusieurs processus possibles, sans Redis' : 'plusieurs processus, MongoDB et Redis';
  return [
    well(shape),
    ...(redisUrl === undefined
      ? [
          advice(
            'REDIS_URL n’est pas donné',
            'Avec un seul processus, c’est bien ainsi. Avec plusieurs, les messages de l’un arrivent chez l’autre en quelques secondes au lieu d’aussitôt.',
          ),
        ]
      : []),
    ...(dataKey === undefined
      ? [
          advice(
            'DATA_KEY n’est pas donné : la clé est dans un fichier de cette machine',
            'Donnez à tous les processus la même DATA_KEY ; avec une autre clé, ils refusent de démarrer.',
          ),
        ]
      : []),
  ];
}

function checkController({ controller }: Config): readonly Finding[] {
  const missing = [
    ...(controller.name === undefined ? ['CONTROLLER_NAME'] : []),
    ...(controller.contact === undefined ? ['CONTROLLER_CONTACT'] : []),
    ...(controller.dataProtection === undefined ? ['DATA_PROTECTION_CONTACT'] : []),
    ...(controller.legalBasis === undefined ? ['LEGAL_BASIS'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    advice(
      `${missing.join(', ')} : pas encore donné`,
      'La page de confidentialité doit dire qui répond des données, et comment le joindre.',
    ),
  ];
}
