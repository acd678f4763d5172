import { z } from 'zod';
import { email, id, line, lines, localDate, millis, rev, seq } from './common.js';

export const conversationStatus = z.enum(['bot', 'waiting', 'assigned', 'closed']);
export const author = z.enum(['resident', 'bot', 'delegate', 'system']);
/** Of a label: a word of `corpus/fr/desk.json`, or a delegate's own. */
export const label = line(40);
export const priority = z.enum(['normal', 'high']);

/** A delegate by name, also one whose account is disabled. */
export const person = z.strictObject({ id, displayName: z.string() });

/** A conversation as a card of the queue. */
export const card = z.strictObject({
  id,
  rev,
  /** « Résident B7K2 »: made from the id, and the same for every delegate. */
  pseudonym: z.string(),
  channel: z.enum(['directline', 'botframework', 'telegram']),
  status: conversationStatus,
  list: z.enum(['queue', 'past']),
  holder: person.optional(),
  heldSince: millis.optional(),
  waitingSince: millis.optional(),
  offeredTo: person.optional(),
  snoozedUntil: millis.optional(),
  emergencyAt: millis.optional(),
  missedAt: millis.optional(),
  isBlocked: z.boolean(),
  priority,
  labels: z.array(z.string()),
  openCallbacks: z.int(),
  lastSeq: seq,
  lastMessageAt: millis,
  /** The last words that a person found themselves, else the last thing said; one line of at most 120 characters. */
  last: z.strictObject({ author, excerpt: z.string() }).optional(),
});

export const message = z.strictObject({
  seq,
  author,
  /** Of the delegate who wrote. */
  by: person.optional(),
  at: millis,
  /** Empty for an event. */
  text: z.string(),
  card: z
    .strictObject({
      title: z.string(),
      text: z.string().optional(),
      links: z.array(z.strictObject({ title: z.string(), url: z.string() })),
    })
    .optional(),
  /** It corrects an earlier message: `seq` of that one. `text` is all of the new text. */
  edits: seq.optional(),
  /** When it was corrected, where the channel tells: `at` is when the server heard of it. */
  editedAt: millis.optional(),
  /** A file that came with it, read by `readAttachment`; `bytes`: its size. */
  attachment: z.strictObject({ id, kind: z.enum(['image', 'pdf']), bytes: z.int().min(0) }).optional(),
  /** The titles of the buttons that were offered. */
  actions: z.array(z.string()).optional(),
  event: z.enum(['erased', 'handoff.initiate', 'handoff.accepted', 'handoff.completed', 'handoff.failed']).optional(),
  /** The id that the sender's page gave it. */
  clientId: z.string().optional(),
});

/** How far what was written to the resident has got. */
export const delivery = z.strictObject({
  /** Everything up to here has reached the resident's device. */
  deliveredSeq: seq,
  /** The resident's page is open now; absent when the channel cannot tell. */
  isResidentConnected: z.boolean().optional(),
  /** Why what comes after it does not get there, in French, with what to do. */
  failure: z.string().optional(),
  /** `seq` of messages of which nobody knows whether they arrived; they are not sent again. */
  uncertain: z.array(seq).optional(),
  /** `seq` of messages that the channel never took; they are not tried again. */
  refused: z.array(seq).optional(),
});

export const callback = z.strictObject({
  id: z.string(),
  firstName: z.string().optional(),
  phone: z.string().optional(),
  email: email.optional(),
  /** « mercredi 25 novembre, le matin » */
  moment: z.string(),
  requestedAt: millis,
  doneAt: millis.optional(),
  doneBy: person.optional(),
});

export const note = z.strictObject({ id: z.string(), by: person, at: millis, text: z.string() });

/** What the reader may do now; the screen shows these and no others. */
export const action = z.enum([
  'take',
  'reply',
  'give-back',
  'transfer',
  'close',
  'reopen',
  'snooze',
  'unsnooze',
  'acknowledge',
  'block',
  'unblock',
]);

/** A conversation in full, without its messages: those come by `seq`. */
export const detail = z.strictObject({
  card,
  block: z.strictObject({ by: person, reason: z.string(), at: millis }).optional(),
  callbacks: z.array(callback),
  notes: z.array(note),
  delivery,
  viewers: z.array(person),
  actions: z.array(action),
  createdAt: millis,
});

export const opened = z.strictObject({
  detail,
  /** The last ones, in order; earlier ones by `messages?before=`. */
  messages: z.array(message),
  hasEarlier: z.boolean(),
  draft: z.string().optional(),
  readSeq: seq,
});
export const messagePage = z.strictObject({ messages: z.array(message), hasEarlier: z.boolean() });
export const messagesQuery = z.strictObject({ before: z.coerce.number().int().min(1) });

export const cardPage = z.strictObject({ cards: z.array(card), next: z.string().optional() });
/** `after`: the `next` of the page before. */
export const pastQuery = z.strictObject({ after: z.string().max(200).optional() });

export const replyRequest = z.strictObject({
  clientId: z.uuid(),
  text: lines(4000),
  seenSeq: seq,
});
export const replyResult = z.strictObject({ message, detail });

export const transferRequest = z.strictObject({ to: id.optional() });
export const snoozeRequest = z.strictObject({ until: millis });
export const blockRequest = z.strictObject({ reason: lines(300) });
export const labelRequest = z.strictObject({
  labels: z.array(label).max(10).optional(),
  priority: priority.optional(),
});
export const callbackRequest = z.strictObject({ isDone: z.boolean() });
export const noteRequest = z.strictObject({ id: z.uuid(), text: lines(2000) });
/** An empty text removes the draft. */
export const draftRequest = z.strictObject({ text: z.string().max(4000) });
export const readRequest = z.strictObject({ seq });

/** In the body and not the address: what people look for does not belong in logs. */
export const searchRequest = z.strictObject({ text: line(100) });
export const searchResult = z.strictObject({
  matches: z.array(z.strictObject({ card, seq, excerpt: z.string() })),
  /** How many conversations were looked through; true when there are older ones that were not. */
  searched: z.int(),
  isPartial: z.boolean(),
});

export const cannedReplies = z.strictObject({
  replies: z.array(z.strictObject({ shortcut: z.string(), title: z.string(), text: z.string() })),
  labels: z.array(z.string()),
});

export { localDate };
