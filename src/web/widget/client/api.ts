import { placeActivity } from '../model/message.js';

/** The calls that the widget makes, each answered or refused with an ApiError. It holds no state. */

/** `status` 0: no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  /** Seconds to wait, when the server says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter?: number) {
    super(`HTTP ${status}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export interface Session {
  readonly conversationId: string;
  readonly token: string;
}

export interface Page {
  readonly activities: readonly unknown[];
  readonly watermark: string | undefined;
  /** Told beside the activities, in the form of one; it is not part of the conversation. */
  readonly asides: readonly unknown[];
}

export interface Api {
  /** Opens a conversation, or renews the one of an earlier token, even one that has expired. */
  open(earlierToken?: string): Promise<Session & { readonly isNew: boolean }>;
  /** Removes the conversation from the server. */
  remove(session: Session): Promise<void>;
  /** A fresh address of the stream, which starts after the watermark. */
  streamUrl(session: Session, watermark?: string): Promise<string>;
  activities(session: Session, watermark?: string): Promise<Page>;
  post(session: Session, message: { readonly clientId: string; readonly text: string }): Promise<void>;
  /** Tells that the reader types. */
  typing(session: Session): Promise<void>;
  refresh(session: Session): Promise<Session>;
}

/** As long as a slow turn may take on a poor line. */
const TIMEOUT_MS = 20_000;

/** @param base the server's address, with a slash at its end. */
export function createApi(base: string, fetch: typeof globalThis.fetch): Api {
  async function call(method: string, path: string, token?: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new ApiError(0);
    });
    if (!response.ok) throw new ApiError(response.status, Number(response.headers.get('retry-after')) || undefined);
    if (response.status === 204) return {};
    const answer: unknown = await response.json().catch(() => undefined);
    if (typeof answer !== 'object' || answer === null) throw new ApiError(0);
    return answer as Record<string, unknown>;
  }

  const conversation = ({ conversationId }: Session, suffix = '', watermark?: string): string =>
    `v3/directline/conversations/${encodeURIComponent(conversationId)}${suffix}` +
    (watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`);

  async function act(session: Session, activity: object): Promise<void> {
    const body = { from: { id: 'resident' }, ...activity };
    await call('POST', conversation(session, '/activities'), session.token, body);
  }

  return {
    async open(earlierToken) {
      const answer = await call('POST', 'api/widget/session', undefined, earlierToken ? { token: earlierToken } : {});
      return { ...readSession(answer), isNew: answer.isNew === true };
    },
    async remove(session) {
      await call('DELETE', 'api/widget/session', session.token);
    },
    async streamUrl(session, watermark) {
      const { streamUrl } = await call('GET', conversation(session, '', watermark), session.token);
      if (typeof streamUrl !== 'string') throw new ApiError(0);
      return streamUrl;
    },
    async activities(session, watermark) {
      return readPage(await call('GET', conversation(session, '/activities', watermark), session.token));
    },
    post: (session, { clientId, text }) =>
      act(session, { type: 'message', text, channelData: { clientActivityID: clientId } }),
    typing: (session) => act(session, { type: 'typing' }),
    async refresh(session) {
      const { token } = await call('POST', 'v3/directline/tokens/refresh', session.token);
      if (typeof token !== 'string') throw new ApiError(0);
      return { ...session, token };
    },
  };
}

/** A frame of the stream, or an answer to polling. */
export function readPage(source: Record<string, unknown>): Page {
  const { activities, watermark, queue } = source;
  return {
    activities: Array.isArray(activities) ? activities : [],
    watermark: typeof watermark === 'string' || typeof watermark === 'number' ? String(watermark) : undefined,
    asides: queue ? [placeActivity(queue)] : [],
  };
}

function readSession({ conversationId, token }: Record<string, unknown>): Session {
  if (typeof conversationId !== 'string' || typeof token !== 'string') throw new ApiError(0);
  return { conversationId, token };
}
