import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStorage } from '../../../src/storage/create-storage.js';
import { writeMoveMark } from '../../../src/storage/sqlite/move-mark.js';
import { dropDatabase, ownDatabase } from '../../support/own-database.js';
import { canStartRedis, type RedisServer, startRedisServer } from '../../support/redis-server.js';
import { makeDataDir, startServerProcess } from '../../support/server-process.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const KEY = Buffer.alloc(32, 7).toString('base64');

interface Result {
  readonly status: number | null;
  readonly output: string;
}

/** The built command, with these variables and no others of ours. */
function examine(env: Readonly<Record<string, string>>): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/src/cli/doctor.js')], {
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('on the embedded database', () => {
  const data = makeDataDir();
  afterAll(() => data.remove());

  test('before the first start: nothing to mend, and nothing is made', () => {
    const empty = join(data.path, 'not-there');
    const { status, output } = examine({ DATA_DIR: empty });
    expect(output).toMatch(/pas encore de clé[\s\S]*le dossier n’existe pas encore[\s\S]*pas encore de base/);
    expect(output).toMatch(/Rien à corriger\.\n$/);
    expect(status).toBe(0);
    expect(examine({ DATA_DIR: empty }).output).toBe(output);
  });

  test('beside the server that runs on it, and with another key', async () => {
    const server = await startServerProcess({ dataDir: data.path });
    try {
      const { status, output } = examine({ DATA_DIR: data.path });
      expect(output).toMatch(/✓ SQLite 3\.\d+/);
      expect(output).toContain('✓ au format de cette version');
      expect(status).toBe(0);
      const other = examine({ DATA_DIR: data.path, DATA_KEY: KEY });
      expect(other.output).toContain('✗ la base a été créée avec une autre clé');
      expect(other.status).toBe(78);
    } finally {
      await server.stop();
    }
  });

  test('whose key is missing, and which was moved', async () => {
    const made = makeDataDir();
    await (await createStorage({ dataDir: made.path, dataKey: KEY })).storage.close();
    const { status, output } = examine({ DATA_DIR: made.path });
    expect(output).toContain('✗ la clé manque');
    expect(output).toContain('✓ au format de cette version');
    expect(status).toBe(78);
    const db = new DatabaseSync(join(made.path, 'permanence.db'));
    writeMoveMark(db, { transfer: 'one', state: 'moved' });
    db.close();
    const moved = examine({ DATA_DIR: made.path, DATA_KEY: KEY });
    expect(moved.output).toContain('ont été déplacées vers MongoDB');
    expect(moved.status).toBe(78);
    made.remove();
  });

  test('a key that others may read, and a file that is no database', () => {
    const other = makeDataDir();
    writeFileSync(join(other.path, 'permanence.db'), 'Ceci est une lettre.'.repeat(100));
    writeFileSync(join(other.path, 'data.key'), KEY);
    chmodSync(join(other.path, 'data.key'), 0o644);
    expect(examine({ DATA_DIR: other.path }).output).toContain('chmod 600');
    chmodSync(join(other.path, 'data.key'), 0o600);
    const { status, output } = examine({ DATA_DIR: other.path });
    expect(output).toContain('n’est pas une base de données lisible'.replace('’', "'"));
    expect(status).toBe(78);
    other.remove();
  });
});

test('settings that cannot be read are all told, and no value is repeated', () => {
  const { status, output } = examine({ MONGODB_URI: 'postgres://compte:secret@base', REDIS_URL: 'secret' });
  expect(output).toMatch(/MONGODB_URI doit commencer[\s\S]*REDIS_URL doit commencer/);
  expect(output).not.toContain('secret');
  expect(status).toBe(78);
});

test('services that are away: each is told, and the rest is examined', () => {
  const data = makeDataDir();
  const { status, output } = examine({
    DATA_DIR: data.path,
    DATA_KEY: KEY,
    MONGODB_URI: 'mongodb://compte:secret@127.0.0.1:9/permanence?serverSelectionTimeoutMS=300',
    REDIS_URL: 'redis://:secret@127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
    SMTP_FROM: 'a@exemple.fr',
    PUBLIC_URL: 'http://127.0.0.1:9',
    TELEGRAM_TOKEN: '123456789:AAdddddddddddddddddddddddddddddddd',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
  });
  data.remove();
  expect(output).toMatch(/✗ Redis ne répond pas/);
  expect(output).toMatch(/La base de données ne répond pas/);
  expect(output).toMatch(/✗ Telegram ne répond pas/);
  expect(output).toMatch(/✗ le serveur d’envoi refuse/);
  expect(output).toMatch(/PUBLIC_URL ne répond pas d’ici/);
  expect(output).toMatch(/4 points sont à corriger/);
  expect(output).not.toMatch(/secret|AAddd/);
  expect(status).toBe(78);
});

const describeRedis = canStartRedis ? describe : describe.skip;

describeRedis('with a Redis', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedisServer();
  });
  afterAll(() => redis.close());

  test('its version and that it passes on what is published', () => {
    const data = makeDataDir();
    const env = {
      DATA_DIR: data.path,
      DATA_KEY: KEY,
      MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
    };
    const { output } = examine({ ...env, REDIS_URL: redis.url });
    data.remove();
    expect(output).toMatch(/✓ Redis \d+\.\d+\.\d+, répond en \d+ ms\n {2}✓ les processus s’y réveillent l’un l’autre/);
  });
});

describeRedis('with a Redis that asks for a password', () => {
  test('a wrong one is told, and not repeated', async () => {
    const redis = await startRedisServer({ settings: ['--requirepass', 'juste'] });
    const data = makeDataDir();
    const env = {
      DATA_DIR: data.path,
      DATA_KEY: KEY,
      MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
    };
    const { output } = examine({ ...env, REDIS_URL: redis.url.replace('//', '//:motdepasse@') });
    await redis.close();
    data.remove();
    expect(output).toContain('✗ Redis refuse le compte ou le mot de passe');
    expect(output).not.toContain('motdepasse');
  });
});

describeRedis('with a Redis whose account may only listen and publish', () => {
  test('that it may not count is told', async () => {
    const redis = await startRedisServer({
      settings: '--user default on nopass allchannels allkeys -@all +@connection +publish +subscribe +info'.split(' '),
    });
    const data = makeDataDir();
    const env = {
      DATA_DIR: data.path,
      DATA_KEY: KEY,
      MONGODB_URI: 'mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200',
    };
    const { output } = examine({ ...env, REDIS_URL: redis.url });
    await redis.close();
    data.remove();
    expect(output).toContain('✓ les processus s’y réveillent l’un l’autre');
    expect(output).toContain('✗ Redis ne laisse pas compter');
  });
});

const describeMongodb = process.env.MONGODB_TEST_URI === undefined ? describe.skip : describe;

describeMongodb('with a MongoDB', () => {
  test('one that is empty, and one that a server has prepared', async () => {
    const data = makeDataDir();
    const url = ownDatabase('doctor');
    const env = { DATA_DIR: data.path, DATA_KEY: KEY, MONGODB_URI: url.href };
    const empty = examine(env);
    expect(empty.output).toMatch(/✓ MongoDB \d+[\s\S]*! la base est vide[\s\S]*d’accord avec la base de données/);
    expect(empty.status).toBe(0);
    const server = await startServerProcess({ dataDir: data.path, env });
    try {
      const { status, output } = examine(env);
      expect(output).toContain('✓ au format de cette version');
      expect(output).not.toContain('index manquants');
      expect(status).toBe(0);
    } finally {
      await server.stop();
      data.remove();
    }
    await dropDatabase(url.href);
  });
});
