import { createOffline } from './offline.js';
import { createPush } from './push.js';
import type { WorkerScope } from './scope.js';

/**
 * The inbox's service worker: the offline page, and the notifications that come while no page is open.
 *
 * A new version takes over at once (`skipWaiting`, `claim`). This is safe because it holds nothing of a page: no file of
 * the application comes from it, so that an open page and a new worker cannot disagree, and nobody is asked to reload.
 */
export function installWorker(scope: WorkerScope): void {
  const offline = createOffline(scope);
  const push = createPush(scope);

  scope.addEventListener('install', (event) => {
    event.waitUntil(Promise.all([offline.store(), scope.skipWaiting()]));
  });
  scope.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([offline.dropOthers(), scope.clients.claim()]));
  });
  scope.addEventListener('fetch', (event) => offline.onFetch(event));
  scope.addEventListener('push', (event) => event.waitUntil(push.show(event)));
  scope.addEventListener('notificationclick', (event) => event.waitUntil(push.open(event)));
  scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(push.renew(event)));
}
