import { z } from 'zod';
import { email, id, line, millis, role, token } from './common.js';

/** A colleague as every delegate sees them. */
export const colleague = z.strictObject({
  id,
  displayName: z.string(),
  isConnected: z.boolean(),
  isAvailable: z.boolean(),
});

/** An account as the coordinator sees it. */
export const accountView = z.strictObject({
  id,
  login: z.string(),
  displayName: z.string(),
  role,
  isDisabled: z.boolean(),
  email: email.optional(),
  hasSecondFactor: z.boolean(),
  fingerprint: z.string(),
  createdAt: millis,
  lastSeenAt: millis.optional(),
  isConnected: z.boolean(),
});
export const invitationSummary = z.strictObject({
  id: z.string(),
  kind: z.enum(['setup', 'invitation', 'reset']),
  role,
  displayName: z.string().optional(),
  expiresAt: millis,
});
export const team = z.strictObject({ accounts: z.array(accountView), invitations: z.array(invitationSummary) });

export const newInvitation = z.strictObject({ displayName: line(60), role });
/** The link is shown once; it holds the token in its fragment, which no server log sees. */
export const invitationLink = z.strictObject({ id: z.string(), token, url: z.string(), expiresAt: millis });

export const accountChange = z.strictObject({
  displayName: line(60).optional(),
  role: role.optional(),
  isDisabled: z.boolean().optional(),
  /** Only ever taken away, for somebody who lost their device. */
  secondFactor: z.literal('off').optional(),
});
