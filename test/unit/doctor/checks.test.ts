import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ApiFault, type TelegramApi } from '../../../src/channels/telegram/api.js';
import { readConfig } from '../../../src/config.js';
import { checkPublicAddress } from '../../../src/doctor/check-address.js';
import { checkClock } from '../../../src/doctor/check-clock.js';
import { checkConfiguration } from '../../../src/doctor/check-configuration.js';
import { checkData } from '../../../src/doctor/check-data.js';
import { checkDatabase } from '../../../src/doctor/check-database.js';
import { checkMail } from '../../../src/doctor/check-mail.js';
import { checkPush } from '../../../src/doctor/check-push.js';
import { checkRedis, RedisRefusal } from '../../../src/doctor/check-redis.js';
import { checkTelegram } from '../../../src/doctor/check-telegram.js';
import { examine, renderExamination } from '../../../src/doctor/examine.js';
import { type Check, fault, well } from '../../../src/doctor/finding.js';
import type { Inspection } from '../../../src/storage/inspection.js';

const WELL: Inspection = {
  engine: 'MongoDB 7.0.2',
  version: 3,
  knownVersion: 3,
  keyFits: true,
  missingIndexes: [],
  roundTripMs: 3,
  isShared: true,
};
const HTTPS = { PUBLIC_URL: 'https://permanence.exemple.fr' };
const TOKEN = '123456789:AAdddddddddddddddddddddddddddddddd';
const NOW = Date.parse('2026-11-24T09:00:00Z');

async function levelsOf(check: Check): Promise<string> {
  return (await check.run()).map(({ level }) => level).join(' ');
}

async function textOf(check: Check): Promise<string> {
  return renderExamination(await examine([check]));
}

describe('the whole', () => {
  test('is told section by section, with remedies, and its faults are counted', async () => {
    const examination = await examine([
      { title: 'Redis', run: async () => [fault('Redis ne répond pas', 'Démarrez-le.\nIl manque.')] },
      { title: 'E-mail', run: async () => [] },
      { title: 'Horloge', run: async () => [well('d’accord')] },
    ]);
    expect(examination.faults).toBe(1);
    expect(renderExamination(examination)).toBe(
      [
        'Redis',
        '  ✗ Redis ne répond pas',
        '    → Démarrez-le.',
        '      Il manque.',
        '',
        'Horloge',
        '  ✓ d’accord',
        '',
        'Un point est à corriger (✗).',
      ].join('\n'),
    );
  });

  test('outlives a check that throws and one that hangs, and repeats no message of theirs', async () => {
    const secret = 'mongodb://compte:secret@base';
    const hangs: Check = { title: 'Lente', run: () => new Promise(() => undefined) };
    const throws: Check = {
      title: 'Fautive',
      async run() {
        throw new Error(secret);
      },
    };
    const examination = await examine([hangs, throws], 20);
    expect(examination.faults).toBe(2);
    expect(renderExamination(examination)).not.toContain('secret');
  });
});

describe('configuration', () => {
  const check = (env: Record<string, string>): Promise<string> => textOf(checkConfiguration(readConfig(env)));

  test('an https address behind a proxy that is not trusted makes all residents one', async () => {
    expect(await check(HTTPS)).toContain('TRUST_PROXY=1');
    expect(await check({ ...HTTPS, TRUST_PROXY: '1' })).not.toContain('TRUST_PROXY');
  });

  test('several processes want a shared key and a Redis', async () => {
    const many = { MONGODB_URI: 'mongodb://base/permanence' };
    expect(await check(many)).toMatch(/REDIS_URL n’est pas donné[\s\S]*DATA_KEY n’est pas donné/);
    const whole = { ...many, REDIS_URL: 'redis://redis', DATA_KEY: 'a'.repeat(64) };
    expect(await check(whole)).not.toMatch(/REDIS_URL|DATA_KEY/);
  });

  test('who answers for the data is asked for', async () => {
    expect(await check({ CONTROLLER_NAME: 'Ville' })).toContain(
      'CONTROLLER_CONTACT, DATA_PROTECTION_CONTACT, LEGAL_BASIS : pas encore donné',
    );
  });
});

