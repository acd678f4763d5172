import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { OPERATIONS, type Operation, type OperationName } from '../../src/inbox/operations.js';
import { EVENTS } from '../../src/inbox/schemas/events.js';
import { type ChatClient, openChat } from './chat-client.js';
import { buildCredentials, passwordOf } from './inbox-accounts.js';
import { ASKING } from './security-conversations.js';
import { freshAddress, keysOf } from './security-people.js';
import { type RawAnswer, send } from './security-raw.js';
import { type OpenEvents, openEvents } from './security-streams.js';

/** What people type in the course of a day, field by field. */
export interface DayWords {
  readonly login: string;
  readonly displayName: string;
  readonly invitationName: string;
  readonly email: string;
  readonly message: string;
  readonly firstName: string;
  readonly phone: string;
  readonly reply: string;
  readonly note: string;
  readonly label: string;
  readonly blockReason: string;
  readonly draft: string;
  readonly search: string;
  readonly openingReason: string;
  readonly factsText: string;
  readonly factsEmail: string;
  readonly userAgent: string;
  readonly pushEndpoint: string;
}

/** The server of the day: in this process, or one of its own. */
export interface DayPlace {
  readonly url: string;
  readonly port: number;
  readonly setupToken: string;
}

export interface Day {
  readonly coordinator: DayDelegate;
  readonly delegate: DayDelegate;
  readonly colleague: DayDelegate;
  /** With everything in it, held by the delegate. */
  readonly chat: ChatClient;
  /** Blocked, with a reason. */
  readonly blocked: ChatClient;
  /** Waits to be called back. */
  readonly called: ChatClient;
  /** The stream of the delegate's page on `chat`. */
  readonly events: OpenEvents;
  /** Every header of every answer so far, one a line. */
  headers(): string;
  /** Where answers and events hold what their schemas do not list, without what is there. */
  readonly strangers: readonly string[];
}

/** A delegate who works by operations; whatever is answered is held against its schema. */
export interface DayDelegate {
  readonly id: string;
  readonly login: string;
  readonly cookie: string;
  call<Body>(name: OperationName, given?: DayCall): Promise<Body>;
}

export interface DayCall {
  readonly id?: string;
  readonly query?: string;
  readonly body?: object;
}

interface Record {
  readonly headers: string[];
  readonly strangers: string[];
}

const FAR = '2030-01-07';

/** A day in which every field is used, through the server's own doors. @throws Error when a call is refused. */
export async function liveDay(place: DayPlace, words: DayWords): Promise<Day> {
  const record: Record = { headers: [], strangers: [] };
  const coordinator = await enrol(place, words, record, { token: place.setupToken, login: `${words.login}1` });
  const invite = async () => (await coordinator.call<{ token: string }>('invite', inviting(words))).token;
  const delegate = await enrol(place, words, record, { token: await invite(), login: `${words.login}2` });
  const colleague = await enrol(place, words, record, { token: await invite(), login: `${words.login}3` });
  await invite();
  await changeSettings(coordinator, words);
  const chat = await openAsking(place, words);
  const events = await openEvents(place.port, delegate, `?conversation=${chat.conversationId}&after=0`);
  await events.until(/event: ?detail/);
  await work(delegate, chat, words);
  await chat.send(words.message);
  const called = await openCalled(place, words);
  const blocked = await openAsking(place, words);
  await delegate.call('block', { id: blocked.conversationId, body: { reason: words.blockReason } });
  await lookAround(coordinator, delegate, chat, words);
  return {
    coordinator,
    delegate,
    colleague,
    chat,
    blocked,
    called,
    events,
    headers: () => record.headers.join('\n'),
    get strangers() {
      return [...record.strangers, ...strangersIn(events)];
    },
  };
}

const inviting = ({ invitationName }: DayWords): DayCall => ({
  body: { displayName: invitationName, role: 'delegate' },
});

