import { createHash, randomBytes } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Attempts } from '../domain/account-attempts.js';
import { TooManyAttemptsError } from '../domain/errors.js';
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

export interface Limit {
  readonly points: number;
  readonly duration: number;
}

export const ATTEMPT_LIMITS: AttemptLimits = {
  pair: { points: 10, duration: 15 * MINUTE },
  login: { points: 50, duration: 60 * MINUTE },
  address: { points: 100, duration: 15 * MINUTE },
};

/** For how long an address at which somebody logged in is theirs. Timers end at 24.8 days (2^31 ms). */
const KNOWN_SECONDS = 20 * DAY;

/**
 * Attempts of this process. Where somebody has logged in before, what others try on their login elsewhere does not lock
 * them out. Neither logins nor addresses are kept: only hashes that change with each start.
 */
export function createAttempts(limits: AttemptLimits = ATTEMPT_LIMITS): Attempts {
  const { bucketOf, nameOf } = createBuckets();
  const [pairs, logins, addresses] = [limits.pair, limits.login, limits.address].map(
    (limit) => new RateLimiterMemory(limit),
  ) as [RateLimiterMemory, RateLimiterMemory, RateLimiterMemory];
  const known = new RateLimiterMemory({ points: 1, duration: KNOWN_SECONDS });

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

export function createCallLimits({ perAddress, perStranger, perSession }: CallLimitSettings): CallLimits {
  const { bucketOf } = createBuckets();
  const limiter = (points: number): RateLimiterMemory => new RateLimiterMemory({ points, duration: MINUTE });
  const [addresses, strangers, sessions] = [limiter(perAddress), limiter(perStranger), limiter(perSession)];
  return {
    passAddress: (address) => consume(addresses, bucketOf(networkOf(address))),
    passStranger: (address) => consume(strangers, bucketOf(networkOf(address))),
    passSession: (sessionId) => consume(sessions, bucketOf(sessionId)),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
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

function createBuckets(): Buckets {
  const salt = randomBytes(16);
  const hash = (parts: readonly string[]) => createHash('sha256').update(salt).update(JSON.stringify(parts)).digest();
  return {
    bucketOf: (...parts) => `${hash(parts).readUInt32BE() % BUCKETS}`,
    nameOf: (...parts) => hash(parts).toString('base64url'),
  };
}