describe('the key', () => {
  const check = (isMade: () => Promise<boolean>): Promise<string> =>
    textOf(checkData(readConfig({ DATA_DIR: '/not-there', MONGODB_URI: 'mongodb://base' }), isMade));

  test('that is missing is a fault once there is a database, and yet to come before that', async () => {
    expect(await check(async () => true)).toContain('✗ la clé manque');
    expect(await check(async () => false)).toContain('! pas encore de clé');
    expect(await check(async () => Promise.reject(new Error('away')))).toContain('! pas encore de clé');
  });
});

describe('database', () => {
  const check = (inspection: Inspection | undefined): Check => checkDatabase(async () => inspection);

  test.each([
    ['as it should be', {}, 'well well well'],
    ['with another key', { keyFits: false }, 'well fault well well'],
    ['damaged', { damage: 'row 3 missing from index', isShared: false }, 'well fault well'],
    ['of a newer version', { version: 4 }, 'well fault well'],
    ['of an older version', { version: 2 }, 'well advice well'],
    ['empty', { version: undefined, missingIndexes: ['address'] }, 'well advice well'],
    ['without an index', { missingIndexes: ['address'] }, 'well well fault well'],
    ['far away', { roundTripMs: 180 }, 'well well advice'],
  ])('%s', async (_, change, levels) => {
    expect(await levelsOf(check({ ...WELL, ...change }))).toBe(levels);
  });

  test('not there yet', async () => {
    expect(await levelsOf(check(undefined))).toBe('advice');
  });
});

describe('Redis', () => {
  const answer = { version: '7.2.4', roundTripMs: 1, isPassingOn: true, isCounting: true };

  test.each([
    ['redis://redis', answer, 'well well'],
    ['redis://redis', { ...answer, version: '5.0.1' }, 'advice well'],
    ['redis://redis', { ...answer, isPassingOn: false }, 'well fault'],
    ['redis://redis', { ...answer, isCounting: false }, 'well well fault'],
    ['redis://redis', { ...answer, roundTripMs: 90 }, 'advice well'],
    ['redis://compte:secret@redis.exemple.fr', answer, 'well well advice'],
    ['rediss://compte:secret@redis.exemple.fr', answer, 'well well'],
  ])('%s %j', async (url, told, levels) => {
    expect(await levelsOf(checkRedis(url, async () => told))).toBe(levels);
  });

  test.each([
    ['WRONGPASS', 'Corrigez-les dans REDIS_URL'],
    ['NOPERM', 'le droit de publier'],
  ])('that refuses by %s', async (code, remedy) => {
    const refuse = async () => {
      throw new RedisRefusal(code);
    };
    expect(await textOf(checkRedis('redis://redis', refuse))).toContain(remedy);
  });

  test('not set up, there is nothing to say', async () => {
    expect(await checkRedis(undefined, async () => answer).run()).toEqual([]);
  });
});

describe('clock', () => {
  const others = (...ms: (number | undefined)[]) =>
    checkClock(ms.map((aheadMs, index) => ({ name: `l’horloge ${index}`, aheadMs: async () => aheadMs })));

  test('late and early are told apart', async () => {
    expect(await textOf(others(40_000))).toContain('✗ en retard de 40 s sur l’horloge 0');
    expect(await textOf(others(-20_000, 800))).toMatch(
      /✗ en avance de 20 s sur l’horloge 0[\s\S]*✓ d’accord avec l’horloge 1, à 1 s près/,
    );
  });

  test('a clock that does not tell counts for nothing', async () => {
    const silent = { name: 'x', aheadMs: async () => Promise.reject(new Error('away')) };
    expect(await levelsOf(checkClock([silent]))).toBe('well');
  });
});

