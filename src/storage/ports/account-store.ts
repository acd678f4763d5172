import type { Account, Invitation, Session } from '../../domain/account.js';
import type { DelegateId, Millis } from '../../domain/desk-state.js';

/** Delegates' accounts. All of it is sealed at rest; logins are found by a keyed hash. */
export interface AccountStore {
  /** Stored at rev 0. @throws DomainError `duplicate` when the id or the login is taken. */
  create(account: Account): Promise<void>;
  load(id: DelegateId): Promise<Account | undefined>;
  findByLogin(login: string): Promise<Account | undefined>;
  /** Every account, the oldest first. */
  list(): Promise<readonly Account[]>;
  /**
   * Replaces the account stored at `account.rev`; the stored rev becomes one more.
   * @throws DomainError `revision-conflict`, `account-gone`, or `duplicate` when the login is another's.
   */
  update(account: Account): Promise<void>;
}

export interface InvitationStore {
  create(invitation: Invitation): Promise<void>;
  load(id: string): Promise<Invitation | undefined>;
  list(): Promise<readonly Invitation[]>;
  /** True for one caller only: whoever gets it may use the invitation. */
  remove(id: string): Promise<boolean>;
  /** Returns how many were removed. */
  removeExpired(before: Millis): Promise<number>;
}

export interface SessionStore {
  create(session: Session): Promise<void>;
  load(id: string): Promise<Session | undefined>;
  /** Changes what is given; false when the session is not there any more. */
  update(id: string, change: Partial<Pick<Session, 'lastActiveAt' | 'isLocked'>>): Promise<boolean>;
  listOf(accountId: DelegateId): Promise<readonly Session[]>;
  remove(id: string): Promise<boolean>;
  /** Removes all sessions of the account but `exceptId`; returns their ids. */
  removeOf(accountId: DelegateId, exceptId?: string): Promise<readonly string[]>;
  /** Removes those whose `lastActiveAt` is older; returns how many. */
  removeInactiveSince(before: Millis): Promise<number>;
}
