import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { InboxBrowser } from './inbox-browser.js';
import { freshAddress } from './security-people.js';

/** An open event stream, as its bytes came. */
export interface OpenEvents {
  readonly status: number;
  /** Everything so far. */
  text(): string;
  /** The names of its events, in order. */
  names(): readonly string[];
  /** Resolves once a frame, from this one on, has the pattern; rejects when the stream ends without one. */
  until(pattern: RegExp, from?: number): Promise<void>;
  /** How many frames came so far. */
  count(): number;
  /** Resolves when the server ends it. */
  readonly ended: Promise<void>;
  /** Reads no more, as a client does that wants the server to pile up what it has to say. */
  pause(): void;
  resume(): void;
  leave(): void;
}

/** `GET /api/inbox/events` with the browser's session; resolves with the answer's head. */
export function openEvents(port: number, { cookie }: Pick<InboxBrowser, 'cookie'>, query = ''): Promise<OpenEvents> {
  const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': freshAddress(), ...(cookie && { cookie }) };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path: `/api/inbox/events${query}`, headers, agent: false });
    call.on('error', reject).on('response', (response) => resolve(follow(call, response)));
    call.end();
  });
}

function follow(call: ClientRequest, response: IncomingMessage): OpenEvents {
  const frames: string[] = [];
  let rest = '';
  const looks = new Set<() => void>();
  // What is cut in the middle is at its end as well.
  const ended = new Promise<void>((resolve) => response.on('close', resolve).on('error', () => resolve()));
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    frames.push(...parts);
    for (const look of [...looks]) look();
  });

  return {
    status: response.statusCode ?? 0,
    text: () => [...frames, rest].join('\n\n'),
    names: () => frames.flatMap((frame) => nameOf(frame) ?? []),
    ended,
    until(pattern, from = 0) {
      let place = from;
      return new Promise((resolve, reject) => {
        const look = (): void => {
          for (; place < frames.length; place += 1) {
            if (!pattern.test(frames[place] ?? '')) continue;
            looks.delete(look);
            resolve();
            return;
          }
        };
        looks.add(look);
        look();
        void ended.then(() => reject(new Error(`The stream ended without ${pattern}`)));
      });
    },
    count: () => frames.length,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    leave() {
      call.on('error', () => undefined);
      call.destroy();
    },
  };
}

function nameOf(frame: string): string | undefined {
  return /^event: ?([\w-]+)/m.exec(frame)?.[1];
}
