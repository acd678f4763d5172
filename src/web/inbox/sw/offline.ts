import type { WorkerEvents, WorkerScope } from './scope.js';

/** Kept on the device: the page that stands in while the server cannot be reached. Nothing of a conversation is. */
export const OFFLINE_FILES = ['offline.html', 'offline.css', 'offline.js', 'icon.svg'].map((name) => `/inbox/${name}`);
const OFFLINE_PAGE = '/inbox/offline.html';
const CACHE = 'permanence-offline';
const OTHERS = /^permanence-/;
/** A proxy that answers for a server which is being restarted. */
const AWAY = [502, 503, 504];

export interface Offline {
  /** @throws when a file cannot be had: the worker is then not installed, and is tried again at the next visit. */
  store(): Promise<void>;
  dropOthers(): Promise<void>;
  onFetch(event: WorkerEvents['fetch']): void;
}

/**
 * Answers for pages that cannot be loaded, and for the files of the page that says so. Every other request is left to
 * the browser: calls of the API and assets are never touched.
 */
export function createOffline(scope: Pick<WorkerScope, 'caches' | 'fetch' | 'location'>): Offline {
  async function store(): Promise<void> {
    const cache = await scope.caches.open(CACHE);
    await Promise.all(
      OFFLINE_FILES.map(async (file) => {
        const response = await scope.fetch(file, { cache: 'no-cache', credentials: 'omit' });
        if (!response.ok) throw new Error(`${file}: ${response.status}`);
        await cache.put(file, response);
      }),
    );
  }

  async function stored(file: string): Promise<Response | undefined> {
    return (await scope.caches.open(CACHE)).match(file);
  }

  async function load(event: WorkerEvents['fetch']): Promise<Response> {
    try {
      const response = await scope.fetch(event.request);
      if (!AWAY.includes(response.status)) return response;
      return (await stored(OFFLINE_PAGE)) ?? response;
    } catch (error) {
      const page = await stored(OFFLINE_PAGE);
      if (page) return page;
      throw error;
    }
  }

  async function loadFile(event: WorkerEvents['fetch'], file: string): Promise<Response> {
    try {
      return await scope.fetch(event.request);
    } catch (error) {
      const kept = await stored(file);
      if (kept) return kept;
      throw error;
    }
  }

  return {
    store,
    async dropOthers() {
      const names = (await scope.caches.keys()).filter((name) => OTHERS.test(name) && name !== CACHE);
      await Promise.all(names.map((name) => scope.caches.delete(name)));
    },
    onFetch(event) {
      const { mode, method, url } = event.request;
      if (method !== 'GET') return;
      const { origin, pathname } = new URL(url);
      if (origin !== scope.location.origin) return;
      if (mode === 'navigate') {
        event.respondWith(load(event));
        // The page that is kept follows the site without a new version of this worker; while offline the old one stays.
        event.waitUntil(store().catch(() => undefined));
      } else if (OFFLINE_FILES.includes(pathname)) event.respondWith(loadFile(event, pathname));
    },
  };
}
