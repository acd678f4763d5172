import { type Api, ApiError, type Session } from './api.js';
import type { Keep } from './storage.js';

/** The conversation's token, and how it stays valid. */
export interface Sessions {
  /** The session of this page, if it has one. */
  current(): Session | undefined;
  /**
   * A session that the server has confirmed, opened or renewed when needed.
   * @throws ApiError 404 when the conversation of this page has been removed.
   */
  open(): Promise<Opened>;
  /** The token was refused: the next `open` renews it. */
  distrust(): void;
  /** Renews the token before it expires. */
  refresh(): Promise<void>;
  /** Nothing is left of the conversation here. */
  forget(): void;
}

export interface Opened {
  readonly session: Session;
  /** The server has just begun a new conversation. */
  readonly isNew: boolean;
}

export interface SessionsDependencies {
  readonly api: Api;
  readonly keep: Keep;
  /** Runs one at a time over all tabs, so that two opened at once begin one conversation. */
  readonly alone: <Result>(action: () => Promise<Result>) => Promise<Result>;
}

export function createSessions({ api, keep, alone }: SessionsDependencies): Sessions {
  let session: Session | undefined;
  let isTrusted = false;

  async function renew(): Promise<Session & { readonly isNew: boolean }> {
    const earlier = keep.session() ?? session;
    try {
      return await api.open(earlier?.token);
    } catch (error) {
      // A token kept from another day may be of a conversation long gone: that is a beginning, not a fault.
      const isStale = error instanceof ApiError && [400, 401, 404, 410].includes(error.status);
      if (!earlier || session || !isStale) throw error;
      return await api.open();
    }
  }

  return {
    current: () => session,
    open: () =>
      alone(async () => {
        if (session && isTrusted) return { session, isNew: false };
        const { isNew, ...renewed } = await renew();
        session = renewed;
        isTrusted = true;
        keep.saveSession(renewed);
        return { session: renewed, isNew };
      }),
    distrust() {
      isTrusted = false;
    },
    async refresh() {
      if (!session) return;
      const refreshed = await api.refresh(session);
      if (session.conversationId !== refreshed.conversationId) return;
      session = refreshed;
      if (keep.session()) keep.saveSession(refreshed);
    },
    forget() {
      // Another tab may have begun a new conversation since: that one is not ours to forget.
      const kept = keep.session();
      if (!session || !kept || kept.conversationId === session.conversationId) keep.forgetConversation();
      session = undefined;
      isTrusted = false;
    },
  };
}
