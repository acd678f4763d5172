import { randomUUID } from 'node:crypto';

/** A fictitious resident, who writes as the widget does. */
export interface DemoResident {
  readonly conversationId: string;
  say(text: string): Promise<void>;
  showTyping(): Promise<void>;
  /** How many messages delegates have written. */
  countDelegateMessages(): Promise<number>;
}

interface Session {
  readonly conversationId: string;
  readonly token: string;
}

interface Page {
  readonly activities: readonly { readonly type: string; readonly channelData?: { readonly author?: string } }[];
}

/** @throws Error when the server refuses. */
export async function openDemoResident(baseUrl: string): Promise<DemoResident> {
  let session = await openSession();
  const { conversationId } = session;

  async function openSession(token?: string): Promise<Session> {
    const body = JSON.stringify(token === undefined ? {} : { token });
    const headers = { 'content-type': 'application/json' };
    return readJson(await fetch(`${baseUrl}/api/widget/session`, { method: 'POST', headers, body }));
  }

  async function call(body?: object): Promise<Response> {
    const url = `${baseUrl}/v3/directline/conversations/${conversationId}/activities`;
    const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
    return fetch(url, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
  }

  /** The token of a conversation from the past has run out: it is renewed, as the widget does. */
  async function callAsOneself(body?: object): Promise<Response> {
    const response = await call(body);
    if (response.status !== 403) return response;
    session = await openSession(session.token);
    return call(body);
  }

  return {
    conversationId,
    async say(text) {
      const channelData = { clientActivityID: randomUUID() };
      await readJson(await callAsOneself({ type: 'message', text, from: { id: 'resident' }, channelData }));
    },
    async showTyping() {
      await callAsOneself({ type: 'typing', from: { id: 'resident' } });
    },
    async countDelegateMessages() {
      const { activities } = await readJson<Page>(await callAsOneself());
      return activities.filter(({ type, channelData }) => type === 'message' && channelData?.author === 'delegate')
        .length;
    },
  };
}

async function readJson<Value>(response: Response): Promise<Value> {
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return (await response.json()) as Value;
}