async function enrol(
  place: DayPlace,
  words: DayWords,
  record: Record,
  { token, login }: { readonly token: string; readonly login: string },
): Promise<DayDelegate> {
  let cookie = '';
  async function call<Body>(name: OperationName, { id = '', query = '', body }: DayCall = {}): Promise<Body> {
    const operation: Operation = OPERATIONS[name];
    const answer = await send(place.port, {
      method: operation.method,
      path: `/api/inbox${operation.path.replace('{id}', id)}${query}`,
      headers: {
        'x-permanence': 'inbox',
        'sec-fetch-site': 'same-origin',
        'user-agent': words.userAgent,
        'x-forwarded-for': freshAddress(),
        ...(cookie !== '' && { cookie }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    note(record, name, operation, answer);
    cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    return (operation.response instanceof z.ZodType ? JSON.parse(answer.text) : answer.text) as Body;
  }

  const credentials = buildCredentials(passwordOf(login), login);
  await call('readInvitation', { body: { token } });
  const { displayName } = words;
  const made = await call<{ account: { id: string } }>('acceptInvitation', {
    body: { token, login, displayName, credentials },
  });
  await call('readParameters', { body: { login } });
  await call('logIn', { body: keysOf(login) });
  await call('changeProfile', { body: { displayName, email: words.email, isAvailable: true } });
  await call('subscribePush', { body: { endpoint: words.pushEndpoint, keys: { p256dh: 'AAAA', auth: 'AAAA' } } });
  return {
    id: made.account.id,
    login,
    get cookie() {
      return cookie;
    },
    call,
  };
}

function note(record: Record, name: OperationName, { response }: Operation, answer: RawAnswer): void {
  record.headers.push(...answer.rawHeaders);
  if (answer.status !== 200) throw new Error(`${name} was refused: ${answer.status} ${answer.code}`);
  if (response instanceof z.ZodType) record.strangers.push(...strangersOf(name, response, JSON.parse(answer.text)));
}

/** Where a value and its schema differ: the place, and the names of members that the schema does not know. */
export function strangersOf(name: string, schema: z.ZodType, value: unknown): readonly string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map((issue) =>
    [name, ...issue.path, issue.code, ...('keys' in issue ? issue.keys : [])].join(' '),
  );
}

function strangersIn(events: OpenEvents): readonly string[] {
  const schemas: Readonly<{ [name: string]: z.ZodType }> = EVENTS;
  return events
    .text()
    .split('\n\n')
    .flatMap((frame) => {
      const [, name = '', data = ''] = /^event: ?([\w-]+)\n(?:id: ?.*\n)?data: ?(.*)$/m.exec(frame) ?? [];
      const schema = schemas[name];
      return schema ? strangersOf(name, schema, JSON.parse(data)) : [];
    });
}

async function openAsking({ url }: DayPlace, { message }: DayWords): Promise<ChatClient> {
  const chat = await openChat(url);
  await chat.send(message);
  await chat.send(ASKING);
  return chat;
}

async function openCalled({ url }: DayPlace, { firstName, phone }: DayWords): Promise<ChatClient> {
  const chat = await openChat(url);
  for (const text of [ASKING, 'Être rappelé', firstName, phone, 'demain matin', 'Oui']) await chat.send(text);
  return chat;
}

async function work(delegate: DayDelegate, chat: ChatClient, words: DayWords): Promise<void> {
  const id = chat.conversationId;
  await delegate.call('openConversation', { id });
  await delegate.call('take', { id });
  await delegate.call('saveDraft', { id, body: { text: words.draft } });
  await delegate.call('showTyping', { id });
  await delegate.call('addNote', { id, body: { id: randomUUID(), text: words.note } });
  await delegate.call('label', { id, body: { labels: [words.label], priority: 'high' } });
  await delegate.call('reply', { id, body: { clientId: randomUUID(), text: words.reply, seenSeq: 1_000_000 } });
  await delegate.call('saveDraft', { id, body: { text: words.draft } });
  await delegate.call('markRead', { id, body: { seq: 2 } });
}

/** Everything that only reads. */
async function lookAround(
  coordinator: DayDelegate,
  delegate: DayDelegate,
  chat: ChatClient,
  { search }: DayWords,
): Promise<void> {
  const id = chat.conversationId;
  for (const name of [
    'readSession',
    'listSessions',
    'listPast',
    'readCannedReplies',
    'readAlarm',
    'readOpeningHours',
  ] as const)
    await delegate.call(name);
  await delegate.call('search', { body: { text: search } });
  await delegate.call('readTranscript', { id });
  await delegate.call('readEarlier', { id, query: '?before=3' });
  for (const name of ['readTeam', 'readFacts', 'readFactsHistory', 'readWeekly', 'exportWeekly', 'readAudit'] as const)
    await coordinator.call(name);
}

interface EditedFacts {
  readonly permanences: readonly object[];
  readonly sectors: readonly object[];
  readonly station: object;
}

async function changeSettings(coordinator: DayDelegate, words: DayWords): Promise<void> {
  const { hours, rev } = await coordinator.call<{ hours: object; rev?: number }>('readOpeningHours');
  const exceptions = [{ from: FAR, to: FAR, slots: [], reason: words.openingReason }];
  await coordinator.call('changeOpeningHours', {
    body: { hours: { ...hours, exceptions }, ...(rev !== undefined && { rev }) },
  });
  const { facts, version } = await coordinator.call<{ facts: EditedFacts; version: number }>('readFacts');
  const edited = editedFacts(facts, words);
  await coordinator.call('previewFacts', { body: { facts: edited } });
  await coordinator.call('changeFacts', { body: { facts: edited, version } });
}

/** The facts with these words in every field that holds text. */
export function editedFacts(
  { permanences, sectors, station }: EditedFacts,
  { factsText: text, factsEmail: email }: Pick<DayWords, 'factsText' | 'factsEmail'>,
): EditedFacts {
  return {
    permanences: permanences.map((permanence) => ({
      ...permanence,
      source: text,
      closures: [{ from: FAR, to: FAR, reason: text }],
    })),
    sectors: sectors.map((sector) => ({ ...sector, name: text, email })),
    station: { ...station, source: text, address: text, hours: text },
  };
}
