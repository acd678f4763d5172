import webPush from 'web-push';
import type { DelegateId } from '../domain/desk-state.js';
import type { PushStore, PushSubscription } from '../storage/ports/settings-store.js';
import type { PushKeys } from './push-keys.js';
import type { Notice } from './words.js';

/** `sent`: the push service took it for at least one of the account's browsers. */
export type PushOutcome = 'sent' | 'no-subscription' | 'failed';

export interface Pusher {
  /**
   * Sends to every subscribed browser of these accounts. It does not throw for a push service that fails, nor, where it is
   * handed the subscriptions, for storage.
   */
  push(
    accounts: readonly DelegateId[],
    notice: Notice,
    options?: PushOptions,
  ): Promise<ReadonlyMap<DelegateId, PushOutcome>>;
}

export interface PushOptions {
  /** How long the push service keeps it for a browser that is not there; ten minutes without it. */
  readonly keptSeconds?: number;
  /** All there are, as read before; read now without it. */
  readonly subscriptions?: readonly PushSubscription[];
}

export interface PusherDependencies {
  readonly store: PushStore;
  readonly keys: PushKeys;
  /** `mailto:` or `https:`, for push services (RFC 8292, `sub`). */
  readonly contact: string;
  /** Told of failures, by kind and without the address of the browser. */
  readonly onFailure: (status: number | undefined) => void;
  /** Replaced by tests; gives the status of the push service's answer. */
  readonly send?: (subscription: PushSubscription, payload: string, keptSeconds: number) => Promise<number>;
}

/** Worth nothing once the resident has been answered or has left. */
const TIME_TO_LIVE_S = 600;
const TIMEOUT_MS = 10_000;
/** The browser has withdrawn its subscription (RFC 8030, 7.3). */
const GONE = [404, 410];

/**
 * Push services that browsers use. Subscriptions come from pages, so that any other address would let a page make the
 * server call it.
 */
const PUSH_SERVICES = [
  /^fcm\.googleapis\.com$/,
  /^(jmt17|updates)\.push\.services\.mozilla\.com$|^updates-autopush\.[\w-]+\.mozaws\.net$/,
  /\.notify\.windows\.com$/,
  /\.push\.apple\.com$/,
];

export function isPushService(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  return (
    url?.protocol === 'https:' &&
    url.port === '' &&
    !url.username &&
    PUSH_SERVICES.some((host) => host.test(url.hostname))
  );
}

export function createPusher({ store, keys, contact, onFailure, send }: PusherDependencies): Pusher {
  const sendOne = send ?? createSender(keys, contact);

  async function pushOne(subscription: PushSubscription, payload: string, keptSeconds: number): Promise<boolean> {
    const status = await sendOne(subscription, payload, keptSeconds).catch(() => undefined);
    // One that cannot be removed now is found gone the next time as well.
    if (status !== undefined && GONE.includes(status)) await store.remove(subscription.id).catch(() => false);
    const isSent = status !== undefined && status >= 200 && status < 300;
    if (!isSent) onFailure(status);
    return isSent;
  }

  return {
    async push(accounts, notice, { keptSeconds = TIME_TO_LIVE_S, subscriptions: known } = {}) {
      const subscriptions = known ?? (await store.list());
      const payload = JSON.stringify(notice);
      const outcomes = accounts.map(async (account): Promise<[DelegateId, PushOutcome]> => {
        const own = subscriptions.filter(({ accountId }) => accountId === account);
        if (own.length === 0) return [account, 'no-subscription'];
        const results = await Promise.all(own.map((subscription) => pushOne(subscription, payload, keptSeconds)));
        return [account, results.includes(true) ? 'sent' : 'failed'];
      });
      return new Map(await Promise.all(outcomes));
    },
  };
}

/** Encrypted for the browser (RFC 8291): the push service learns that something was sent, and when. */
function createSender(keys: PushKeys, contact: string): NonNullable<PusherDependencies['send']> {
  return async ({ endpoint, keys: browserKeys }, payload, keptSeconds) => {
    try {
      const { statusCode } = await webPush.sendNotification({ endpoint, keys: browserKeys }, payload, {
        vapidDetails: { subject: contact, publicKey: keys.publicKey, privateKey: keys.privateKey },
        TTL: keptSeconds,
        urgency: 'high',
        timeout: TIMEOUT_MS,
      });
      return statusCode;
    } catch (error) {
      if (error instanceof webPush.WebPushError) return error.statusCode;
      throw error;
    }
  };
}
