import { z } from 'zod';
import { base64url, id, millis, rev, seq, shortBase64url } from './common.js';
import { person } from './conversations.js';

export const sentStatus = z.enum(['received', 'in-progress', 'forwarded', 'closed']);
export const reportStep = z.enum(['category', 'where', 'when', 'what', 'more', 'contact']);
export const reportEventKind = z.enum(['answer', 'submitted', 'addition', 'reply', 'note', 'status']);

/** X25519. */
const publicKey = base64url(32);
const keyId = id;
/** HPKE: `enc` (32 bytes), then the data key and its tag (48). */
const sealedKey = base64url(80);
/** Nonce, padded text, tag: an answer of 4,000 characters takes at most 12,000 bytes and their JSON. */
const sealed = shortBase64url(64 * 1024);

/** A data key, as far as it concerns the reader. */
export const reportKey = z.strictObject({
  id: keyId,
  /** Sealed to the caller's key of now; absent: a colleague has to grant it. */
  sealed: sealedKey.optional(),
  /** Everybody whose key of now opens it. */
  readers: z.array(id),
  isRetired: z.boolean(),
});

export const reportEvent = z.strictObject({
  seq,
  kind: reportEventKind,
  step: reportStep.optional(),
  /** The author's id, as it was sealed to. */
  author: id.optional(),
  by: person.optional(),
  at: millis,
  keyId,
  digest: base64url(32),
  /** Null: an answer that was replaced before the report was sent. */
  sealed: sealed.nullable(),
});

export const reportCard = z.strictObject({
  id,
  rev,
  /** « B7K2 »: made from the id; the log names it so. */
  pseudonym: z.string().optional(),
  status: sentStatus,
  submittedAt: millis,
  /** When its author sent it, or last added to it. */
  lastWordAt: millis,
  changedAt: millis,
  closedAt: millis.optional(),
  assignee: person.optional(),
  /** No delegate has read all that its author wrote. */
  isUnread: z.boolean(),
  /** So for longer than the limit. */
  isOverdue: z.boolean(),
  /** The caller has not read all that its author wrote. */
  isNewToCaller: z.boolean(),
  lastSeq: seq,
  keys: z.array(reportKey),
  /** The last answer to `category`, `where` and `when`: what a list shows of a report once it is opened in the browser. */
  summary: z.array(reportEvent),
});

export const reportList = z.strictObject({
  reports: z.array(reportCard),
  /** To be given as `before` for those that follow. */
  next: millis.optional(),
  unread: z.int(),
  overdue: z.int(),
  now: millis,
});
export const reportQuery = z.strictObject({ before: z.coerce.number().int().min(0).optional() });

export const reader = z.strictObject({ id, displayName: z.string(), publicKey, fingerprint: z.string() });

export const reportDetail = z.strictObject({
  card: reportCard,
  /** In their order, all of them. */
  events: z.array(reportEvent),
  /** What is written to the author is sealed to it. */
  reporterKey: publicKey,
  /** The whole team: a new event's key must be sealed to each of them. */
  readers: z.array(reader),
  readings: z.array(z.strictObject({ by: person, seq, at: millis })),
  /** The server's clock: what is sealed carries its time. */
  now: millis,
});

export const reportReadRequest = z.strictObject({ seq });
export const reportAssignRequest = z.strictObject({ assigneeId: id.nullable() });

const newKey = z.strictObject({
  sealedTo: z
    .array(z.strictObject({ delegateId: id, publicKey, sealed: sealedKey }))
    .min(1)
    .max(100),
});
export const reportEventRequest = z.strictObject({
  kind: z.enum(['reply', 'note', 'status']),
  seq,
  at: millis,
  keyId,
  newKey: newKey.optional(),
  sealed,
  toReporter: sealed.optional(),
  status: sentStatus.optional(),
});

export const reportExportRequest = z.strictObject({ as: z.enum(['print', 'file', 'redacted']) });
export const figuresExportRequest = z.strictObject({ reports: z.int().min(0).max(1_000_000) });

/** Who can read what. */
export const reportAccess = z.strictObject({
  readers: z.array(
    reader.extend({
      /** Reports of which they can open every key that is sealed to anybody. */
      canRead: z.int(),
      /** Reports of which somebody else would have to grant them a key. */
      lacks: z.int(),
    }),
  ),
  reports: z.int(),
  /** Reports that no delegate of now can open any more. */
  lost: z.int(),
});
/** The keys that one colleague lacks and the caller can open. */
export const missingKeys = z.strictObject({
  reader,
  keys: z.array(z.strictObject({ reportId: id, keyId, sealed: sealedKey })),
  /** More than one answer holds: ask again once these are granted. */
  isMore: z.boolean(),
});
export const grantRequest = z.strictObject({
  /** As compared by the caller: refused when the colleague has other keys by now. */
  publicKey,
  grants: z
    .array(z.strictObject({ reportId: id, keyId, sealed: sealedKey }))
    .min(1)
    .max(200),
});
export const grantResult = z.strictObject({ granted: z.int(), access: reportAccess });
