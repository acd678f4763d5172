import type { ReportEvent } from '../domain/report.js';
import type { DataKey, OpenedEvent } from '../domain/report-sealing.js';
import { digestOf, openEvent } from './events.js';
import { isSealingFault } from './fault.js';
import { type PlacedEvent, placeOfEvent } from './places.js';

/** An event as stored or as the wire brings it. */
export type ChainedEvent = PlacedEvent & Pick<ReportEvent, 'digest' | 'sealed'>;

/** `no-key`: its data key was not sealed to this delegate, or not yet. `replaced`: nothing of it is kept but its digest. */
export type Unopened = 'cannot-open' | 'no-key' | 'replaced';

export interface Opening {
  /** Of the bytes that are there; what is stored as their digest when there are none. */
  readonly digest: string;
  readonly opened: OpenedEvent | Unopened;
}

/**
 * `ok`: genuine, in its place, after the event before it. `replaced`: its author answered again before sending.
 * `missing-before`: genuine, but what it came after is gone, or is not what it was. `out-of-chain`: it does not go together
 * with what stands before it: out of order, twice, of another history, or under a digest that is not its own.
 */
export type EventFinding = 'ok' | Unopened | 'out-of-chain' | 'missing-before';

export interface ChainFindings {
  /** One for each event, in their order. */
  readonly events: readonly EventFinding[];
  /**
   * True when its author's `submitted` event names just what stands before it, and nothing after it was altered or taken
   * out from between. What is missing at the very end, after it was sent, no event can tell.
   */
  readonly isComplete: boolean;
}

/** Opens what the keys open, each event by itself: one that was tampered with costs no other. */
export function openEvents(
  reportId: string,
  events: readonly ChainedEvent[],
  keys: ReadonlyMap<string, DataKey>,
): Promise<readonly Opening[]> {
  return Promise.all(events.map((event) => openOne(reportId, event, keys.get(event.keyId))));
}

async function openOne(reportId: string, event: ChainedEvent, key: DataKey | undefined): Promise<Opening> {
  const { sealed, digest } = event;
  if (sealed === null) return { digest, opened: 'replaced' };
  const real = await unlessFault(digestOf(sealed));
  if (real === undefined) return { digest, opened: 'cannot-open' };
  if (!key) return { digest: real, opened: 'no-key' };
  const opened = await unlessFault(openEvent(key, placeOfEvent(reportId, event), sealed));
  return { digest: real, opened: opened ?? 'cannot-open' };
}

async function unlessFault<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isSealingFault(error)) return undefined;
    throw error;
  }
}

/**
 * Says of each event whether it stands where it was sealed to, and of the report whether anything was taken out.
 * @param events in the order they were given in.
 * @param openings of `openEvents`, one for each.
 */
export function verifyChain(events: readonly ChainedEvent[], openings: readonly Opening[]): ChainFindings {
  const links = events.map((event, index): Link => {
    const opening = openings[index] ?? { digest: event.digest, opened: 'cannot-open' };
    return { ...opening, event };
  });
  const sentAt = links.findIndex(({ event }) => event.kind === 'submitted');
  const findings = links.map((link, index) => findingOf(link, links, { index, sentAt }));
  const isWhole = events.every(({ seq }, index) => seq === index + 1) && findings.every((one) => !BROKEN.has(one));
  return { events: findings, isComplete: isWhole && namesAllBefore(links, sentAt) };
}

interface Link extends Opening {
  readonly event: ChainedEvent;
}

interface Position {
  readonly index: number;
  /** Of the first `submitted`; -1 in a draft. */
  readonly sentAt: number;
}

const BROKEN: ReadonlySet<EventFinding> = new Set(['cannot-open', 'out-of-chain', 'missing-before']);

function findingOf(link: Link, links: readonly Link[], position: Position): EventFinding {
  const { event, digest, opened } = link;
  const before = links[position.index - 1];
  const step = event.seq - (before?.event.seq ?? 0);
  if (step <= 0 || !belongs(event, position)) return 'out-of-chain';
  if (opened === 'replaced') return wasReplaced(event, links, position) ? 'replaced' : 'cannot-open';
  if (opened === 'cannot-open') return opened;
  if (digest !== event.digest) return 'out-of-chain';
  if (opened === 'no-key') return opened;
  if (step > 1) return 'missing-before';
  if (opened.previous === (before?.digest ?? '')) return 'ok';
  // It may still go on from what is said to have been there, where that itself does not open.
  const isReadable = before === undefined || typeof before.opened !== 'string';
  if (isReadable) return 'out-of-chain';
  return opened.previous === before.event.digest ? 'ok' : 'missing-before';
}

/** Answers come before a report is sent; the rest after. */
function belongs({ kind }: ChainedEvent, { index, sentAt }: Position): boolean {
  if (kind === 'submitted') return index === sentAt;
  return (kind === 'answer') === (sentAt < 0 || index < sentAt);
}

/** The words of an answer go when a later one took its place, and only then. */
function wasReplaced({ kind, step }: ChainedEvent, links: readonly Link[], { index, sentAt }: Position): boolean {
  const later = links.slice(index + 1, Math.max(sentAt, 0));
  return kind === 'answer' && later.some(({ event }) => event.step === step);
}

function namesAllBefore(links: readonly Link[], sentAt: number): boolean {
  const sent = links[sentAt]?.opened;
  if (typeof sent !== 'object' || !('submitted' in sent.body)) return false;
  const before = links.slice(0, sentAt).map(({ digest }) => digest);
  const named = sent.body.submitted;
  return named.length === before.length && named.every((digest, index) => digest === before[index]);
}
