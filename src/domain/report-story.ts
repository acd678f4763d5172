import type { ReportAnswer } from './report-answers.js';
import type { WalkDraft } from './report-walk.js';

/** What is told in one's own words, and may be told in several parts. */
export type StoryStep = 'what' | 'more';
type StoryPart = Extract<ReportAnswer, { step: StoryStep; text: string }>;

/** More of a story, so that nothing that was told is lost: under what can be read, or beside what is sealed for good. */
export function goneOn(step: StoryStep, text: string, { answered, known }: WalkDraft): StoryPart {
  const before = known[step];
  if (!answered.includes(step)) return { step, text };
  if (!before) return { step, text, isFurther: true };
  if (!isStoryPart(before)) return { step, text };
  return before.isFurther ? { step, text, isFurther: true } : { step, text: `${before.text}\n${text}` };
}

/**
 * All parts of the answer to one question as one.
 * @param parts in their order; undefined: cannot be read any more.
 */
export function inOne(parts: readonly (ReportAnswer | undefined)[]): ReportAnswer | undefined {
  const [only] = parts;
  if (parts.length < 2) return only;
  const told = parts.filter((part) => part !== undefined).filter(isStoryPart);
  const [first] = told;
  if (!first) return undefined;
  const { step } = first;
  const text = told.map((part) => part.text).join('\n');
  const whole: StoryPart = parts.includes(undefined) ? { step, text, isFurther: true } : { step, text };
  return whole;
}

/** True for a part that stands beside what was told before, and replaces none of it. */
export function isFurther(answer: ReportAnswer): boolean {
  return 'isFurther' in answer && answer.isFurther === true;
}

export function isStoryStep(step: string): step is StoryStep {
  return step === 'what' || step === 'more';
}

export function isStoryPart(answer: ReportAnswer): answer is StoryPart {
  return 'text' in answer && answer.step !== 'where';
}
