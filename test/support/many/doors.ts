import { setTimeout as wait } from 'node:timers/promises';
import { type DeskClient, type DeskEvent, enrolDeskClient } from '../desk-client.js';
import { openBalancer } from './balancer.js';
import { type Fleet, PUBLIC_URL } from './fleet.js';

/** One way in for each server, so that a test says who is where. */
export interface Doors {
  readonly urls: readonly [string, string, string];
  close(): Promise<void>;
}

export async function openDoors({ members }: Fleet): Promise<Doors> {
  const doors = await Promise.all(members.map(({ port }) => openBalancer({ ports: [port], publicUrl: PUBLIC_URL })));
  const [first = '', second = '', third = ''] = doors.map(({ url }) => url);
  return {
    urls: [first, second, third],
    async close() {
      await Promise.all(doors.map((door) => door.close()));
    },
  };
}

/** A delegate with one session, who calls by any of the doors. */
export interface Walker extends DeskClient {
  readonly id: string;
  /** By this door from now on. */
  at(door: 0 | 1 | 2): Walker;
  /** The event stream by this door. */
  watch(door: 0 | 1 | 2, conversationId?: string): Watch;
}

export async function enrolWalker({ urls }: Doors, login: string, token: string): Promise<Walker> {
  let door: 0 | 1 | 2 = 0;
  const client = await enrolDeskClient(() => urls[door], login, token);
  const walker: Walker = {
    ...client,
    at(next) {
      door = next;
      return walker;
    },
    watch(next, conversationId) {
      door = next;
      return openWatch(client, conversationId);
    },
  };
  return walker;
}

/** What came by an event stream so far. */
export interface Watch {
  readonly events: readonly DeskEvent[];
  /** Resolves with the first event since the last act of the test that is so. @throws after the limit. */
  until(isSo: (event: DeskEvent) => boolean, limitMs?: number): Promise<DeskEvent>;
  /** From now on, only what comes counts. */
  forget(): void;
  /** Resolves when the server ends it. @throws after the limit. */
  ended(limitMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** Sooner than any process looks at storage by itself, where the line to the others works. */
export const AT_ONCE_MS = 6_000;

function openWatch(client: DeskClient, conversationId: string | undefined): Watch {
  const events: DeskEvent[] = [];
  const over = new AbortController();
  let isEnded = false;
  let from = 0;
  const reading = client
    .events(
      (event) => void events.push(event),
      over.signal,
      conversationId,
      conversationId === undefined ? undefined : 0,
    )
    .catch(() => undefined)
    .then(() => {
      isEnded = true;
    });
  return {
    events,
    until: (isSo, limitMs = AT_ONCE_MS) =>
      eventually(
        () => events.slice(from).find(isSo),
        limitMs,
        () => `only ${events.slice(from).map(({ event }) => event)}`,
      ),
    forget() {
      from = events.length;
    },
    async ended(limitMs = AT_ONCE_MS) {
      await eventually(
        () => isEnded || undefined,
        limitMs,
        () => 'the stream goes on',
      );
    },
    async close() {
      over.abort();
      await reading;
    },
  };
}

/** Resolves with the first value that is there. @throws after the limit, with what is the case instead. */
export async function eventually<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
  limitMs: number,
  otherwise: () => string,
): Promise<Value> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Not within ${limitMs} ms: ${otherwise()}`);
    await wait(30);
  }
}
