import type { AccountStore, SessionStore } from '../storage/ports/account-store.js';
import type { Account, Session } from './account.js';
import { newToken, tokenId } from './account-secrets.js';
import type { Clock } from './clock.js';
import type { DelegateId } from './desk-state.js';
import { DomainError } from './errors.js';
import type { Peers } from './peers.js';

/** A session ends so long after its login, whatever happens in it. */
export const SESSION_LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** What a session did is written down at most this often. */
const TOUCH_MS = 15_000;

export interface OpenedSession {
  readonly session: Session;
  /** For the cookie; it is kept nowhere. */
  readonly token: string;
}

export type SessionState = 'usable' | 'locked' | 'ended';
/** `replaced`: the same person goes on under a new cookie. */
export type SessionEvent = 'locked' | 'ended' | 'replaced';

/** Sessions on the server; the browser holds a token only. All reject with DomainError `storage-unavailable`. */
export interface Sessions {
  open(accountId: DelegateId, device: string): Promise<OpenedSession>;
  /** The session of this token and its account; nothing when it is unknown or over, or the account disabled. */
  find(token: string): Promise<{ session: Session; account: Account } | undefined>;
  /** Its person did something. */
  touch(session: Session): Promise<void>;
  lock(id: string): Promise<void>;
  /**
   * The same session, unlocked, under a new id and token (against fixation); its lifetime is not prolonged.
   * @throws DomainError `session-over`.
   */
  renew(session: Session): Promise<OpenedSession>;
  /** False when there was none. */
  end(id: string): Promise<boolean>;
  /** Ends all sessions of the account but one; returns how many. */
  endOf(accountId: DelegateId, exceptId?: string): Promise<number>;
  /** Those that are not over. */
  listOf(accountId: DelegateId): Promise<readonly Session[]>;
  /** For streams, which outlive the check of their call: to be asked now and then. */
  stateOf(id: string): Promise<SessionState>;
  /** Tells of what happens to a session, in whichever process: at once. Returns the function that ends it. */
  watch(id: string, listener: (event: SessionEvent) => void): () => void;
}

export interface SessionsDependencies {
  readonly store: SessionStore;
  readonly accounts: Pick<AccountStore, 'load'>;
  readonly clock: Clock;
  /** Without an action for so long, a session locks itself. */
  readonly idleLockMinutes: number;
  /** The other processes; absent: those who watch in them find out by `stateOf`. */
  readonly peers?: Pick<Peers, 'tell' | 'listen'>;
}

export function createSessions({ store, accounts, clock, idleLockMinutes, peers }: SessionsDependencies): Sessions {
  const { tell, watch } = createWatchers(peers);
  const idleMs = idleLockMinutes * MINUTE_MS;
  const now = (): number => clock().getTime();
  const isOver = ({ createdAt }: Session): boolean => now() - createdAt >= SESSION_LIFETIME_MS;

  async function create(values: Omit<Session, 'id'>): Promise<OpenedSession> {
    const token = newToken();
    const session: Session = { ...values, id: tokenId(token) };
    await store.create(session);
    return { session, token };
  }

  async function end(id: string, event: SessionEvent = 'ended'): Promise<boolean> {
    const wasThere = await store.remove(id);
    tell(id, event);
    return wasThere;
  }

  async function lock(id: string): Promise<void> {
    await store.update(id, { isLocked: true });
    tell(id, 'locked');
  }

  /** As it stands now: one that has been idle is locked, one whose time is up is gone. */
  async function load(id: string): Promise<Session | undefined> {
    const session = await store.load(id);
    if (!session) return undefined;
    if (isOver(session)) {
      await end(id);
      return undefined;
    }
    if (session.isLocked || now() - session.lastActiveAt < idleMs) return session;
    await lock(id);
    return { ...session, isLocked: true };
  }

  async function find(id: string): ReturnType<Sessions['find']> {
    const session = await load(id);
    const account = session && (await accounts.load(session.accountId));
    if (session && account && !account.isDisabled) return { session, account };
    if (session) await end(id);
    return undefined;
  }

  return {
    open: (accountId, device) => create({ accountId, device, createdAt: now(), lastActiveAt: now(), isLocked: false }),
    find: (token) => find(tokenId(token)),
    async touch({ id, lastActiveAt }) {
      if (now() - lastActiveAt >= Math.min(TOUCH_MS, idleMs / 4)) await store.update(id, { lastActiveAt: now() });
    },
    lock,
    async renew({ id, accountId, device, createdAt }) {
      if (!(await end(id, 'replaced'))) throw new DomainError('session-over', 'The session is over');
      return create({ accountId, device, createdAt, lastActiveAt: now(), isLocked: false });
    },
    end: (id) => end(id),
    async endOf(accountId, exceptId) {
      const ended = await store.removeOf(accountId, exceptId);
      for (const id of ended) tell(id, 'ended');
      return ended.length;
    },
    listOf: async (accountId) => (await store.listOf(accountId)).filter((session) => !isOver(session)),
    async stateOf(id) {
      const found = await find(id);
      if (!found) return 'ended';
      return found.session.isLocked ? 'locked' : 'usable';
    },
    watch,
  };
}

const EVENTS: ReadonlySet<unknown> = new Set<SessionEvent>(['locked', 'ended', 'replaced']);

function createWatchers(peers: SessionsDependencies['peers']) {
  const listeners = new Map<string, Set<(event: SessionEvent) => void>>();

  function tellHere(id: string, event: SessionEvent): void {
    for (const listener of [...(listeners.get(id) ?? [])]) listener(event);
  }

  peers?.listen('session', (content) => {
    if (isNews(content)) tellHere(content.id, content.event);
  });
  return {
    tell(id: string, event: SessionEvent): void {
      tellHere(id, event);
      peers?.tell('session', { id, event });
    },
    watch(id: string, listener: (event: SessionEvent) => void): () => void {
      const ofSession = listeners.get(id) ?? new Set();
      listeners.set(id, ofSession.add(listener));
      return () => {
        ofSession.delete(listener);
        if (ofSession.size === 0 && listeners.get(id) === ofSession) listeners.delete(id);
      };
    },
  };
}

function isNews(content: unknown): content is { readonly id: string; readonly event: SessionEvent } {
  if (typeof content !== 'object' || content === null || !('id' in content && 'event' in content)) return false;
  return typeof content.id === 'string' && EVENTS.has(content.event);
}
