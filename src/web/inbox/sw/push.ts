import type { About, PushHandle, Show, WorkerEvents, WorkerScope } from './scope.js';
import { SW_WORDS } from './strings.js';

const INBOX = '/inbox';
const SUBSCRIPTIONS = '/api/inbox/alarm/subscriptions';
/** Longer than any notification shows. */
const MAX_LENGTH = 200;

const PAGES: Readonly<Record<About, string>> = { queue: INBOX, reports: `${INBOX}/signalements` };

export interface Push {
  show(event: Pick<WorkerEvents['push'], 'data'>): Promise<void>;
  open(event: Pick<WorkerEvents['notificationclick'], 'notification'>): Promise<void>;
  renew(event: Pick<WorkerEvents['pushsubscriptionchange'], 'newSubscription' | 'oldSubscription'>): Promise<void>;
}

type Needed = Pick<WorkerScope, 'clients' | 'registration' | 'fetch' | 'location'>;

export function createPush({ clients, registration, fetch, location }: Needed): Push {
  return {
    /** One is shown for every push, readable or not: browsers end a subscription whose pushes show nothing. */
    async show({ data }) {
      const { title, body, about } = noticeOf(data);
      await registration.showNotification(title, {
        body,
        // One of each kind: a wait does not cover a danger.
        tag: `permanence-push:${title}`,
        renotify: true,
        requireInteraction: true,
        lang: 'fr',
        icon: '/inbox/icon-192.png',
        badge: '/inbox/badge.png',
        data: { about },
      });
    },
    async open({ notification }) {
      notification.close();
      const about = aboutOf(recordOf(notification.data).about);
      const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
      const pages = windows.filter(({ url }) => isInbox(url, location.origin));
      const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0];
      if (!page) {
        await clients.openWindow(PAGES[about]);
        return;
      }
      page.postMessage(`permanence:show-${about}` satisfies Show);
      await page.focus();
    },
    /** The browser has changed its subscription. When the session is over this fails, and the alarm's page says so. */
    async renew({ newSubscription, oldSubscription }) {
      const fresh = newSubscription ?? (await subscribeLike(oldSubscription));
      if (!fresh) return;
      await fetch(SUBSCRIPTIONS, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json', 'X-Permanence': 'background' },
        body: JSON.stringify(bodyOf(fresh)),
      });
    },
  };

  async function subscribeLike(old: PushHandle | null | undefined): Promise<PushHandle | undefined> {
    const applicationServerKey = old?.options?.applicationServerKey;
    if (!applicationServerKey || !registration.pushManager) return undefined;
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  }
}

/** The wire's form of a subscription: browsers add members that the API does not take. */
function bodyOf(subscription: Pick<PushHandle, 'toJSON'>): {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
} {
  const { endpoint, keys } = recordOf(subscription.toJSON());
  const { p256dh, auth } = recordOf(keys);
  return { endpoint: textOf(endpoint), keys: { p256dh: textOf(p256dh), auth: textOf(auth) } };
}

function noticeOf(data: WorkerEvents['push']['data']): {
  readonly title: string;
  readonly body: string;
  readonly about: About;
} {
  try {
    const { title, body, about } = recordOf(data?.json());
    return { title: lineOf(title) || SW_WORDS.title, body: lineOf(body) || SW_WORDS.body, about: aboutOf(about) };
  } catch {
    // Not JSON: something must be shown all the same.
    return { ...SW_WORDS, about: 'queue' };
  }
}

function aboutOf(about: unknown): About {
  return about === 'reports' ? 'reports' : 'queue';
}

function isInbox(url: string, origin: string): boolean {
  const { origin: itsOrigin, pathname } = new URL(url);
  return itsOrigin === origin && (pathname === INBOX || pathname.startsWith(`${INBOX}/`));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lineOf(value: unknown): string {
  return textOf(value).slice(0, MAX_LENGTH).trim();
}
