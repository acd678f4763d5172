const WORKER = '/inbox/sw.js';
/** Without a slash at its end: `/inbox` itself is a page. The server allows it (`Service-Worker-Allowed`). */
const SCOPE = '/inbox';

/** Registers the worker once the page has loaded, where the browser has service workers. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = () => {
    // Without it the inbox works: only the offline page and the notifications of a closed page are missing, and the
    // alarm's page says so.
    navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: 'none' }).catch(() => undefined);
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
