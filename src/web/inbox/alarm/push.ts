import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import type { AlarmView } from '../api/types.js';
import { notificationPermission } from './notices.js';
import { PUSH } from './page-strings.js';

/** How this browser stands with push; `id` is the server's name of its subscription. */
export type PushState =
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'off' }
  | { readonly kind: 'subscribed'; readonly id: string };

export async function readPush(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis)) return { kind: 'unsupported' };
  if (notificationPermission() === 'refused') return { kind: 'refused' };
  const registration = await navigator.serviceWorker.getRegistration('/inbox');
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? { kind: 'subscribed', id: await idOf(subscription.endpoint) } : { kind: 'off' };
}

/**
 * Subscribes this browser and tells the server. To be called from a gesture: the browser asks for permission.
 * @throws ApiProblem `PushRefused` when the browser or its push service does not let it.
 */
export async function subscribePush(pushKey: string): Promise<AlarmView> {
  const subscription = await subscribe(pushKey).catch((fault: unknown) => {
    throw new ApiProblem({ status: 0, code: 'PushRefused', detail: PUSH.failed }, { cause: fault });
  });
  const { endpoint = '', keys = {} } = subscription.toJSON();
  return call('subscribePush', { body: { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } } });
}

/** Ends the subscription `id` on the server, and in this browser when it is its own. */
export async function unsubscribePush(id: string): Promise<AlarmView> {
  const view = await call('unsubscribePush', { params: { id } });
  const registration = await navigator.serviceWorker?.getRegistration('/inbox');
  const subscription = await registration?.pushManager?.getSubscription();
  if (subscription && (await idOf(subscription.endpoint)) === id) await subscription.unsubscribe();
  return view;
}

async function subscribe(pushKey: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: pushKey };
  try {
    return await pushManager.subscribe(options);
  } catch (fault) {
    // A subscription made for another key of this server is in the way (Push API, `InvalidStateError`).
    if (!(fault instanceof DOMException) || fault.name !== 'InvalidStateError') throw fault;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/** As the server makes it: SHA-256 of the endpoint, base64url. */
async function idOf(endpoint: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));
  return btoa(String.fromCharCode(...hash))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
