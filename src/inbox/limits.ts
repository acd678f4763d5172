import { randomBytes } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Attempts } from '../domain/account-attempts.js';
import { TooManyAttemptsError } from '../domain/errors.js';
import { type Counter, createMemoryLimiters, type Limit, type Limiters, limiterKey } from '../http/limiters.js';
import { networkOf } from '../http/network-of.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** A bound on memory, whatever logins and addresses come. */
const BUCKETS = 2 ** 16;

/** How much may be tried, `points` in `duration` seconds. */
export interface AttemptLimits {
  /** Of one login from one address. */
  readonly pair: Limit;
  /** Of one login from all addresses where it never succeeded. */
  readonly login: Limit;
  /** From one address. */
  readonly address: Limit;
}

export const ATTEMPT_LIMITS: AttemptLimits = {
  pair: { points: 10, duration: 15 * MINUTE },
  login: { points: 50, duration: 60 * MINUTE },
  address: { points: 100, duration: 15 * MINUTE },
};

/** For how long an address at which somebody logged in is theirs. Timers end at 24.8 days (2^31 ms). */
const KNOWN_SECONDS = 20 * DAY;

/**
 * Where somebody has logged in before, what others try on their login elsewhere does not lock them out. Neither logins nor
 * addresses are kept: only hashes under the salt.
 * @param limiters those that the processes share; absent: this process counts alone.
 */
export function createAttempts(limits: AttemptLimits = ATTEMPT_LIMITS, limiters: Limiters = ownLimiters()): Attempts {
  const { bucketOf, nameOf } = createBuckets(limiters);
  const pairs = limiters.create('attempts-pair', limits.pair);
  const logins = limiters.create('attempts-login', limits.login);
  const addresses = limiters.create('attempts-address', limits.address);
  const known = limiters.create('attempts-known', { points: 1, duration: KNOWN_SECONDS });

  return {
    async begin({ login, address }) {
      const network = networkOf(address);
      const pair = bucketOf(login, network);
      // No bucket: whoever shared one with a place that is known would be let off. Only right passwords add to these.
      const place = nameOf(login, network);
      const isKnown = (await known.get(place)) !== null;
      const counted = [
        { limiter: addresses, key: bucketOf(network) },
        { limiter: pairs, key: pair },
        ...(isKnown ? [] : [{ limiter: logins, key: bucketOf(login) }]),
      ];
      for (const { limiter, key } of counted) await consume(limiter, key);
      const forgive = async (): Promise<void> => {
        for (const { limiter, key } of counted) await limiter.reward(key);
      };
      return {
        forgive,
        async succeed() {
          await forgive();
          await pairs.delete(pair);
          await known.set(place, 1, KNOWN_SECONDS);
        },
      };
    },
  };
}

export interface CallLimits {
  /** Each throws TooManyAttemptsError past its limit. */
  passAddress(address: string): Promise<void>;
  /** For calls without a session, which cost more than others. */
  passStranger(address: string): Promise<void>;
  passSession(sessionId: string): Promise<void>;
}

/** Calls in a minute. A page that types, saves and reads makes about one a second; a town hall has one address. */
export interface CallLimitSettings {
  readonly perAddress: number;
  readonly perStranger: number;
  readonly perSession: number;
}

export const CALL_LIMITS: CallLimitSettings = { perAddress: 3000, perStranger: 120, perSession: 600 };

/** @param limiters as for `createAttempts`. */
export function createCallLimits(
  { perAddress, perStranger, perSession }: CallLimitSettings,
  limiters: Limiters = ownLimiters(),
): CallLimits {
  const { bucketOf } = createBuckets(limiters);
  const addresses = limiters.create('calls-address', { points: perAddress, duration: MINUTE });
  const strangers = limiters.create('calls-stranger', { points: perStranger, duration: MINUTE });
  const sessions = limiters.create('calls-session', { points: perSession, duration: MINUTE });
  return {
    passAddress: (address) => consume(addresses, bucketOf(networkOf(address))),
    passStranger: (address) => consume(strangers, bucketOf(networkOf(address))),
    passSession: (sessionId) => consume(sessions, bucketOf(sessionId)),
  };
}

async function consume(limiter: Counter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new TooManyAttemptsError(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
  }
}

interface Buckets {
  /** One of `BUCKETS`; others may share it. */
  bucketOf(...parts: readonly string[]): string;
  /** Nobody else's. */
  nameOf(...parts: readonly string[]): string;
}

function createBuckets(limiters: Limiters): Buckets {
  return {
    bucketOf: (...parts) => `${limiterKey(limiters, ...parts).readUInt32BE() % BUCKETS}`,
    nameOf: (...parts) => limiterKey(limiters, ...parts).toString('base64url'),
  };
}

function ownLimiters(): Limiters {
  return createMemoryLimiters(randomBytes(16));
}
