import { z } from 'zod';
import { permanencesSchema, sectorsSchema, stationSchema } from '../../content/facts-schema.js';
import { id, line, localDate, localTime, millis, rev } from './common.js';
import { person } from './conversations.js';

const weekday = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1 | 2 | 3 | 4 | 5 | 6 | 7)));
const slot = z.strictObject({ from: localTime, to: localTime });

/** Slots end after they begin and do not overlap: the domain checks that. */
export const openingHours = z.strictObject({
  slots: z.array(z.strictObject({ weekday, from: localTime, to: localTime })).max(70),
  onPublicHolidays: z.enum(['closed', 'open']),
  exceptions: z
    .array(
      z.strictObject({
        from: localDate,
        to: localDate,
        slots: z.array(slot).max(10),
        reason: line(100).exactOptional(),
      }),
    )
    .max(100),
});
export const openingHoursView = z.strictObject({
  hours: openingHours,
  /** To be sent back with a change; absent while none was saved. */
  rev: rev.optional(),
  state: z.enum(['open', 'closed', 'unknown']),
  /** « mercredi 25 novembre à 14 h » */
  nextOpening: z.string().optional(),
});
export const openingHoursChange = z.strictObject({ hours: openingHours, rev: rev.optional() });

export const editableFacts = z.strictObject({
  permanences: permanencesSchema,
  sectors: sectorsSchema,
  station: stationSchema,
});
export const factsView = z.strictObject({
  facts: editableFacts,
  /** 0: those of the data files. */
  version: z.int(),
  places: z.array(z.strictObject({ id, name: z.string() })),
});
/** `version`: the one that the change was made from; a colleague's later one refuses it. */
export const factsChange = z.strictObject({ facts: editableFacts, version: z.int().min(0) });
export const factsPreviewRequest = z.strictObject({ facts: editableFacts });
export const factsPreview = z.strictObject({
  answers: z.array(z.strictObject({ question: z.string(), bubbles: z.array(z.string()) })),
});
export const factsHistory = z.strictObject({
  versions: z.array(
    z.strictObject({
      version: z.int(),
      at: millis,
      by: person,
      undoneTo: z.int().optional(),
      /** What changed against the version before, a line each, in French. */
      changes: z.array(z.string()),
    }),
  ),
});
/** Puts back the facts of `to` (0: the data files) as a new version. */
export const factsUndo = z.strictObject({ to: z.int().min(0), version: z.int().min(0) });

export const week = z.string().regex(/^\d{4}-W\d{2}$/);
export const weekly = z.strictObject({
  week,
  from: localDate,
  to: localDate,
  conversations: z.int(),
  byChannel: z.array(z.strictObject({ channel: z.string(), count: z.int() })),
  byIntent: z.array(z.strictObject({ intent: z.string(), title: z.string(), count: z.int() })),
  unsure: z.int(),
  emergencies: z.int(),
  handoff: z.strictObject({ requested: z.int(), taken: z.int(), missed: z.int() }),
  callbacks: z.strictObject({ requested: z.int(), done: z.int() }),
  /** « moins d'une minute » … with how many waits each. */
  waits: z.array(z.strictObject({ label: z.string(), count: z.int() })),
  medianWait: z.string().optional(),
});
export const weeklyQuery = z.strictObject({ week: week.optional() });

export const auditEntry = z.strictObject({
  seq: z.int(),
  at: millis,
  actor: person.optional(),
  action: z.string(),
  /** What happened, in one French sentence. */
  text: z.string(),
});
export const auditPage = z.strictObject({ entries: z.array(auditEntry), next: z.int().optional() });
export const auditQuery = z.strictObject({ before: z.coerce.number().int().min(1).optional() });

const endpoint = z.url({ protocol: /^https$/ }).max(1000);
export const pushSubscription = z.strictObject({
  endpoint,
  keys: z.strictObject({ p256dh: z.string().max(200), auth: z.string().max(100) }),
});
export const alarmView = z.strictObject({
  /** VAPID, uncompressed point, base64url (RFC 8292). */
  pushKey: z.string(),
  subscriptions: z.array(z.strictObject({ id: z.string(), device: z.string(), createdAt: millis })),
  email: z.enum(['ready', 'no-address', 'not-configured']),
  pushAfterSeconds: z.int(),
  emailAfterMinutes: z.int(),
});
/** Sound and notification are tried by the page itself. */
export const alarmTest = z.strictObject({
  push: z.enum(['sent', 'no-subscription', 'failed']),
  email: z.enum(['sent', 'no-address', 'not-configured', 'failed']),
});
