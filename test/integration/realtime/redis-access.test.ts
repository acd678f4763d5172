import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Counter, createSharedLimiters } from '../../../src/http/limiters.js';
import { createRedisCounting } from '../../../src/realtime/redis-counting.js';
import { openTestPeers, type TestPeers } from '../../support/redis-peers.js';
import { canStartRedis, NEEDS_REDIS_SERVER, type RedisServer, startRedisServer } from '../../support/redis-server.js';

const withRedis = canStartRedis ? test : test.skip;
/** As docs/OPERATIONS.md gives it. */
const RIGHTS = [
  '+publish',
  '+subscribe',
  '+info',
  '+select',
  '+eval',
  '+evalsha',
  '+multi',
  '+exec',
  '+set',
  '+get',
].concat(['+del', '+incrby', '+expire', '+pttl']);
const ACCOUNT = ['--user', 'app', 'on', '>secret-canari', 'resetchannels', '&permanence:*', '~permanence:*', '-@all'];
const ALLOWED = [...ACCOUNT, '+@connection', ...RIGHTS];
const DEAF = [...ACCOUNT, '+@connection', '+publish', '+info'];

async function warned(peers: TestPeers): Promise<string> {
  for (;;) {
    const line = peers.lines.find((each) => each.startsWith('warn'));
    if (line !== undefined) return line;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function run(server: RedisServer, url: string, use: (peers: TestPeers) => Promise<void>): Promise<void> {
  const peers = openTestPeers(url);
  try {
    await use(peers);
  } finally {
    peers.close();
    await server.close();
  }
}

withRedis(`an account that may only do what is needed is enough (${NEEDS_REDIS_SERVER})`, async () => {
  const server = await startRedisServer({ settings: ALLOWED });
  await run(server, `redis://app:secret-canari@127.0.0.1:${server.port}`, async (peers) => {
    await peers.until('together');
    const count = (): Counter =>
      createSharedLimiters(Buffer.alloc(32), createRedisCounting(peers, { warn: () => undefined })).create('test', {
        points: 2,
        duration: 60,
      });
    await count().consume('key');
    await count().consume('key');
    await expect(count().consume('key')).rejects.toMatchObject({ consumedPoints: 3 });
    await count().reward('key');
    expect(await count().get('key')).toMatchObject({ consumedPoints: 2 });
    await count().set('key', 1, 60);
    expect(await count().delete('key')).toBe(true);
    expect(await count().get('key')).toBeNull();
  });
});

withRedis(`an account that may not count is told to the operator, once (${NEEDS_REDIS_SERVER})`, async () => {
  const server = await startRedisServer({ settings: [...DEAF, '+subscribe'] });
  await run(server, `redis://app:secret-canari@127.0.0.1:${server.port}`, async (peers) => {
    await peers.until('together');
    const told: string[] = [];
    const counting = createRedisCounting(peers, { warn: (_fields, words) => void told.push(words) });
    const counter = createSharedLimiters(Buffer.alloc(32), counting).create('test', { points: 2, duration: 60 });
    await counter.consume('key');
    await counter.consume('key');
    await expect(counter.consume('key')).rejects.toMatchObject({ consumedPoints: 3 });
    expect(told).toEqual([expect.stringMatching(/^Redis refuse de compter/)]);
    expect(peers.state()).toBe('together');
  });
});

withRedis.each([
  ['a wrong password', 'redis://app:wrong-canari@', ALLOWED, /"refused".*WRONGPASS/],
  ['an account without the right to listen', 'redis://app:secret-canari@', DEAF, /"refused".*NOPERM/],
  ['no password where one is needed', 'redis://', ['--requirepass', 'secret-canari'], /"refused".*NOAUTH/],
])(
  `%s is told with its remedy, and never the password (${NEEDS_REDIS_SERVER})`,
  async (_what, start, settings, words) => {
    const server = await startRedisServer({ settings });
    await run(server, `${start}127.0.0.1:${server.port}`, async (peers) => {
      expect(await warned(peers)).toMatch(words);
      expect(peers.state()).toBe('apart');
      expect(peers.lines.join()).not.toMatch(/canari|127\.0\.0\.1/);
    });
  },
);

withRedis(`over TLS a certificate of nobody known is refused (${NEEDS_REDIS_SERVER})`, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'permanence-tls-'));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', [...made, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert];
  const plain = await startRedisServer();
  const tlsPort = plain.port;
  await plain.close();
  const server = await startRedisServer({
    settings: [...files, '--tls-port', `${tlsPort}`, '--tls-auth-clients', 'no'],
  });
  try {
    await run(server, `rediss://localhost:${tlsPort}`, async (peers) => {
      expect(await warned(peers)).toMatch(/"untrusted".*SELF_SIGNED/);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
