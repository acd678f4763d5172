import type { OutboundActivity } from '../../src/channels/directline/activities.js';
import type { Session } from '../../src/channels/directline/parts.js';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string };
}

export interface CallOptions {
  readonly method?: string;
  readonly token?: string;
  /** Sent as JSON; a string goes as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One HTTP call; an empty answer gives `undefined`. */
export async function call<Body>(
  url: string,
  { method, token, body, headers }: CallOptions = {},
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  };
}

export const base = (url: string): string => `${url}/v3/directline`;
export const activitiesUrl = (url: string, id: string): string => `${base(url)}/conversations/${id}/activities`;

export async function openSession(url: string): Promise<Session> {
  return (await call<Session>(`${url}/api/widget/session`, { body: {} })).body;
}

export interface ReadSet {
  readonly activities: readonly OutboundActivity[];
  readonly watermark: string;
}

export async function readAll(url: string, { conversationId, token }: Session, watermark = ''): Promise<ReadSet> {
  return (await call<ReadSet>(`${activitiesUrl(url, conversationId)}?watermark=${watermark}`, { token })).body;
}

export function say(
  url: string,
  { conversationId, token }: Session,
  text: string,
  clientActivityID?: string,
): Promise<Answer<{ id: string }>> {
  const channelData = clientActivityID === undefined ? {} : { clientActivityID };
  return call(activitiesUrl(url, conversationId), {
    token,
    body: { type: 'message', text, from: { id: 'x' }, channelData },
  });
}
