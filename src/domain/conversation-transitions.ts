import type { ConversationStatus, Standing } from './conversation.js';
import type { CallbackRequest, DeskState, Millis } from './desk-state.js';
import type { DeskWords } from './desk-words.js';
import { DomainError } from './errors.js';
import type { Content, HandoffContent } from './message.js';
import { type CounterName, WAIT_BUCKETS } from './statistics.js';

/** What a transition makes of a conversation, and what it has to tell. */
export interface Transition extends Standing {
  /** For clients: each is a message of its own. */
  readonly events: readonly HandoffContent[];
  /** What the resident reads about it. */
  readonly words?: keyof DeskWords;
  readonly counts: readonly CounterName[];
}

const ALWAYS: readonly ConversationStatus[] = ['bot', 'waiting', 'assigned', 'closed'];

/** The one table of what may happen, from which status. `reply` is no transition of its own: it takes what nobody holds. */
export const ALLOWED_FROM = {
  // The resident's
  requestHandoff: ['bot', 'waiting'],
  leaveHandoff: ['waiting', 'assigned'],
  requestCallback: ['bot', 'waiting'],
  resume: ['closed'],
  noteEmergency: ALWAYS,
  forget: ALWAYS,
  // The delegates'
  take: ['bot', 'waiting', 'assigned'],
  reply: ['bot', 'waiting', 'assigned'],
  giveBack: ['waiting', 'assigned'],
  transfer: ['assigned'],
  close: ['waiting', 'assigned'],
  reopen: ['bot', 'assigned', 'closed'],
  snooze: ['waiting', 'assigned'],
  acknowledge: ALWAYS,
  block: ALWAYS,
  unblock: ALWAYS,
  label: ALWAYS,
  settleCallback: ALWAYS,
  // Of time that passes
  unsnooze: ['waiting'],
  releaseAbsent: ['assigned'],
  giveUpWaiting: ['waiting'],
  noteAlarm: ALWAYS,
} as const satisfies Readonly<Record<string, readonly ConversationStatus[]>>;

export type TransitionName = keyof typeof ALLOWED_FROM;

export const INITIATE: HandoffContent = { kind: 'handoff', event: 'initiate' };
export const ACCEPTED: HandoffContent = { kind: 'handoff', event: 'status', state: 'accepted' };
export const COMPLETED: HandoffContent = { kind: 'handoff', event: 'status', state: 'completed' };
export const FAILED: HandoffContent = { kind: 'handoff', event: 'status', state: 'failed' };

export function isAllowed(name: TransitionName, { status }: Pick<Standing, 'status'>): boolean {
  const statuses: readonly ConversationStatus[] = ALLOWED_FROM[name];
  return statuses.includes(status);
}

/** @throws DomainError `not-in-this-state`. */
export function assertAllowed(name: TransitionName, standing: Pick<Standing, 'status'>): void {
  if (!isAllowed(name, standing)) throw notInThisState(name);
}

export function notInThisState(name: TransitionName): DomainError {
  return new DomainError('not-in-this-state', `The state of the conversation does not allow "${name}"`);
}

/** The messages of a transition, in their order: clients learn of the change first, then people. */
export function contentsOf({ events, words }: Transition, catalogue: DeskWords): readonly Content[] {
  return [...events, ...(words ? catalogue[words]() : [])];
}

/** The resident asks for a person. Nothing new when they wait already, nor when the delegates take them no more. */
export function requestHandoff(standing: Standing, now: Millis): Transition {
  assertAllowed('requestHandoff', standing);
  const { status, desk } = standing;
  if (status === 'waiting' || desk.block) return unchanged(standing);
  return {
    status: 'waiting',
    desk: { ...waiting(knownToDesk(desk, now), now), requestedAt: now },
    events: [INITIATE],
    counts: ['handoff.requested'],
  };
}

/** The resident goes back to the assistant. Whoever was only waiting has heard it all along and needs no words for it. */
export function leaveHandoff(standing: Standing): Transition {
  assertAllowed('leaveHandoff', standing);
  const { status, desk } = standing;
  const change: Transition = { status: 'bot', desk: settled(desk), events: [COMPLETED], counts: [] };
  return status === 'assigned' ? { ...change, words: 'givenBack' } : change;
}

/** The request becomes a task for the delegates, in place of a wait or of one that nobody answered. */
export function requestCallback(standing: Standing, request: CallbackRequest): Transition {
  assertAllowed('requestCallback', standing);
  const { missedAt: _, ...desk } = settled(knownToDesk(standing.desk, request.requestedAt));
  return {
    status: 'bot',
    desk: { ...desk, callbacks: [...desk.callbacks, request] },
    events: standing.status === 'waiting' ? [COMPLETED] : [],
    counts: ['callback.requested'],
  };
}

