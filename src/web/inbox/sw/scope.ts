/**
 * What the worker uses of its global scope (W3C Service Workers, Push API), and no more: the types of a page and of a
 * worker cannot be in one program, and tests hand in a scope of their own.
 */
export interface WorkerScope {
  readonly caches: {
    open(name: string): Promise<WorkerCache>;
    keys(): Promise<readonly string[]>;
    delete(name: string): Promise<boolean>;
  };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly WorkerClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly registration: {
    showNotification(title: string, options: NotificationSettings): Promise<void>;
    readonly pushManager?: { subscribe(options: object): Promise<PushHandle> };
  };
  readonly location: { readonly origin: string };
  fetch(input: unknown, init?: object): Promise<Response>;
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof WorkerEvents>(name: Name, listener: (event: WorkerEvents[Name]) => void): void;
}

export interface WorkerEvents {
  install: Lasting;
  activate: Lasting;
  fetch: Lasting & {
    readonly request: { readonly mode: string; readonly method: string; readonly url: string };
    readonly preloadResponse?: Promise<Response | undefined>;
    respondWith(response: Promise<Response>): void;
  };
  push: Lasting & { readonly data: { json(): unknown } | null };
  notificationclick: Lasting & { readonly notification: { readonly data?: unknown; close(): void } };
  pushsubscriptionchange: Lasting & {
    readonly newSubscription?: PushHandle | null;
    readonly oldSubscription?: PushHandle | null;
  };
}

export interface WorkerCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

export interface WorkerClient {
  readonly url: string;
  readonly visibilityState?: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

export interface PushHandle {
  readonly options?: { readonly applicationServerKey?: unknown };
  toJSON(): unknown;
}

export interface NotificationSettings {
  readonly body: string;
  readonly tag: string;
  readonly renotify: boolean;
  readonly requireInteraction: boolean;
  readonly lang: string;
  readonly icon: string;
  readonly badge: string;
  /** Comes back with the click. */
  readonly data: { readonly about: About };
}

/** What a notification is about: the page that a click on it shows. */
export type About = 'queue' | 'reports';

/** What the worker tells a page that a notification has brought to the front. */
export type Show = `permanence:show-${About}`;

interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
