import type { NotificationSettings } from '../sw/scope.js';
import type { Permission } from './permission.js';
import type { Caller, Picture } from './picture.js';
import { NOTICE } from './strings.js';

export function notificationPermission(): Permission {
  if (!('Notification' in globalThis)) return 'unsupported';
  return { granted: 'allowed', denied: 'refused', default: 'not-asked' }[Notification.permission] as Permission;
}

/** To be called from a gesture. */
export async function askForNotifications(): Promise<Permission> {
  if ('Notification' in globalThis) await Notification.requestPermission();
  return notificationPermission();
}

/** Names the conversation, and nothing that was said in it. */
export function showNotice(caller: Caller): void {
  const title = caller.urgency === 'emergency' ? NOTICE.emergency : NOTICE.waiting;
  void show(title, caller.name ?? NOTICE.locked, tagOf(caller));
}

/** Resolves to whether the browser has taken it. */
export function showTestNotice(): Promise<boolean> {
  return show(NOTICE.test, NOTICE.testBody, 'permanence-test');
}

export async function withdrawNotices(callers: Picture): Promise<void> {
  const tags = new Set(callers.map(tagOf));
  const registration = await workerRegistration();
  if (!registration || tags.size === 0) return;
  for (const notice of await registration.getNotifications()) if (tags.has(notice.tag)) notice.close();
}

/** What came by push of the queue while the page was closed; with nobody waiting any more it is stale. */
export async function withdrawPushed(): Promise<void> {
  const registration = await workerRegistration();
  if (!registration) return;
  for (const notice of await registration.getNotifications())
    if (notice.tag.startsWith('permanence-push:') && !isAboutReports(notice)) notice.close();
}

/** As the worker has marked it; a report that nobody has read is no matter of who waits. */
function isAboutReports({ data }: { readonly data: Partial<NotificationSettings['data']> | null }): boolean {
  return data?.about === 'reports';
}

async function show(title: string, body: string, tag: string): Promise<boolean> {
  if (notificationPermission() !== 'allowed') return false;
  const registration = await workerRegistration();
  const options = { body, tag, lang: 'fr', icon: '/inbox/icon-192.png', requireInteraction: tag !== 'permanence-test' };
  try {
    // By the worker where there is one: phones allow no other way, and its click comes back to this page.
    if (registration) await registration.showNotification(title, { ...options, badge: '/inbox/badge.png' });
    else new Notification(title, options).addEventListener('click', () => focus());
    return true;
  } catch (fault) {
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}

async function workerRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration('/inbox');
  return registration?.active ? registration : undefined;
}

function tagOf({ id, urgency }: Caller): string {
  return `permanence:${urgency}:${id}`;
}
