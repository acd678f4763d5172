import type {
  NotificationSettings,
  PushHandle,
  WorkerClient,
  WorkerEvents,
  WorkerScope,
} from '../../src/web/inbox/sw/scope.js';
import { installWorker } from '../../src/web/inbox/sw/worker.js';

const ORIGIN = 'https://permanence.example';

interface FakeWindow extends WorkerClient {
  isFocused: boolean;
  readonly messages: unknown[];
}

/** The service worker in a scope of the test's: a network that answers with each file's own path. */
export function openWorker() {
  const listeners = new Map<string, (event: never) => void>();
  const windows: FakeWindow[] = [];
  const world = {
    isOffline: false,
    /** Statuses other than 200, by path. */
    answers: new Map<string, number>(),
    texts: new Map<string, string>(),
    caches: new Map<string, Map<string, string>>(),
    events: [] as string[],
    notifications: [] as ({ title: string } & NotificationSettings)[],
    opened: [] as string[],
    posts: [] as { url: string; headers: unknown; body: unknown }[],
    subscribed: [] as object[],
    stored: () => [...(world.caches.get('permanence-offline')?.keys() ?? [])].sort(),
    addWindow(url: string, visibilityState = 'hidden') {
      const made: FakeWindow = {
        url,
        visibilityState,
        isFocused: false,
        messages: [],
        focus: async () => {
          made.isFocused = true;
        },
        postMessage: (message) => void made.messages.push(message),
      };
      windows.push(made);
      return made;
    },
    /** Resolves when everything that the event waits for has. */
    async fire<Name extends keyof WorkerEvents>(name: Name, parts: Partial<WorkerEvents[Name]> = {}) {
      const work: Promise<unknown>[] = [];
      const event = { ...parts, waitUntil: (promise: Promise<unknown>) => void work.push(promise) };
      listeners.get(name)?.(event as never);
      await Promise.all(work);
    },
    /** What the worker answers; undefined when it leaves the request to the browser. */
    async get(path: string, mode = 'cors', method = 'GET') {
      let answer: Promise<Response> | undefined;
      await world.fire('fetch', {
        request: { mode, method, url: new URL(path, ORIGIN).href },
        respondWith: (response) => {
          answer = response;
        },
      });
      return answer;
    },
    push: (data: unknown) =>
      world.fire('push', {
        data:
          data === undefined ? null : { json: () => (typeof data === 'string' ? (JSON.parse(data) as unknown) : data) },
      }),
    /** On the notification that was shown last. */
    click: () =>
      world.fire('notificationclick', {
        notification: { close: () => undefined, data: world.notifications.at(-1)?.data },
      }),
  };

  function respond(input: unknown, init: { method?: string; headers?: unknown; body?: string } = {}): Response {
    const url = typeof input === 'string' ? input : (input as { url: string }).url;
    if (init.method === 'POST') {
      world.posts.push({ url, headers: init.headers, body: JSON.parse(init.body ?? '') });
      return new Response('{}');
    }
    if (world.isOffline) throw new TypeError('Failed to fetch');
    const { pathname } = new URL(url, ORIGIN);
    return new Response(world.texts.get(pathname) ?? pathname, { status: world.answers.get(pathname) ?? 200 });
  }

  const scope: WorkerScope = {
    location: { origin: ORIGIN },
    fetch: async (input, init) => respond(input, init),
    caches: {
      async open(name) {
        const kept = world.caches.get(name) ?? new Map<string, string>();
        world.caches.set(name, kept);
        return {
          match: async (url) => (kept.has(url) ? new Response(kept.get(url)) : undefined),
          put: async (url, response) => void kept.set(url, await response.text()),
        };
      },
      keys: async () => [...world.caches.keys()],
      delete: async (name) => world.caches.delete(name),
    },
    clients: {
      claim: async () => void world.events.push('claim'),
      matchAll: async () => windows,
      openWindow: async (url) => void world.opened.push(url),
    },
    registration: {
      showNotification: async (title, options) => void world.notifications.push({ title, ...options }),
      pushManager: {
        async subscribe(options): Promise<PushHandle> {
          world.subscribed.push(options);
          return { toJSON: () => ({ endpoint: 'https://push.example/2', keys: { p256dh: 'p', auth: 'a' } }) };
        },
      },
    },
    skipWaiting: async () => void world.events.push('skipWaiting'),
    addEventListener: (name, listener) => void listeners.set(name, listener as (event: never) => void),
  };
  installWorker(scope);
  return world;
}
