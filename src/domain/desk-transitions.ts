import { inboxListOf, type Standing } from './conversation.js';
import {
  ACCEPTED,
  assertAllowed,
  COMPLETED,
  INITIATE,
  notInThisState,
  settled,
  type Transition,
  type TransitionName,
  unchanged,
  waitCounts,
  waiting,
} from './conversation-transitions.js';
import type { DelegateId, DeskState, Millis } from './desk-state.js';
import { DomainError } from './errors.js';

/** What delegates do. All throw DomainError `not-in-this-state`; `held-by-colleague` where only the holder may. */

/** Only what delegates may read can be taken: the resident has asked for a person, or written of a danger. */
export function take(standing: Standing, by: DelegateId, now: Millis): Transition {
  return hold('take', standing, by, now);
}

/** The same from a closed conversation. */
export function reopen(standing: Standing, by: DelegateId, now: Millis): Transition {
  return hold('reopen', standing, by, now);
}

/** What a delegate writes makes them the holder of what nobody holds; a colleague's stays theirs. */
export function takeByReply(standing: Standing, by: DelegateId, now: Millis): Transition {
  assertAllowed('reply', standing);
  return standing.status === 'assigned' ? unchanged(standing) : hold('reply', standing, by, now);
}

export function giveBack(standing: Standing, by: DelegateId): Transition {
  assertHolderMay('giveBack', standing, by);
  return { status: 'bot', desk: settled(standing.desk), events: [COMPLETED], words: 'givenBack', counts: [] };
}

export function transfer(standing: Standing, by: DelegateId, now: Millis, to?: DelegateId): Transition {
  assertHolderMay('transfer', standing, by);
  const desk = waiting(settled(standing.desk), now);
  return {
    status: 'waiting',
    desk: to === undefined ? desk : { ...desk, offeredTo: to },
    events: [INITIATE],
    words: 'transferred',
    counts: [],
  };
}

export function close(standing: Standing, by: DelegateId): Transition {
  assertHolderMay('close', standing, by);
  return { status: 'closed', desk: settled(standing.desk), events: [COMPLETED], words: 'closed', counts: [] };
}

/** What the holder puts off tells clients that the assistant may speak; the words for it are the delegate's own. */
export function snooze(standing: Standing, by: DelegateId, until: Millis, now: Millis): Transition {
  assertHolderMay('snooze', standing, by);
  if (standing.status === 'waiting') {
    return { ...unchanged(standing), desk: { ...standing.desk, snoozedUntil: until } };
  }
  return {
    status: 'waiting',
    desk: { ...waiting(settled(standing.desk), now), snoozedUntil: until },
    events: [INITIATE],
    counts: [],
  };
}

export function acknowledge(standing: Standing): Transition {
  assertAllowed('acknowledge', standing);
  const { emergencyAt, missedAt, ...desk } = standing.desk;
  if (emergencyAt === undefined && missedAt === undefined) return unchanged(standing);
  return { ...unchanged(standing), desk };
}

/** Leaves it to the assistant for good. What there was to see has been seen. */
export function block(standing: Standing, by: DelegateId, reason: string, now: Millis): Transition {
  assertHolderMay('block', standing, by);
  if (standing.desk.block) throw notInThisState('block');
  const { desk } = acknowledge(standing);
  const change: Transition = {
    ...unchanged(standing),
    desk: { ...settled(desk), block: { by, reason, at: now } },
  };
  if (standing.status === 'bot' || standing.status === 'closed') return change;
  return { ...change, status: 'bot', events: [COMPLETED], words: 'givenBack' };
}

export function unblock(standing: Standing): Transition {
  assertAllowed('unblock', standing);
  const { block: earlier, ...desk } = standing.desk;
  return earlier ? { ...unchanged(standing), desk } : unchanged(standing);
}

export function label(standing: Standing, change: Partial<Pick<DeskState, 'labels' | 'priority'>>): Transition {
  assertAllowed('label', standing);
  return { ...unchanged(standing), desk: { ...standing.desk, ...change } };
}

/** @throws DomainError `not-in-this-state` also when there is no such call-back. */
export function settleCallback(
  standing: Standing,
  by: DelegateId,
  callback: { readonly id: string; readonly isDone: boolean },
  now: Millis,
): Transition {
  assertAllowed('settleCallback', standing);
  const { desk } = standing;
  const request = desk.callbacks.find(({ id }) => id === callback.id);
  if (!request) throw notInThisState('settleCallback');
  if (callback.isDone === (request.done !== undefined)) return unchanged(standing);
  const { done: _, ...open } = request;
  const settledRequest = callback.isDone ? { ...open, done: { by, at: now } } : open;
  return {
    ...unchanged(standing),
    desk: { ...desk, callbacks: desk.callbacks.map((one) => (one === request ? settledRequest : one)) },
    counts: callback.isDone ? ['callback.done'] : [],
  };
}

function hold(name: TransitionName, standing: Standing, by: DelegateId, now: Millis): Transition {
  assertHolderMay(name, standing, by);
  const { status, desk } = standing;
  if (status === 'assigned') return unchanged(standing);
  if (desk.block || inboxListOf(standing) === 'none') throw notInThisState(name);
  const { desk: seen } = acknowledge(standing);
  return {
    status: 'assigned',
    desk: {
      ...settled(seen),
      holder: by,
      heldSince: now,
      handledBy: desk.handledBy.includes(by) ? desk.handledBy : [...desk.handledBy, by],
    },
    events: [ACCEPTED],
    words: 'taken',
    counts: waitCounts(desk, now),
  };
}

/** What nobody holds is anybody's, as far as the table allows. */
function assertHolderMay(name: TransitionName, standing: Standing, by: DelegateId): void {
  assertAllowed(name, standing);
  const { holder } = standing.desk;
  if (holder !== undefined && holder !== by) {
    throw new DomainError('held-by-colleague', 'A colleague holds the conversation');
  }
}
