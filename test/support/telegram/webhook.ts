import { badRequest } from './refusal.js';
import type { JsonRecord } from './types.js';
import type { Entry, UpdateQueue } from './update-queue.js';
import { seconds, type World } from './world.js';

export interface WebhookSettings {
  /** '' for none. */
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
}

export interface WebhookOptions {
  readonly takesHttp: boolean;
  readonly pausesMs: readonly number[];
  readonly proxy: (url: string) => string;
}

export interface Webhook {
  url(): string;
  /** @throws Refusal */
  check(settings: WebhookSettings): void;
  /** @returns false if all was so already. */
  set(settings: WebhookSettings): boolean;
  info(): JsonRecord;
  /** Of this moment, and the most there ever were. */
  readonly load: { now: number; most: number };
  close(): void;
}

const NONE: WebhookSettings = { url: '', secret: '', connections: 40 };
/** « Ports currently supported for webhooks: 443, 80, 88, 8443 » */
const PORTS = ['', '80', '88', '443', '8443'];
const ANSWER_MS = 60_000;

/**
 * Sends updates to the bot's address (https://core.telegram.org/bots/api#setwebhook): « In case of an unsuccessful request
 * (a request with response HTTP status code different from 2XY), we will repeat the request and give up after a reasonable
 * amount of attempts. » Updates of one chat and sort go out one after the other.
 */
export function createWebhook(world: World, updates: UpdateQueue, options: WebhookOptions): Webhook {
  let settings = NONE;
  let generation = new AbortController();
  let failure: { readonly at: number; readonly message: string } | undefined;
  const busy = new Set<string>();
  const paused = new Set<NodeJS.Timeout>();
  const failures = new Map<Entry, number>();
  const load = { now: 0, most: 0 };

  function work(): void {
    if (settings.url === '' || updates.isHeld()) return;
    for (const entry of updates.entries) {
      if (load.now >= settings.connections) return;
      if (busy.has(entry.key)) continue;
      busy.add(entry.key);
      void deliver(entry, generation.signal);
    }
  }

  async function deliver(entry: Entry, signal: AbortSignal): Promise<void> {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    const complaint = await post(entry, signal);
    load.now -= 1;
    if (signal.aborted) return;
    if (complaint === undefined) {
      failures.delete(entry);
      updates.confirm(entry);
      free(entry);
    } else {
      failure = { at: world.now(), message: complaint };
      later(entry);
      world.signal.tell();
      work();
    }
  }

  /** @returns what is wrong with the answer. */
  async function post(entry: Entry, signal: AbortSignal): Promise<string | undefined> {
    const { url, secret } = settings;
    try {
      const response = await fetch(options.proxy(url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(entry.update),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      await response.arrayBuffer();
      return response.ok ? undefined : `Wrong response from the webhook: ${response.status} ${response.statusText}`;
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? 'Read timeout expired' : 'Connection refused';
    }
  }

  function later(entry: Entry): void {
    const attempt = failures.get(entry) ?? 0;
    failures.set(entry, attempt + 1);
    const pause = options.pausesMs[Math.min(attempt, options.pausesMs.length - 1)] ?? 0;
    const timer = setTimeout(() => {
      paused.delete(timer);
      free(entry);
    }, pause);
    paused.add(timer);
  }

  function free(entry: Entry): void {
    busy.delete(entry.key);
    work();
  }

  function stop(): void {
    generation.abort();
    generation = new AbortController();
    for (const timer of paused) clearTimeout(timer);
    paused.clear();
    busy.clear();
    failures.clear();
  }

  updates.onAdded(work);
  return {
    url: () => settings.url,
    check({ url, secret }) {
      if (!/^[\w-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
      if (url === '') return;
      const parsed = URL.canParse(url) ? new URL(url) : undefined;
      if (!parsed) throw badRequest('bad webhook: Wrong HTTP URL');
      if (options.takesHttp) return;
      if (parsed.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
      if (!PORTS.includes(parsed.port)) {
        throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
      }
    },
    set(given) {
      const next = given.url === '' ? NONE : given;
      if (JSON.stringify(next) === JSON.stringify(settings)) return false;
      stop();
      failure = undefined;
      settings = next;
      work();
      world.signal.tell();
      return true;
    },
    info: () => ({
      url: settings.url,
      has_custom_certificate: false,
      pending_update_count: updates.entries.length,
      ...(settings.url !== '' && { max_connections: settings.connections, ip_address: '127.0.0.1' }),
      ...(failure && { last_error_date: seconds(failure.at), last_error_message: failure.message }),
      ...(updates.allowed().length > 0 && { allowed_updates: updates.allowed() }),
    }),
    load,
    close: stop,
  };
}