describe('Telegram', () => {
  type Info = { url: string; pending_update_count: number; last_error_date?: number };

  function check(info: Info | ApiFault, env: Record<string, string> = HTTPS): Check {
    const call = async (method: string): Promise<unknown> => {
      if (info instanceof ApiFault) throw info;
      return method === 'getMe' ? { id: 1, username: 'planoise_bot', first_name: 'Permanence' } : info;
    };
    const api = { call } as Pick<TelegramApi, 'call'>;
    return checkTelegram({ config: readConfig({ TELEGRAM_TOKEN: TOKEN, ...env }), api, now: () => NOW });
  }
  const ours = { url: 'https://permanence.exemple.fr/telegram/webhook', pending_update_count: 0 };

  test.each([
    ['handed in', ours, HTTPS, 'well well'],
    ['not registered yet', { ...ours, url: '' }, HTTPS, 'well advice'],
    ['failing', { ...ours, last_error_date: NOW / 1000 - 60 }, HTTPS, 'well well fault'],
    ['mended long ago', { ...ours, last_error_date: NOW / 1000 - 7200 }, HTTPS, 'well well'],
    ['piled up', { ...ours, pending_update_count: 60 }, HTTPS, 'well well advice'],
    ['fetched', { ...ours, url: '' }, {}, 'well well'],
    ['fetched, with a webhook', ours, {}, 'well advice'],
  ])('messages are %s', async (_, info, env, levels) => {
    expect(await levelsOf(check(info, env))).toBe(levels);
  });

  test('a token that is refused, and a service that does not answer', async () => {
    expect(await textOf(check(new ApiFault('refused', { status: 401 })))).toContain('@BotFather');
    expect(await textOf(check(new ApiFault('unreachable')))).toContain('Internet');
  });

  test('without a bot there is nothing to say', async () => {
    expect(await checkTelegram({ config: readConfig({}), api: undefined, now: () => NOW }).run()).toEqual([]);
  });
});

describe('e-mail', () => {
  const settings = { url: 'smtps://compte:secret@mail.exemple.fr', from: 'a@exemple.fr' };
  const failing = (code: string) => async () => {
    throw Object.assign(new Error('535 compte secret'), { code });
  };

  test('a refusal says what to mend and repeats nothing', async () => {
    const text = await textOf(checkMail(settings, failing('EAUTH')));
    expect(text).toContain('corrigez-les dans SMTP_URL');
    expect(text).not.toMatch(/secret|535/);
    expect(await levelsOf(checkMail(settings, failing('EOTHER')))).toBe('fault');
  });

  test('a server that agrees, and none', async () => {
    expect(await levelsOf(checkMail(settings, async () => undefined))).toBe('well');
    expect(await levelsOf(checkMail(undefined))).toBe('advice');
  });
});

describe('push', () => {
  test('needs https, a way out and an address', async () => {
    expect(await levelsOf(checkPush(readConfig({}), async () => true))).toBe('advice');
    expect(await levelsOf(checkPush(readConfig(HTTPS), async () => true))).toBe('well');
    const text = await textOf(checkPush(readConfig(HTTPS), async (host) => !host.includes('mozilla')));
    expect(text).toContain('pas joignable d’ici : updates.push.services.mozilla.com');
  });
});

describe('the public address', () => {
  const answering = (status: number, body: unknown) => async () => Response.json(body, { status });

  test.each([
    [200, { status: 'ready', processes: 'together' }, 'well'],
    [503, { status: 'storage-unavailable' }, 'fault'],
    [200, { hello: 'world' }, 'fault'],
    [404, { hello: 'world' }, 'fault'],
  ])('%d %j', async (status, body, level) => {
    expect(await levelsOf(checkPublicAddress(readConfig(HTTPS), answering(status, body)))).toBe(level);
  });

  test.each([502, 503, 504])('a proxy that says %d by itself does not reach the server', async (status) => {
    const proxy = async () => new Response('<h1>Bad gateway</h1>', { status });
    const check = checkPublicAddress(readConfig(HTTPS), proxy);
    expect(await levelsOf(check)).toBe('advice');
    expect(await textOf(check)).toContain('le proxy répond à PUBLIC_URL, le serveur non');
  });

  test('that does not answer may be one that only others reach', async () => {
    const away = async () => Promise.reject(new TypeError('fetch failed'));
    expect(await levelsOf(checkPublicAddress(readConfig(HTTPS), away))).toBe('advice');
    expect(await checkPublicAddress(readConfig({})).run()).toEqual([]);
  });
});

describe('a mail server that is none', () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  afterEach(() => void server.close());

  test('is a fault', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await levelsOf(checkMail({ url: `smtp://127.0.0.1:${port}`, from: 'a@exemple.fr' }))).toBe('fault');
  });
});
