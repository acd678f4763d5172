/**
 * Examines the installation and says in French what to mend. It changes nothing, and may be run beside the server.
 *
 *   npm run doctor
 *
 * It reads the same environment as the server. Exit codes: 0 nothing to mend; 78 something to mend; 1 a fault of the program.
 */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { createTelegramApi } from '../channels/telegram/api.js';
import { type Config, ConfigError, readConfig } from '../config.js';
import { checkPublicAddress } from '../doctor/check-address.js';
import { checkClock, type OtherClock } from '../doctor/check-clock.js';
import { checkConfiguration } from '../doctor/check-configuration.js';
import { checkData } from '../doctor/check-data.js';
import { checkDatabase } from '../doctor/check-database.js';
import { checkMail } from '../doctor/check-mail.js';
import { checkPush } from '../doctor/check-push.js';
import { checkRedis, type RedisAnswer, RedisRefusal } from '../doctor/check-redis.js';
import { checkTelegram } from '../doctor/check-telegram.js';
import { examine, renderExamination } from '../doctor/examine.js';
import { operatorMessage } from '../operator-message.js';
import { readRedisUrl } from '../realtime/redis-url.js';
import { inspectStorage } from '../storage/inspect-storage.js';
import type { Inspection } from '../storage/inspection.js';

const EX_CONFIG = 78;
const LIMIT_MS = 5_000;

try {
  const config = readConfig(process.env);
  const inspection = inspectStorage(config);
  // Each of its readers tells of a failure.
  inspection.catch(() => undefined);
  // A large file is read for longer than the checks have, and nothing else is heard of meanwhile: before their time runs.
  if (config.mongodbUri === undefined) await Promise.allSettled([inspection]);
  const examination = await examine(checksOf(config, inspection));
  console.log(renderExamination(examination));
  // Whatever is still waiting for an answer is not to keep the operator waiting.
  process.exit(examination.faults === 0 ? 0 : EX_CONFIG);
} catch (error) {
  const message = operatorMessage(error);
  console.error(message ?? error);
  process.exit(error instanceof ConfigError || message !== undefined ? EX_CONFIG : 1);
}

function checksOf(config: Config, inspection: Promise<Inspection | undefined>) {
  const { telegram } = config;
  return [
    checkConfiguration(config),
    checkData(config, async () => (await inspection)?.version !== undefined),
    checkDatabase(() => inspection),
    checkRedis(config.redisUrl, askRedis),
    checkClock(clocksOf(config, async () => (await inspection)?.clockAheadMs)),
    checkTelegram({ config, api: telegram && createTelegramApi(telegram), now: Date.now }),
    checkMail(config.alarm.smtp),
    checkPush(config),
    checkPublicAddress(config),
  ];
}

function clocksOf(config: Config, ofDatabase: OtherClock['aheadMs']): readonly OtherClock[] {
  const { telegram, publicUrl } = config;
  return [
    { name: 'la base de données', aheadMs: ofDatabase },
    ...(telegram ? [{ name: 'Telegram', aheadMs: () => clockOf(telegram.apiRoot) }] : []),
    ...(publicUrl === undefined ? [] : [{ name: 'l’adresse publique', aheadMs: () => clockOf(publicUrl) }]),
  ];
}

/** By the date that every web server tells (RFC 9110, 6.6.1), which is whole seconds. */
async function clockOf(url: string): Promise<number | undefined> {
  const askedAt = Date.now();
  const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
  const told = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(told) ? undefined : told - (askedAt + Date.now()) / 2;
}

async function askRedis(url: string): Promise<RedisAnswer> {
  const limits = { lazyConnect: true, retryStrategy: () => null, connectTimeout: LIMIT_MS, commandTimeout: LIMIT_MS };
  const options = { ...readRedisUrl(url), ...limits };
  const [speaker, hearer] = [new Redis(options), new Redis(options)];
  let refusal: string | undefined;
  // A refused login ends the connection, and the command only learns of that.
  for (const client of [speaker, hearer]) client.on('error', (error) => (refusal ??= refusalIn(error)));
  try {
    await Promise.all([speaker.connect(), hearer.connect()]);
    const askedAt = performance.now();
    await speaker.ping();
    const roundTripMs = performance.now() - askedAt;
    const version = /redis_version:(\S+)/.exec(await speaker.info('server'))?.[1] ?? '?';
    const isCounting = await counts(speaker);
    return { version, roundTripMs, isPassingOn: await passesOn(speaker, hearer), isCounting };
  } catch (error) {
    refusal ??= refusalIn(error);
    throw refusal === undefined ? error : new RedisRefusal(refusal);
  } finally {
    for (const client of [speaker, hearer]) client.disconnect();
  }
}

/** As the limits on attempts do it. */
async function counts(client: Redis): Promise<boolean> {
  const key = `permanence:doctor:${randomBytes(8).toString('hex')}`;
  try {
    await client.eval("redis.call('incr', KEYS[1]) return redis.call('expire', KEYS[1], 5)", 1, key);
    return true;
  } catch (error) {
    if (refusalIn(error) === undefined) throw error;
    return false;
  }
}

/** The first word of an answer of Redis that is a refusal (https://redis.io/docs/latest/develop/reference/protocol-spec/). */
function refusalIn(error: unknown): string | undefined {
  return error instanceof Error && error.name === 'ReplyError' ? /^[A-Z]{3,}\b/.exec(error.message)?.[0] : undefined;
}

async function passesOn(speaker: Redis, hearer: Redis): Promise<boolean> {
  const channel = `permanence:doctor:${randomBytes(8).toString('hex')}`;
  const heard = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => heard.resolve(false), LIMIT_MS);
  hearer.once('message', () => heard.resolve(true));
  await hearer.subscribe(channel);
  await speaker.publish(channel, 'ok');
  const result = await heard.promise;
  clearTimeout(timer);
  return result;
}
