import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import express, { type Request, type Response, Router } from 'express';
import { createInboxPageRouter, INBOX_PATH } from '../../src/inbox/page-router.js';
import type { Card } from '../../src/web/inbox/live/wire.js';
import { closeServer } from './browser-fake-server.js';
import {
  buildAlarm,
  buildAudit,
  buildEditableFacts,
  buildHours,
  buildSession,
  buildWeekly,
} from './inbox-settings-data.js';

/** The pages of the settings under their real policy, before an API whose answers the test holds. */
export interface SettingsServer {
  readonly url: string;
  readonly state: ReturnType<typeof initialState>;
  /** Every change so far: method, path below /api/inbox, body. */
  readonly calls: readonly { readonly method: string; readonly path: string; readonly body: unknown }[];
  /** Shows this queue to every page. */
  queue(cards: readonly Card[]): void;
  dropConnections(): void;
  close(): Promise<void>;
}

/** @param webRoot the folder that holds `inbox/` as it is built. */
export async function startSettingsServer(webRoot: string): Promise<SettingsServer> {
  const state = initialState();
  const calls: { method: string; path: string; body: unknown }[] = [];
  const streams = new Set<Response>();
  const connections = new Set<Socket>();

  const tell = (stream: Response): void => {
    const data = state.isLocked
      ? { waiting: state.cards.length, emergencies: 0 }
      : { cards: state.cards, team: [], readSeqs: {}, now: Date.now() };
    stream.write(`event: ${state.isLocked ? 'waiting' : 'queue'}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  const api = Router();
  api.use(express.json(), (request, _response, next) => {
    if (request.method !== 'GET') calls.push({ method: request.method, path: request.path, body: request.body });
    next();
  });
  api.get('/events', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    streams.add(response);
    response.on('close', () => streams.delete(response));
    tell(response);
  });
  api.get('/session', (_request, response) => void response.json(buildSession(state)));
  api.use(alarmCalls(state), hoursCalls(state), factsCalls(state), readingCalls(state));
  api.use((_request, response) => refuse(response, 404, 'NotFound', 'Rien ici.'));

  const app = express();
  app.use((request, _response, next) => (state.isUnreachable ? void request.socket.destroy() : next()));
  app.use('/api/inbox', api);
  app.use(INBOX_PATH, createInboxPageRouter({ webDir: pathToFileURL(`${webRoot}/`) }));
  const server = createServer(app);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    state,
    calls,
    queue(cards) {
      state.cards = [...cards];
      for (const stream of streams) tell(stream);
    },
    dropConnections() {
      for (const connection of connections) connection.destroy();
    },
    close: () => closeServer(server, connections),
  };
}

function initialState() {
  return {
    isUnreachable: false,
    isLocked: false,
    isAvailable: true,
    cards: [] as Card[],
    alarm: buildAlarm(),
    alarmTest: { push: 'sent', email: 'sent' },
    hours: buildHours(),
    facts: buildEditableFacts(),
    version: 0,
    versions: [] as { version: number; at: number; by: object; undoneTo?: number; changes: string[] }[],
    kept: new Map<number, ReturnType<typeof buildEditableFacts>>(),
    weekly: buildWeekly(),
    audit: buildAudit(),
  };
}

type State = ReturnType<typeof initialState>;
const MARIE = { id: 'marie', displayName: 'Marie' };

function refuse(response: Response, status: number, code: string, detail: string): void {
  response.status(status).type('application/problem+json').json({ status, code, detail, title: code });
}

function alarmCalls(state: State): Router {
  const router = Router();
  router.get('/alarm', (_request, response) => void response.json(state.alarm));
  router.post('/alarm/test', (_request, response) => void response.json(state.alarmTest));
  router.delete('/alarm/subscriptions/:id', (request, response) => {
    const { id } = request.params;
    state.alarm = { ...state.alarm, subscriptions: state.alarm.subscriptions.filter((one) => one.id !== id) };
    response.json(state.alarm);
  });
  return router;
}

function hoursCalls(state: State): Router {
  const router = Router();
  router.get('/opening-hours', (_request, response) => void response.json(state.hours));
  router.put('/opening-hours', (request, response) => {
    const { hours, rev } = request.body;
    if (rev !== state.hours.rev) return refuse(response, 409, 'ChangedMeanwhile', 'Relisez, puis recommencez.');
    state.hours = { ...state.hours, hours, rev: (state.hours.rev ?? 0) + 1 };
    response.json(state.hours);
  });
  return router;
}

function factsCalls(state: State): Router {
  const view = () => ({
    facts: state.facts,
    version: state.version,
    places: [{ id: 'maison-de-services', name: 'Maison de Services au Public' }],
  });
  const keep = (facts: State['facts'], changes: string[], undoneTo?: number): void => {
    if (state.version === 0) state.kept.set(0, state.facts);
    state.version += 1;
    state.facts = facts;
    state.kept.set(state.version, facts);
    const at = Date.now();
    state.versions.unshift({
      version: state.version,
      at,
      by: MARIE,
      changes,
      ...(undoneTo !== undefined && { undoneTo }),
    });
  };
  const router = Router();
  router.get('/facts', (_request, response) => void response.json(view()));
  router.get('/facts/history', (_request, response) => void response.json({ versions: state.versions }));
  router.put('/facts', (request: Request, response: Response) => {
    const { facts, version } = request.body;
    if (version !== state.version) return refuse(response, 409, 'ChangedMeanwhile', 'Relisez, puis recommencez.');
    keep(facts, ['Permanence des délégués, horaires : l’après-midi → de 14 h à 16 h']);
    response.json(view());
  });
  router.post('/facts/undo', (request: Request, response: Response) => {
    const facts = state.kept.get(request.body.to);
    if (!facts) return refuse(response, 404, 'NotFound', 'Rien ici.');
    keep(facts, [], request.body.to);
    response.json(view());
  });
  router.post('/facts/preview', (request: Request, response: Response) => {
    response.json({ answers: answersTo(request.body.facts) });
  });
  return router;
}

/** As the assistant does, in short: enough to see what changes. */
function answersTo({ permanences, sectors }: State['facts']) {
  const { slot } = permanences[0] ?? {};
  const when = slot?.hours
    ? `de ${slot.hours.from} à ${slot.hours.to}`
    : (slot?.part ?? 'à une heure que je ne connais pas');
  const email = sectors[0]?.email ?? 'je ne connais pas encore l’adresse';
  return [
    { question: 'Quand est la permanence ?', bubbles: [`Prochaine permanence : mercredi 25 novembre, ${when}.`] },
    { question: 'Quelle est l’adresse e-mail ?', bubbles: [`Pour Besançon : ${email}.`, 'Le 17 en cas de danger.'] },
  ];
}

function readingCalls(state: State): Router {
  const router = Router();
  router.get('/weekly', (request, response) => {
    const week = String(request.query.week ?? state.weekly.week);
    response.json(week === state.weekly.week ? state.weekly : { ...buildWeekly({ isEmpty: true }), week });
  });
  router.get('/weekly.csv', (_request, response) => {
    response
      .type('text/csv')
      .set('Content-Disposition', 'attachment; filename="permanence-2026-W48.csv"')
      .send('a;b\n');
  });
  router.get('/audit', (request, response) => {
    const before = Number(request.query.before ?? Number.POSITIVE_INFINITY);
    const older = state.audit.filter(({ seq }) => seq < before);
    const entries = older.slice(0, 8);
    const last = entries.at(-1);
    response.json({ entries, ...(last && older.length > 8 && { next: last.seq }) });
  });
  return router;
}
