import type { DelegateId, Millis } from './desk-state.js';

export const AUDIT_ACTIONS = [
  'session.opened',
  'session.refused',
  'session.ended',
  'session.revoked',
  'account.created',
  'account.changed',
  'account.disabled',
  'account.enabled',
  'account.reset',
  'account.password-changed',
  'account.recovered',
  'account.second-factor-on',
  'account.second-factor-off',
  'invitation.created',
  'invitation.withdrawn',
  'conversation.opened',
  'conversation.file-opened',
  'conversation.searched',
  'conversation.taken',
  'conversation.replied',
  'conversation.given-back',
  'conversation.lost',
  'conversation.transferred',
  'conversation.closed',
  'conversation.reopened',
  'conversation.snoozed',
  'conversation.acknowledged',
  'conversation.blocked',
  'conversation.unblocked',
  'conversation.labelled',
  'conversation.noted',
  'conversation.exported',
  'callback.done',
  'callback.reopened',
  'report.opened',
  'report.answered',
  'report.noted',
  'report.status-changed',
  'report.assigned',
  'report.exported',
  'report.printed',
  'report.granted',
  'report.revoked',
  'report.erased',
  'report.figures-exported',
  'facts.changed',
  'facts.undone',
  'opening-hours.changed',
  'statistics.exported',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did what, to what, when. Nothing that a resident wrote. */
export interface AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly at: Millis;
  /** Absent: the operator, or nobody who is known. */
  readonly actor?: DelegateId;
  readonly action: AuditAction;
  /** The id of the conversation, account … that it was done to. */
  readonly subject?: string;
  /** Words of ours or of the delegate's account (a role, a version), never of a conversation. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of the previous entry's `hash` and of this entry without its own, base64url: changing one shows in all later. */
  readonly hash: string;
}
