import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/config.js';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  test('an empty environment gives a server on port 3978 that keeps its data in ./data', () => {
    expect(readConfig({})).toMatchObject({
      port: 3978,
      dataDir: `${process.cwd()}/data`,
      retentionDays: 90,
      reports: { retentionDays: 90, draftHours: 24, unreadHours: 24 },
      widgetOrigins: [],
      botFramework: { emulator: false },
    });
  });

  test('an empty variable counts as not set', () => {
    expect(readConfig({ PORT: '', MONGODB_URI: '', SECTOR_EMAIL_BESANCON: '' })).toEqual(readConfig({}));
  });

  test('the result is frozen all through', () => {
    const config = readConfig({ WIDGET_ORIGINS: 'https://www.exemple.fr' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.widgetOrigins)).toBe(true);
    expect(Object.isFrozen(config.botFramework)).toBe(true);
  });

  test.each(['localhost:6379', 'http://redis', 'redis://', 'redis:///1', 'redis://h:port', 'redis://h h'])(
    'REDIS_URL=%s is no address of a Redis',
    (url) => {
      const [fault, ...others] = faultsOf({ MONGODB_URI: 'mongodb://localhost', REDIS_URL: url });
      expect(fault).toContain('REDIS_URL doit commencer par redis://');
      expect(others).toEqual([]);
    },
  );

  test.each(['redis://localhost', 'rediss://app:a%40b@redis.exemple.fr:6380/2'])('REDIS_URL=%s is one', (url) => {
    expect(readConfig({ MONGODB_URI: 'mongodb://localhost', REDIS_URL: url }).redisUrl).toBe(url);
  });

  test('every fault is listed at once, and no value is repeated', () => {
    const faults = faultsOf({
      PORT: 'quatre',
      DATA_KEY: 'secret-trop-court',
      MONGODB_URI: 'mysql://secret@hote',
      PUBLIC_URL: 'exemple.fr',
      WIDGET_ORIGINS: 'https://a.fr/page',
      MICROSOFT_APP_ID: '00000000-0000-0000-0000-000000000000',
      SECTOR_EMAIL_PONTARLIER: 'pas une adresse',
      LOG_LEVEL: 'bavard',
      RETENTION_DAYS: '0',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'DATA_KEY',
      'MONGODB_URI',
      'PUBLIC_URL',
      'WIDGET_ORIGINS',
      'SECTOR_EMAIL_PONTARLIER',
      'RETENTION_DAYS',
      'LOG_LEVEL',
      'MICROSOFT_APP_PASSWORD',
    ]);
    expect(faults.join('\n')).not.toMatch(/secret|quatre|bavard|a\.fr/);
  });

  test.each([
    ['hexadecimal', 'ab'.repeat(32)],
    ['base64', Buffer.alloc(32, 7).toString('base64')],
  ])('a data key in %s is accepted', (_, key) => {
    expect(readConfig({ DATA_KEY: key }).dataKey).toBe(key);
  });

  test('a single-tenant application needs its tenant', () => {
    expect(
      faultsOf({
        MICROSOFT_APP_ID: '00000000-0000-0000-0000-000000000000',
        MICROSOFT_APP_PASSWORD: 'mot-de-passe',
        MICROSOFT_APP_TYPE: 'SingleTenant',
      }),
    ).toEqual(['MICROSOFT_APP_TENANT_ID est nécessaire quand MICROSOFT_APP_TYPE vaut SingleTenant']);
  });

  describe('Telegram', () => {
    const TELEGRAM_TOKEN = `123456789:${'A'.repeat(35)}`;

    test('without a token there is no bot, whatever else is set', () => {
      expect(readConfig({ TELEGRAM_POLLING: 'true' })).not.toHaveProperty('telegram');
    });

    test.each([
      ['no public address', {}, true],
      ['one that Telegram cannot call', { PUBLIC_URL: 'http://permanence.exemple.fr' }, true],
      ['an https address', { PUBLIC_URL: 'https://permanence.exemple.fr' }, false],
      ['an https address, and the wish to poll', { PUBLIC_URL: 'https://a.fr', TELEGRAM_POLLING: '1' }, true],
    ])('with %s', (_, env, isPolling) => {
      const telegram = { token: TELEGRAM_TOKEN, apiRoot: 'https://api.telegram.org', isPolling };
      expect(readConfig({ TELEGRAM_TOKEN, ...env }).telegram).toEqual(telegram);
    });

    test('another server of the Bot API may be named', () => {
      const { telegram } = readConfig({ TELEGRAM_TOKEN, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' });
      expect(telegram?.apiRoot).toBe('http://127.0.0.1:8081');
    });

    test.each([
      ['TELEGRAM_TOKEN', '123456789'],
      ['TELEGRAM_TOKEN', `123456789:${'A'.repeat(29)}`],
      ['TELEGRAM_TOKEN', ` 123456789:${'A'.repeat(35)}`],
      ['TELEGRAM_POLLING', 'oui'],
      ['TELEGRAM_API_ROOT', 'https://api.telegram.org/bot'],
      ['TELEGRAM_API_ROOT', 'https://moi:secret@api.telegram.org'],
    ])('a wrong %s is told without its value', (name, value) => {
      const faults = faultsOf({ [name]: value });
      expect(faults).toHaveLength(1);
      expect(faults[0]?.split(' ')[0]).toBe(name);
      expect(faults[0]).not.toContain(value);
    });
  });
});
