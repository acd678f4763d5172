import type { Conversation, Standing } from './conversation.js';
import {
  giveUpWaiting,
  isAllowed,
  noteAlarm,
  releaseAbsent,
  type Transition,
  type TransitionName,
  unchanged,
  unsnooze,
} from './conversation-transitions.js';
import type { Actor, Desk } from './desk.js';
import { type ChangeConversation, createChangeConversation, type DeskDependencies } from './desk-change.js';
import { createReply } from './desk-reply.js';
import type { Millis } from './desk-state.js';
import * as transitions from './desk-transitions.js';

/** What only time brings about. */
export interface DeskUpkeep extends Pick<Desk, 'releaseAbsent'> {
  /**
   * Nobody came: the assistant takes it back. Nothing when somebody came meanwhile.
   * @param waitingSince nothing happens to another wait than the one that began then.
   */
  giveUpWaiting(id: string, waitingSince?: Millis): Promise<void>;
  /** A snooze that is due ends. */
  endSnooze(id: string): Promise<void>;
}

/** @throws from each call what `Desk` says. */
export function createDesk(deps: DeskDependencies): Desk & DeskUpkeep {
  const change = createChangeConversation(deps);

  async function move(
    id: string,
    transition: (standing: Conversation, now: Millis) => Transition,
    by?: Actor,
  ): Promise<Conversation> {
    const plan = (loaded: Conversation, now: Millis) => ({ transition: transition(loaded, now), ...(by && { by }) });
    const { conversation } = await change(id, plan);
    return conversation;
  }

  return {
    take: (id, by) => move(id, (standing, now) => transitions.take(standing, by.delegateId, now), by),
    reply: createReply(deps.store, change),
    giveBack: (id, by) => move(id, (standing) => transitions.giveBack(standing, by.delegateId)),
    transfer: (id, by, to) => move(id, (standing, now) => transitions.transfer(standing, by.delegateId, now, to)),
    close: (id, by) => move(id, (standing) => transitions.close(standing, by.delegateId)),
    reopen: (id, by) => move(id, (standing, now) => transitions.reopen(standing, by.delegateId, now), by),
    snooze: (id, by, until) => move(id, (standing, now) => transitions.snooze(standing, by.delegateId, until, now)),
    unsnooze: (id) => move(id, unsnooze),
    acknowledge: (id) => move(id, transitions.acknowledge),
    block: (id, by, reason) => move(id, (standing, now) => transitions.block(standing, by.delegateId, reason, now)),
    unblock: (id) => move(id, transitions.unblock),
    label: (id, _, labels) => move(id, (standing) => transitions.label(standing, labels)),
    setCallbackDone: (id, by, callbackId, isDone) =>
      move(id, (standing, now) => transitions.settleCallback(standing, by.delegateId, { id: callbackId, isDone }, now)),
    ...createUpkeep(change),
    async markAlarm(id, step, since) {
      const isSame = ({ desk }: Standing): boolean =>
        since === undefined || desk.waitingSince === since || desk.emergencyAt === since;
      const { isStored } = await change(id, (loaded, now) => ({
        transition: isSame(loaded) ? noteAlarm(loaded, step, now) : unchanged(loaded),
      }));
      return isStored;
    },
  };
}

/** Each looks at the conversation as it is now: what is not so any more is left alone. */
function createUpkeep(change: ChangeConversation): DeskUpkeep {
  async function moveIf(
    id: string,
    name: TransitionName,
    isDue: (standing: Standing, now: Millis) => boolean,
    transition: (standing: Standing, now: Millis) => Transition,
  ): Promise<boolean> {
    const { isStored } = await change(id, (loaded, now) => {
      const isStillDue = isAllowed(name, loaded) && isDue(loaded, now);
      return { transition: isStillDue ? transition(loaded, now) : unchanged(loaded) };
    });
    return isStored;
  }

  return {
    releaseAbsent(id, holder, heldSince) {
      const isSame = ({ desk }: Standing): boolean =>
        desk.holder === holder && (heldSince === undefined || desk.heldSince === heldSince);
      return moveIf(id, 'releaseAbsent', isSame, releaseAbsent);
    },
    async giveUpWaiting(id, waitingSince) {
      const isSame = ({ desk }: Standing): boolean => waitingSince === undefined || desk.waitingSince === waitingSince;
      await moveIf(id, 'giveUpWaiting', isSame, giveUpWaiting);
    },
    async endSnooze(id) {
      const isDue = ({ desk }: Standing, now: Millis): boolean =>
        desk.snoozedUntil !== undefined && desk.snoozedUntil <= now;
      await moveIf(id, 'unsnooze', isDue, unsnooze);
    },
  };
}
