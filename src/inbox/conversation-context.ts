import type { Attachments } from '../domain/attachments.js';
import type { AuditAction } from '../domain/audit.js';
import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import type { Actor, Desk } from '../domain/desk.js';
import type { WakeUps } from '../domain/wake-ups.js';
import { Refusal } from '../http/refusal.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { BookmarkStore, NoteStore } from '../storage/ports/desk-store.js';
import type { Caller, Result } from './handler.js';
import type { DeskView } from './present-desk-view.js';
import type { SearchLimits } from './search.js';

export interface ConversationDependencies {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly store: Pick<ConversationStore, 'load' | 'messagesAfter' | 'listQueue' | 'listPast'>;
  readonly notes: Pick<NoteStore, 'add' | 'listOf'>;
  readonly bookmarks: Pick<BookmarkStore, 'load' | 'save'>;
  readonly attachments: Pick<Attachments, 'load'>;
  readonly accounts: Pick<AccountStore, 'load'>;
  readonly wakeUps: Pick<WakeUps, 'notify'>;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly clock: Clock;
  /** Replies and labels that are offered to everybody, with the facts as they are now. */
  readonly cannedReplies: () => Result<'readCannedReplies'>;
  readonly searchLimits?: Partial<SearchLimits>;
}

/** What the handlers of a conversation need of a call. */
export interface ConversationCall<Body = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly body: Body;
}

/** @throws Refusal `NotFound` for a path without it: the table of operations gives it to all of ours. */
export function paramOf({ params }: Pick<ConversationCall, 'params'>, name = 'id'): string {
  const value = params[name];
  if (value === undefined) throw new Refusal('NotFound');
  return value;
}

export function recordOf(
  audit: Pick<AuditLog, 'record'>,
): (
  action: AuditAction,
  actor: Actor,
  subject?: string,
  details?: Record<string, string | number | boolean>,
) => Promise<void> {
  return (action, { delegateId }, subject, details) =>
    audit.record({
      action,
      actor: delegateId,
      ...(subject !== undefined && { subject }),
      ...(details && { details }),
    });
}
