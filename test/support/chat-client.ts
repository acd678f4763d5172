/** A resident's client over plain HTTP: Direct Line by polling, with retries under the same id. */
export interface ReceivedActivity {
  id: string;
  type: string;
  name?: string;
  text?: string;
  value?: { state?: string };
  replyToId?: string;
  from: { id: string; role?: string; name?: string };
  channelData?: { clientActivityID?: string; author?: string; receipt?: string; 'webchat:sequence-id'?: number };
  suggestedActions?: { actions: { title: string; value: string }[] };
  attachments?: { contentType: string; content: { buttons?: { title: string; value: string }[] } }[];
}

export interface ChatClient {
  readonly conversationId: string;
  readonly token: string;
  /** One POST. Rejects when the line breaks; otherwise resolves with the status. */
  post(text: string, clientId: string): Promise<{ status: number; id?: string }>;
  /** Sends until it is acknowledged, under one client id; returns the activity's id. */
  send(text: string, clientId?: string): Promise<string>;
  /** The whole transcript. */
  transcript(): Promise<ReceivedActivity[]>;
  /** Sends, then gives the texts of the answers to that message. */
  ask(text: string): Promise<string[]>;
}

/** It tries for as long as the test runs: how long a restart takes is not for a client to judge. */
const RETRY_PAUSE_MS = 30;

export async function openChat(baseUrl: string): Promise<ChatClient> {
  const response = await retrying(() =>
    fetch(`${baseUrl}/api/widget/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  const { conversationId, token } = (await response.json()) as { conversationId: string; token: string };
  const base = `${baseUrl}/v3/directline/conversations/${conversationId}/activities`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let sent = 0;

  const client: ChatClient = {
    conversationId,
    token,
    async post(text, clientId) {
      const body = JSON.stringify({
        type: 'message',
        text,
        from: { id: 'r' },
        channelData: { clientActivityID: clientId },
      });
      const answer = await fetch(base, { method: 'POST', headers, body });
      const { id } = (await answer.json()) as { id?: string };
      return { status: answer.status, ...(id !== undefined && { id }) };
    },
    async send(text, clientId = `c${++sent}`) {
      for (;;) {
        const { status, id } = await client.post(text, clientId).catch(() => ({ status: 0, id: undefined }));
        if (status === 200 && id !== undefined) return id;
        if (status >= 400 && status < 500) throw new Error(`refused: ${status}`);
        await pause();
      }
    },
    async transcript() {
      const activities: ReceivedActivity[] = [];
      for (let watermark = ''; ; ) {
        const page = await retrying(() => fetch(`${base}?watermark=${watermark}`, { headers }));
        const body = (await page.json()) as { activities: ReceivedActivity[]; watermark: string };
        activities.push(...body.activities);
        if (body.activities.length === 0) return activities;
        watermark = body.watermark;
      }
    },
    async ask(text) {
      const id = await client.send(text);
      return (await client.transcript())
        .filter(({ replyToId }) => replyToId === id)
        .map((activity) => activity.text ?? '');
    },
  };
  return client;
}

async function retrying(call: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await call().catch(() => undefined);
    if (response?.ok) return response;
    if (response && response.status < 500) throw new Error(`refused: ${response.status}`);
    await pause();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
