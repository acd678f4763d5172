import type { DialogContext } from 'botbuilder-dialogs';
import type { Answers } from '../src/domain/answers.js';
import type { Content } from '../src/domain/message.js';
import type { OtherLanguage } from '../src/nlu/intent-recognizer.js';
import type { DialogTurn } from './dialog-turn.js';
import { type Memory, NOTHING_YET } from './memory.js';
import { rootStateOf } from './root-state.js';
import { isWaitingForPerson } from './routing.js';
import { say } from './say.js';
import type { Wording } from './wording.js';

export interface RootRepliesDependencies {
  readonly answers: Answers;
  readonly wording: Wording;
  /** What those are told who write in another language. */
  readonly answerInLanguage: (language: OtherLanguage) => readonly Content[];
}

/** What the root dialog says by itself, where no dialog is for it; each gives what is remembered of it. */
export interface RootReplies {
  reply(inner: DialogContext, id: string, turn: DialogTurn): Promise<Memory>;
  sayInLanguage(inner: DialogContext, language: OtherLanguage, turn: DialogTurn): Promise<Memory>;
  /** Whoever waits for a delegate is told, once, that it will be read. */
  leaveToDelegate(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory>;
  /** The menu at first; a person from the second miss in a row on, or at once when it tells of a danger. */
  offerHelp(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory>;
  /** After a dialog that understood nothing. */
  giveUp(inner: DialogContext, turn: DialogTurn, memory: Memory): Promise<Memory>;
}

export function createRootReplies({ answers, wording, answerInLanguage }: RootRepliesDependencies): RootReplies {
  const replies: RootReplies = {
    async reply(inner, id, turn) {
      await say(inner.context, answers.render(id, wording.numbers()), turn);
      return NOTHING_YET;
    },
    async sayInLanguage(inner, language, turn) {
      const notice = answerInLanguage(language);
      if (isWaitingForPerson(turn)) await sayOnceWhileWaiting(inner, notice, turn);
      else await say(inner.context, [...prefaceOf(turn), ...notice]);
      return NOTHING_YET;
    },
    async leaveToDelegate(inner, turn, memory) {
      await sayOnceWhileWaiting(inner, answers.render('handoff.read', wording.numbers()), turn);
      return memory;
    },
    async offerHelp(inner, turn, { misses }) {
      const isOfPerson = misses > 0 || turn.danger !== undefined;
      const id = turn.danger ? 'unsure.danger' : misses === 0 ? 'unsure.first' : 'unsure.again';
      await say(inner.context, answers.render(id, {}, { phrasing: misses }), turn);
      return { misses: misses + 1, ...(isOfPerson && { offer: 'handoff.request' as const }) };
    },
    giveUp(inner, turn, memory) {
      if (isWaitingForPerson(turn)) return replies.leaveToDelegate(inner, turn, memory);
      return replies.offerHelp(inner, turn, { ...memory, misses: 1 });
    },
  };
  return replies;
}

/** From the second time on the assistant keeps out of the way. */
async function sayOnceWhileWaiting(
  inner: DialogContext,
  contents: readonly Content[],
  turn: DialogTurn,
): Promise<void> {
  const state = rootStateOf(inner);
  await say(inner.context, [...prefaceOf(turn), ...(state.isWaitAcknowledged ? [] : contents)]);
  state.isWaitAcknowledged = true;
}

/** What a dialog says on being left stays in its own bubble: another language may run the other way. */
function prefaceOf({ preface }: DialogTurn): readonly Content[] {
  return preface ? [{ kind: 'text', text: preface }] : [];
}
