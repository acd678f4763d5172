import { advice, type Check, type Finding, fault, well } from './finding.js';

/** What a Redis tells of itself. */
export interface RedisAnswer {
  /** « 7.0.15 » */
  readonly version: string;
  readonly roundTripMs: number;
  /** What one connection published, another one heard. */
  readonly isPassingOn: boolean;
  /** It lets this account count. */
  readonly isCounting: boolean;
}

/** Thrown where Redis answers, and refuses; `code` is the first word of its answer (`WRONGPASS`, `NOAUTH`, `NOPERM`). */
export class RedisRefusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = 'RedisRefusal';
    this.code = code;
  }
}

const OLDEST_MAJOR = 6;
const SLOW_MS = 50;
const REFUSED_LOGIN = ['WRONGPASS', 'NOAUTH', 'ERR'];

/** @param ask absent: no Redis is set up. */
export function checkRedis(url: string | undefined, ask: (url: string) => Promise<RedisAnswer>): Check {
  return { title: 'Redis', run: async () => (url === undefined ? [] : look(url, ask)) };
}

async function look(url: string, ask: (url: string) => Promise<RedisAnswer>): Promise<readonly Finding[]> {
  try {
    return [...ofAnswer(await ask(url)), ...ofLine(url)];
  } catch (error) {
    return [ofFailure(error)];
  }
}

function ofAnswer({ version, roundTripMs, isPassingOn, isCounting }: RedisAnswer): readonly Finding[] {
  const words = `Redis ${version}, répond en ${Math.max(1, Math.round(roundTripMs))} ms`;
  return [
    Number.parseInt(version, 10) < OLDEST_MAJOR
      ? advice(words, 'Installez Redis 6 ou plus récent (ou Valkey).')
      : roundTripMs < SLOW_MS
        ? well(words)
        : advice(words, 'Rapprochez Redis du serveur.'),
    isPassingOn
      ? well('les processus s’y réveillent l’un l’autre')
      : fault(
          'ce qui est publié n’arrive pas',
          'Donnez au compte de REDIS_URL le droit de publier et de s’abonner (canaux « permanence:* »).',
        ),
    ...(isCounting
      ? []
      : [
          fault(
            'Redis ne laisse pas compter',
            'Donnez au compte de REDIS_URL le droit d’écrire (« permanence:* »), et un Redis qui n’est ni une copie en lecture, ni plein.',
          ),
        ]),
  ];
}

/** What passes is sealed; the password of the account is not. */
function ofLine(url: string): readonly Finding[] {
  const { protocol, hostname, password } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]', 'redis'].includes(hostname);
  if (protocol === 'rediss:' || password === '' || isHere) return [];
  return [
    advice(
      'le mot de passe de Redis passe en clair',
      'Choisissez rediss:// si le réseau n’est pas le vôtre de bout en bout.',
    ),
  ];
}

function ofFailure(error: unknown): Finding {
  if (error instanceof RedisRefusal && REFUSED_LOGIN.includes(error.code)) {
    return fault('Redis refuse le compte ou le mot de passe', 'Corrigez-les dans REDIS_URL.');
  }
  if (error instanceof RedisRefusal) {
    return fault(
      `Redis refuse (${error.code})`,
      'Donnez au compte de REDIS_URL le droit de publier, de s’abonner et d’écrire (« permanence:* »).',
    );
  }
  return fault(
    'Redis ne répond pas',
    'Vérifiez REDIS_URL et que Redis est démarré. Sans lui, tout fonctionne, plus lentement.',
  );
}
