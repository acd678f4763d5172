import { foldText } from '../src/domain/answers.js';
import type { Content } from '../src/domain/message.js';
import type { DialogTurn } from './dialog-turn.js';

/** What a step makes of a reply. */
export type StepReading<Data> =
  | { readonly kind: 'read'; readonly data: Data }
  /** It is a reply, and not one that can be used: the words say why. */
  | { readonly kind: 'refused'; readonly contents: readonly Content[] };

/** One question of a form. */
export interface FormStep<Data> {
  readonly id: string;
  /** Names it among what can be changed: « Le prénom ». */
  readonly title: string;
  /** True once it was answered or passed over. */
  isAnswered(data: Data): boolean;
  /** The question; `isAgain` after a reply that was not understood. */
  question(data: Data, isAgain: boolean): readonly Content[];
  /** Undefined when the message is no reply to the question. */
  read(turn: DialogTurn, data: Data): StepReading<Data> | undefined;
  /** There for a question that may be passed over. */
  readonly pass?: (data: Data) => Data;
  /** What can be read as a correction when all is read back: a telephone number is nothing else. */
  readonly correct?: (turn: DialogTurn, data: Data) => StepReading<Data> | undefined;
}

/** `Data` is stored as JSON between two turns, sealed with the conversation. */
export interface Form<Data extends object> {
  readonly id: string;
  /** To be counted up whenever `Data` or the steps change: what was stored before is dropped. */
  readonly format: number;
  readonly steps: readonly FormStep<Data>[];
  /** What there is to begin with and what is said first, or what is said instead of the form. */
  begin(turn: DialogTurn): { readonly data: Data; readonly intro: readonly Content[] } | readonly Content[];
  /** True when the message asks for this form once more. */
  isAskedFor(turn: DialogTurn): boolean;
  /** True for a message after which nobody expects the form to go on. */
  isLeftFor(turn: DialogTurn): boolean;
  /** All of it read back, to be sent, changed or given up. */
  summary(data: Data, now: Date): readonly Content[];
  whatToChange(): readonly Content[];
  submit(data: Data, turn: DialogTurn): readonly Content[];
  cancelled(turn: DialogTurn): readonly Content[];
  /** Before a question that comes back after something else was answered. */
  readonly resuming: string;
  /** How an answer is changed: what corrects an earlier message is none. */
  readonly correcting: string;
  /** What must be said when it is left unsent. */
  readonly unsent: string;
}

/** Where somebody is in a form: the id of a step, or one of these. */
export const SUMMARY = 'summary';
export const CHANGE = 'change';

/** The first question without an answer, or else the summary. */
export function nextPlace<Data extends object>({ steps }: Form<Data>, data: Data): string {
  return steps.find(({ isAnswered }) => !isAnswered(data))?.id ?? SUMMARY;
}

/** Undefined before the first question. */
export function placeBefore<Data extends object>({ steps }: Form<Data>, place: string): string | undefined {
  if (place === CHANGE) return SUMMARY;
  const index = place === SUMMARY ? steps.length : steps.findIndex(({ id }) => id === place);
  return steps[index - 1]?.id;
}

export function stepAt<Data extends object>({ steps }: Form<Data>, place: string): FormStep<Data> | undefined {
  return steps.find(({ id }) => id === place);
}

export function stepTitled<Data extends object>({ steps }: Form<Data>, text: string): FormStep<Data> | undefined {
  return steps.find(({ title }) => foldText(title) === foldText(text));
}

/** What the place makes of a message; at the summary, and when choosing what to change, only corrections are read. */
export function readAt<Data extends object>(
  form: Form<Data>,
  place: string,
  turn: DialogTurn,
  data: Data,
): StepReading<Data> | undefined {
  const step = stepAt(form, place);
  if (!step) return form.steps.map(({ correct }) => correct?.(turn, data)).find((reading) => reading !== undefined);
  const reading = step.read(turn, data);
  if (reading || turn.command !== 'skip') return reading;
  return step.pass && { kind: 'read', data: step.pass(data) };
}

export function questionAt<Data extends object>(
  form: Form<Data>,
  { place, data }: { readonly place: string; readonly data: Data },
  { now, isAgain = false }: { readonly now: Date; readonly isAgain?: boolean },
): readonly Content[] {
  if (place === CHANGE) return form.whatToChange();
  return stepAt(form, place)?.question(data, isAgain) ?? form.summary(data, now);
}