/** The resident writes in a closed conversation: it starts again with the assistant. */
export function resume(standing: Standing): Transition {
  assertAllowed('resume', standing);
  return { ...unchanged(standing), status: 'bot' };
}

/** A danger under way was written. One that nobody has seen yet keeps its time; a new one sounds the alarm anew. */
export function noteEmergency(standing: Standing, now: Millis): Transition {
  assertAllowed('noteEmergency', standing);
  if (standing.desk.emergencyAt !== undefined) return unchanged(standing);
  const { alarm: _, ...desk } = knownToDesk(standing.desk, now);
  return { ...unchanged(standing), desk: { ...desk, emergencyAt: now }, counts: ['emergency'] };
}

/**
 * The resident had everything erased: what they left for delegates goes with it, and nobody is expected any more. A
 * delegate who is speaking with them stays. A block stays too: it is no word of the resident's, and erasing would undo it.
 */
export function forget(standing: Standing): Transition {
  assertAllowed('forget', standing);
  const { status, desk } = standing;
  const { holder, heldSince, block, handledBy } = desk;
  const kept: DeskState = { labels: [], priority: 'normal', callbacks: [], handledBy, ...(block && { block }) };
  if (status === 'assigned' && holder !== undefined) {
    return {
      ...unchanged(standing),
      desk: { ...kept, holder, ...(heldSince !== undefined && { heldSince }) },
    };
  }
  const isLeaving = status === 'waiting';
  return { status: isLeaving ? 'bot' : status, desk: kept, events: isLeaving ? [COMPLETED] : [], counts: [] };
}

/** The snooze is over: it waits from now on, so that it is not given up at once. */
export function unsnooze(standing: Standing, now: Millis): Transition {
  assertAllowed('unsnooze', standing);
  const { snoozedUntil, ...desk } = standing.desk;
  return snoozedUntil === undefined ? unchanged(standing) : { ...unchanged(standing), desk: waiting(desk, now) };
}

/** The holder has been away for too long: it waits again. */
export function releaseAbsent(standing: Standing, now: Millis): Transition {
  assertAllowed('releaseAbsent', standing);
  return {
    status: 'waiting',
    desk: waiting(settled(standing.desk), now),
    events: [INITIATE],
    words: 'lostHold',
    counts: [],
  };
}

/** Nobody came: the assistant takes it back, and delegates see what they missed. Nothing while it is snoozed. */
export function giveUpWaiting(standing: Standing, now: Millis): Transition {
  assertAllowed('giveUpWaiting', standing);
  const { desk } = standing;
  if (desk.snoozedUntil !== undefined) return unchanged(standing);
  return {
    status: 'bot',
    desk: { ...settled(desk), missedAt: now },
    events: [FAILED],
    words: 'nobodyCame',
    counts: desk.requestedAt === undefined ? [] : ['handoff.missed'],
  };
}

/** The alarm about the present wait or danger has gone one step further. */
export function noteAlarm(standing: Standing, step: 'pushedAt' | 'emailedAt', now: Millis): Transition {
  assertAllowed('noteAlarm', standing);
  const { status, desk } = standing;
  const isRinging = status === 'waiting' || desk.emergencyAt !== undefined;
  if (!isRinging || desk.alarm?.[step] !== undefined) return unchanged(standing);
  return { ...unchanged(standing), desk: { ...desk, alarm: { ...desk.alarm, [step]: now } } };
}

export function unchanged({ status, desk }: Standing): Transition {
  return { status, desk, events: [], counts: [] };
}

/** True when there is nothing to store. */
export function changesNothing(before: Standing, { status, desk, events }: Transition): boolean {
  return status === before.status && desk === before.desk && events.length === 0;
}

/** Nobody holds it and nobody is waited for. */
export function settled(desk: DeskState): DeskState {
  const { holder, heldSince, waitingSince, requestedAt, snoozedUntil, offeredTo, alarm, ...rest } = desk;
  return rest;
}

/** A new wait: it begins now, whoever asked for it and however often the alarm went before. */
export function waiting({ alarm: _, ...desk }: DeskState, now: Millis): DeskState {
  return { ...desk, waitingSince: now };
}

export function waitCounts({ requestedAt }: DeskState, now: Millis): readonly CounterName[] {
  if (requestedAt === undefined) return [];
  const minutes = (now - requestedAt) / 60_000;
  return ['handoff.taken', `wait:${WAIT_BUCKETS.findIndex((most) => minutes <= most)}`];
}

function knownToDesk(desk: DeskState, now: Millis): DeskState {
  return { ...desk, atDeskSince: desk.atDeskSince ?? now };
}
