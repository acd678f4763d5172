import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupTokenIn } from '../desk-client.js';
import { dropDatabase, ownDatabase } from '../own-database.js';
import { type RedisServer, startRedisServer } from '../redis-server.js';
import type { DumpPlace } from '../security-report-dump.js';
import { makeDataDir } from '../server-process.js';
import type { FakeTelegram } from '../telegram/index.js';
import { type Balancer, openBalancer } from './balancer.js';
import { type Gate, openGate } from './gate.js';
import { type Member, startMember } from './member.js';

/** Several servers behind a balancer, on one database and one Redis, as an operator runs them. */
export interface Fleet {
  /** Where people call. */
  readonly url: string;
  readonly balancer: Balancer;
  readonly members: readonly Member[];
  /** Before the database, which is never stopped: others use it. */
  readonly database: Gate;
  readonly redis: { readonly server: RedisServer; readonly gate: Gate };
  /** For whoever looks at the database past the gate, with the servers' key. */
  readonly place: DumpPlace;
  /** Of the link that makes the first account. */
  readonly setupToken: string;
  /** Whether all servers run, are ready, and hear each other. */
  isWhole(): Promise<boolean>;
  /** Ends the servers as an operator does, and removes all that they kept; resolves with their exit codes. */
  close(): Promise<readonly (number | string | null)[]>;
  /** The same without waiting for anybody, where `close` was not called: after a test that failed before its end. */
  abandon(): Promise<void>;
}

export interface FleetOptions {
  readonly processes?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The bot; its webhook leads to the balancer, by way of `fleetProxy`. */
  readonly telegram?: FakeTelegram;
  /** Updates are fetched, by one server at a time. */
  readonly isPolling?: boolean;
}

/** Where people and Telegram reach the servers, when that is known by a name. */
export const PUBLIC_URL = 'https://permanence.example';

/** Runs need a database, a Redis and a build. */
export const canOpenFleet = Boolean(process.env.MONGODB_TEST_URI);

const LAST_LINES = 15;

export async function openFleet(options: FleetOptions = {}): Promise<Fleet> {
  const { processes = 3, telegram, isPolling = false } = options;
  const hasWebhook = telegram !== undefined && !isPolling;
  const data = makeDataDir();
  const direct = ownDatabase('many');
  const server = await startRedisServer();
  const [database, redisGate] = await Promise.all([
    openGate({ hostname: direct.hostname, port: Number(direct.port || 27017) }),
    openGate({ hostname: '127.0.0.1', port: server.port }),
  ]);
  const key = randomBytes(32).toString('base64');
  writeFileSync(join(data.path, 'data.key'), key, { mode: 0o600 });
  const gated = new URL(direct.href);
  gated.host = database.host;
  const env = {
    HOST: '127.0.0.1',
    TRUST_PROXY: '1',
    DATA_KEY: key,
    MONGODB_URI: gated.href,
    REDIS_URL: `redis://${redisGate.host}`,
    ...(telegram && { TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.url }),
    ...(hasWebhook && { PUBLIC_URL }),
    ...options.env,
  };

  const startOf = (number: number): Promise<Member> => {
    const dataDir = join(data.path, `server-${number}`);
    mkdirSync(dataDir, { mode: 0o700 });
    return startMember({ ...env, DATA_DIR: dataDir });
  };
  const others = await Promise.all(Array.from({ length: processes - 1 }, (_, index) => startOf(index)));
  // Each start makes a link, in place of the one before: that of the last one works.
  const last = await startOf(processes - 1);
  const members = [...others, last];
  const ports = members.map(({ port }) => port);
  const balancer = await openBalancer({ ports, ...(hasWebhook && { publicUrl: PUBLIC_URL }) });
  const isWhole = async (): Promise<boolean> => {
    const all = await Promise.all(members.map((member) => member.readiness()));
    return all.every((one) => one.status === 'ready' && one.processes === 'together');
  };

  let cleared: Promise<void> | undefined;
  const clear = (): Promise<void> => {
    cleared ??= clearUp();
    return cleared;
  };

  async function clearUp(): Promise<void> {
    await balancer.close();
    await Promise.all([database.close(), redisGate.close()]);
    await server.close();
    await dropDatabase(direct.href);
    data.remove();
  }

  return {
    url: balancer.url,
    balancer,
    members,
    database,
    redis: { server, gate: redisGate },
    place: { dataDir: data.path, mongodbUri: direct.href },
    setupToken: setupTokenIn(last.output()),
    isWhole,
    async close() {
      for (const member of members) member.resume();
      const codes = await Promise.all(members.map((member) => member.stop()));
      await clear();
      return codes;
    },
    async abandon() {
      await Promise.all(members.map((member) => member.kill()));
      await clear();
    },
  };
}

/** For `openFakeTelegram`: what it hands in at the public address comes to the balancer. */
export function fleetProxy(urlOf: () => string): (address: string) => string {
  return (address) => address.replace(PUBLIC_URL, urlOf());
}

/** Waits until everything has healed by itself. */
export async function untilWhole(fleet: Fleet, limitMs: number): Promise<number> {
  const started = performance.now();
  while (!(await fleet.isWhole())) {
    if (performance.now() - started > limitMs) {
      const states = await Promise.all(fleet.members.map((member) => member.readiness()));
      throw new Error(`Not whole within ${limitMs} ms: ${JSON.stringify(states)}\n${lastWordsOf(fleet)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - started;
}

/** The end of what each server printed: for whoever reads a failure. */
export function lastWordsOf({ members }: Pick<Fleet, 'members'>): string {
  return members
    .map(
      (member, number) => `server ${number}:\n${member.output().trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`,
    )
    .join('\n');
}
