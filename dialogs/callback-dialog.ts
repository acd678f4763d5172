import type { Answers } from '../src/domain/answers.js';
import { momentInWords } from '../src/domain/callback-words.js';
import { phoneInGroups } from '../src/domain/contact-details.js';
import type { DateWords } from '../src/domain/date-words.js';
import type { Content } from '../src/domain/message.js';
import type { ReplyWords } from '../src/domain/reply-words.js';
import type { Intent } from '../src/nlu/intent-recognizer.js';
import { type CallbackData, createCallbackSteps, readRequest } from './callback-steps.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import type { Form } from './form.js';
import { FormDialog } from './form-dialog.js';
import { answerBlocked } from './responders/handoff.js';
import type { Wording } from './wording.js';

export const CALLBACK_ID = 'callback';

export interface CallbackDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly replies: ReplyWords;
  readonly wording: Wording;
  readonly readTurn: ReadTurn;
}

/** To be called back and to be spoken to are two ways to the same end; to have everything erased ends both. */
const LEFT_FOR: readonly Intent[] = ['handoff.request', 'privacy.delete'];

/** « Être rappelé »: leaves a task for the delegates when nobody can answer now. */
export function createCallbackDialog(deps: CallbackDependencies): FormDialog<CallbackData> {
  const { answers, wording } = deps;
  const form: Form<CallbackData> = {
    id: CALLBACK_ID,
    format: 1,
    steps: createCallbackSteps(deps),
    begin(turn) {
      if (turn.effects.handoff.isBlocked) return answerBlocked(deps, turn.now);
      const id = answers.inChannel('callback.intro', turn.channel);
      return { data: readRequest(turn), intro: answers.render(id, wording.numbers()) };
    },
    isAskedFor: ({ command }) => command === 'callback',
    isLeftFor: ({ decision }) => decision.kind === 'answer' && LEFT_FOR.includes(decision.intent),
    summary: (data, now) => answers.render('callback.summary', { items: itemsOf(data, now, deps).join('\n') }),
    whatToChange: () => answers.render('callback.change', {}, { choices: form.steps.map(({ title }) => title) }),
    submit: (data, turn) => submit(data, turn, deps),
    cancelled({ effects }) {
      if (effects.handoff.status !== 'waiting') return answers.render('cancelled');
      return answers.render('callback.cancelled.waiting', wording.numbers());
    },
    correcting: answers.phrase('callback.correcting'),
    resuming: answers.phrase('callback.resume'),
    unsent: answers.phrase('callback.unsent'),
  };
  return new FormDialog(form, deps.readTurn);
}

function itemsOf({ firstName, phone, email, moment }: CallbackData, now: Date, deps: CallbackDependencies): string[] {
  const { answers } = deps;
  return [
    ...(firstName ? [answers.phrase('callback.item.name', { name: firstName })] : []),
    ...(phone ? [answers.phrase('callback.item.phone', { phone: phoneInGroups(phone) })] : []),
    ...(email ? [answers.phrase('callback.item.email', { email })] : []),
    ...(moment ? [answers.phrase('callback.item.moment', { moment: momentInWords(moment, now, deps) })] : []),
  ];
}

function submit(
  { firstName, phone, email, moment }: CallbackData,
  { effects: { handoff } }: DialogTurn,
  { answers, wording }: CallbackDependencies,
): readonly Content[] {
  handoff.requestCallback({
    ...(firstName && { firstName }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    moment: moment ?? { part: 'any' },
  });
  const relief = handoff.status === 'waiting' ? answers.phrase('callback.relief') : '';
  return answers.render('callback.sent', { ...wording.numbers(), relief });
}
