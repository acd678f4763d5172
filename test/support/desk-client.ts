import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** What an event of the stream carries, as far as tests look. */
export interface DeskEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: {
    readonly id?: string;
    readonly lastSeq?: number;
    readonly status?: string;
    readonly conversationId?: string;
    readonly author?: string;
    readonly cards?: readonly DeskCard[];
    readonly messages?: readonly DeskMessage[];
  };
}

export interface DeskCard {
  readonly id: string;
  readonly status: string;
  readonly lastSeq: number;
  readonly holder?: { readonly id: string };
}

export interface DeskMessage {
  readonly seq: number;
  readonly author: string;
  readonly text: string;
  readonly clientId?: string;
}

export interface OpenedConversation {
  readonly detail: { readonly card: DeskCard; readonly actions: readonly string[] };
  readonly messages: readonly DeskMessage[];
}

export interface DeskAnswer {
  readonly status: number;
  readonly body: {
    readonly code?: string;
    readonly token?: string;
    readonly message?: DeskMessage;
    readonly account?: { readonly id: string };
  };
}

/** A delegate's client over plain HTTP. */
export interface DeskClient {
  readonly login: string;
  /** Resolves with the status, whatever it is; rejects when the line breaks. */
  call(method: string, path: string, body?: object): Promise<DeskAnswer>;
  /** Tries until the server answers below 500, under the same body. */
  insist(method: string, path: string, body?: object): Promise<DeskAnswer>;
  open(conversationId: string): Promise<OpenedConversation>;
  /** Sends once; the client id tells a second try of the same reply. */
  reply(conversationId: string, text: string, seenSeq: number, clientId?: string): Promise<DeskAnswer>;
  invite(displayName: string, role?: 'delegate' | 'coordinator'): Promise<string>;
  /** The event stream, until `signal` ends it or the line breaks. */
  events(
    onEvent: (event: DeskEvent) => void,
    signal: AbortSignal,
    conversation?: string,
    after?: number,
  ): Promise<void>;
  /** Every message of a conversation that delegates may read. */
  transcript(conversationId: string): Promise<readonly DeskMessage[]>;
}

const RETRY_MS = 30;

/** The token of the link that the server printed. */
export function setupTokenIn(output: string): string {
  const token = /\/inbox\/lien#([\w-]+)/.exec(output)?.[1];
  if (token === undefined) throw new Error('The server printed no link');
  return token;
}

/**
 * Makes an account by a link's token, with keys that no password stands behind.
 * @param publicKey of a pair that the caller has; without it, one that opens nothing.
 */
export async function enrolDeskClient(
  baseUrl: () => string,
  login: string,
  token: string,
  publicKey?: string,
): Promise<DeskClient & { readonly id: string }> {
  const client = createClient(baseUrl, login);
  const credentials = { ...fakeCredentials(login), ...(publicKey !== undefined && { publicKey }) };
  const invitation = { token, login, displayName: login, credentials };
  const { status, body } = await client.call('POST', '/invitations/accept', invitation);
  if (status !== 200 || !body.account) throw new Error(`The link was refused: ${status} ${body.code}`);
  return { ...client, id: body.account.id };
}

function createClient(baseUrl: () => string, login: string): DeskClient {
  let cookie = '';
  const headersOf = (hasBody: boolean) => ({
    'x-permanence': 'inbox',
    origin: baseUrl(),
    cookie,
    ...(hasBody && { 'content-type': 'application/json' }),
  });

  async function send(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${baseUrl()}/api/inbox${path}`, {
      method,
      headers: headersOf(body !== undefined),
      ...(body && { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set) cookie = set.split(';')[0] ?? '';
    return response;
  }

  async function call(method: string, path: string, body?: object): Promise<DeskAnswer> {
    const response = await send(method, path, body);
    return { status: response.status, body: (await response.json()) as DeskAnswer['body'] };
  }

  async function read<Value>(path: string): Promise<Value> {
    const response = await send('GET', path);
    if (!response.ok) throw new Error(`GET ${path.split('/')[1]}: ${response.status}`);
    return (await response.json()) as Value;
  }

  const client: DeskClient = {
    login,
    call,
    async insist(method, path, body) {
      for (;;) {
        const answer = await call(method, path, body).catch(() => undefined);
        if (answer && answer.status < 500) return answer;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    },
    open: (id) => read(`/conversations/${id}`),
    reply: (id, text, seenSeq, clientId = randomUUID()) =>
      call('POST', `/conversations/${id}/reply`, { clientId, text, seenSeq }),
    async invite(displayName, role = 'delegate') {
      const { status, body } = await call('POST', '/invitations', { displayName, role });
      if (status !== 200 || body.token === undefined) throw new Error(`No invitation: ${status}`);
      return body.token;
    },
    async events(onEvent, signal, conversation, after) {
      const query = new URLSearchParams({
        ...(conversation !== undefined && { conversation }),
        ...(after !== undefined && { after: String(after) }),
      });
      const response = await fetch(`${baseUrl()}/api/inbox/events?${query}`, { headers: headersOf(false), signal });
      if (!response.ok || !response.body) throw new Error(`The stream was refused: ${response.status}`);
      await readEvents(response.body, onEvent);
    },
    async transcript(id) {
      const { messages } = await client.open(id);
      const all = [...messages];
      for (let first = all[0]?.seq ?? 1; first > 1; first = all[0]?.seq ?? 1) {
        const page = await read<{ messages: readonly DeskMessage[] }>(`/conversations/${id}/messages?before=${first}`);
        if (page.messages.length === 0) break;
        all.unshift(...page.messages);
      }
      return all;
    },
  };
  return client;
}

/** `text/event-stream` (WHATWG HTML, 9.2.6), as far as servers write it. */
async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: DeskEvent) => void): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string =>
        block
          .split(/\r?\n/)
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).trimStart())
          .join('\n');
      const id = field('id');
      if (field('data'))
        onEvent({ event: field('event') || 'message', data: JSON.parse(field('data')), ...(id && { id }) });
    }
  }
}

function fakeCredentials(login: string): object {
  const key = (purpose: string): string => createHash('sha256').update(`${purpose} ${login}`).digest('base64url');
  return {
    salt: randomBytes(16).toString('base64url'),
    kdf: { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 },
    authKey: key('auth'),
    publicKey: key('public'),
    wrappedPrivateKey: randomBytes(60).toString('base64url'),
    recoveryAuthKey: key('recovery'),
    recoveryWrappedPrivateKey: randomBytes(60).toString('base64url'),
  };
}
