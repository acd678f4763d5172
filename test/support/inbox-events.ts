import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { z } from 'zod';
import type { Account } from '../../src/domain/account.js';
import type { SessionEvent, SessionState } from '../../src/domain/sessions.js';
import { createErrorHandler } from '../../src/http/error-handler.js';
import { createEventHandlers } from '../../src/inbox/event-routes.js';
import type { Call } from '../../src/inbox/handler.js';
import { createLiveHub } from '../../src/inbox/live-hub.js';
import type { LiveLimits } from '../../src/inbox/live-limits.js';
import type { ReportSource } from '../../src/inbox/live-reports.js';
import { OPERATIONS } from '../../src/inbox/operations.js';
import { EVENTS } from '../../src/inbox/schemas/events.js';
import { callerOf, type InboxWorld } from './inbox-world.js';

export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.output<(typeof EVENTS)[Name]>;

export interface ReceivedEvent {
  readonly name: EventName;
  readonly data: unknown;
  readonly id?: string;
}

/** What is there before anybody has sent one. */
export const NO_REPORTS: ReportSource = {
  list: async () => [],
  listOverdue: async () => [],
  readers: async () => [],
  subscribe: () => () => undefined,
};

/** A server of the event stream alone; its sessions are what the test says. */
export async function openEventServer(
  world: InboxWorld,
  limits: Partial<LiveLimits> = {},
  settings = { requireSecondFactor: false },
  reports: ReportSource = NO_REPORTS,
) {
  const sessions = new Map<string, SessionState>();
  const listeners = new Map<string, Set<(event: SessionEvent) => void>>();
  const residentListeners = new Set<(id: string) => void>();
  const logged: string[] = [];
  const hub = createLiveHub({
    store: world.stores.conversations,
    view: world.view,
    reports,
    bookmarks: world.stores.bookmarks,
    presence: world.presence,
    wakeUps: world.wakeUps,
    clock: world.clock,
    sessions: {
      stateOf: async (id) => sessions.get(id) ?? 'usable',
      watch(id, listener) {
        const group = listeners.get(id) ?? new Set();
        listeners.set(id, group.add(listener));
        return () => {
          group.delete(listener);
          if (group.size === 0) listeners.delete(id);
        };
      },
    },
    residents: {
      subscribe(listener) {
        residentListeners.add(listener);
        return () => void residentListeners.delete(listener);
      },
    },
    log: { warn: (fields, message) => logged.push(JSON.stringify({ ...fields, message })) },
    limits: { loadGapMs: 5, gatherMs: 1, ...limits },
  });
  const { readEvents } = createEventHandlers({ hub, settings });
  const app = express()
    .get('/events', async (request, response) => {
      const delegate = Object.values(world.delegates).find(({ id }) => id === request.get('x-delegate'));
      if (!delegate) throw new Error('No such delegate');
      const lastEventId = request.get('last-event-id');
      await readEvents({
        params: {},
        body: undefined,
        query: OPERATIONS.readEvents.query.parse(request.query),
        caller: callerOf(delegate, request.get('x-session')),
        address: '',
        device: '',
        baseUrl: '',
        ...(lastEventId !== undefined && { lastEventId }),
        response,
      } satisfies Call<'readEvents'>);
    })
    .use(createErrorHandler({ error: (fields, message) => logged.push(JSON.stringify({ ...fields, message })) }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    hub,
    logged,
    /** What storage says of the session from now on; with an event, this process is told as well. */
    setSession(id: string, state: SessionState, event?: SessionEvent) {
      sessions.set(id, state);
      for (const listener of [...(event ? (listeners.get(id) ?? []) : [])]) listener(event as SessionEvent);
    },
    residentMoved(id: string) {
      for (const listener of residentListeners) listener(id);
    },
    listeners,
    open: (by: Account, options?: StreamOptions) => openStream(port, by, options),
    async close() {
      hub.close();
      await closeServer(server);
    },
  };
}

export interface StreamOptions {
  readonly conversation?: string | undefined;
  readonly after?: number | undefined;
  readonly lastEventId?: string | undefined;
  readonly session?: string | undefined;
}

export type EventStream = Awaited<ReturnType<typeof openStream>>;

/** One page's stream. Every event is checked against its schema. */
async function openStream(port: number, by: Account, options: StreamOptions = {}) {
  const { conversation, after, lastEventId, session = `session-${by.id}` } = options;
  const query = new URLSearchParams();
  if (conversation !== undefined) query.set('conversation', conversation);
  if (after !== undefined) query.set('after', String(after));
  const request = get(`http://127.0.0.1:${port}/events?${query}`, {
    agent: false,
    headers: { 'x-delegate': by.id, 'x-session': session, ...(lastEventId && { 'last-event-id': lastEventId }) },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const events: ReceivedEvent[] = [];
  const waiting = new Set<() => void>();
  const seen = { comments: 0, lastId: '', isEnded: false, problem: '' };
  const wake = (): void => {
    for (const listener of [...waiting]) listener();
  };
  readFrames(response.setEncoding('utf8'), (frame) => {
    if (response.statusCode !== 200) seen.problem += frame;
    else if (frame.startsWith(':')) seen.comments += 1;
    else take(frame, events, seen);
    wake();
  });
  response.once('close', () => {
    seen.isEnded = true;
    wake();
  });

  /** Resolves once `find` gives something; every event that comes makes it look again. */
  function until<Found>(find: () => Found | undefined | false): Promise<Found> {
    return new Promise((resolve) => {
      function look(): void {
        const found = find();
        if (found === undefined || found === false) return;
        waiting.delete(look);
        resolve(found);
      }
      waiting.add(look);
      look();
    });
  }

  const dataOf = <Name extends EventName>(name: Name): EventData<Name>[] =>
    events.filter((event) => event.name === name).map(({ data }) => data as EventData<Name>);

  return {
    status: response.statusCode,
    headers: response.headers,
    events,
    seen,
    response,
    until,
    dataOf,
    /** The first event of the name that fits, now or later. */
    next: <Name extends EventName>(name: Name, fits: (data: EventData<Name>) => boolean = () => true) =>
      until(() => dataOf(name).find(fits)),
    ended: () => until(() => seen.isEnded),
    async leave() {
      response.destroy();
      await until(() => seen.isEnded);
    },
  };
}

function readFrames(response: IncomingMessage, onFrame: (frame: string) => void): void {
  let rest = '';
  response.on('data', (chunk: string) => {
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) onFrame(frame);
  });
  response.on('end', () => {
    if (rest !== '') onFrame(rest);
  });
  // A stream that the server cuts is one of the cases under test; `close` follows.
  response.on('error', () => response.destroy());
}

function take(frame: string, events: ReceivedEvent[], seen: { lastId: string }): void {
  const fields = new Map(frame.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line)?.slice(1) as [string, string]));
  const name = fields.get('event') as EventName | undefined;
  if (name === undefined) return;
  const id = fields.get('id');
  if (id !== undefined) seen.lastId = id;
  const data: unknown = EVENTS[name].parse(JSON.parse(fields.get('data') ?? ''));
  events.push({ name, data, ...(id !== undefined && { id }) });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
