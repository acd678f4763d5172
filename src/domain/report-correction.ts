import type { ReportAnswer, ReportStep } from './report-answers.js';
import type { ReportFlow } from './report-flow.js';
import type { AnsweredBy } from './report-intake.js';
import { isPlaceSealed } from './report-place.js';
import { goneOn, isStoryStep } from './report-story.js';
import { passOver, type WalkDraft, type WalkReply } from './report-walk.js';

/**
 * What a corrected message answers now. What it alone had answered is replaced; where it is one part of several, the rest
 * cannot be told from it: the corrected words stand beside it, and say what they are. Undefined when they answer nothing.
 */
export type ReadCorrection = (
  owned: readonly AnsweredBy[],
  reply: WalkReply,
  draft: WalkDraft,
) => readonly ReportAnswer[] | undefined;

export interface CorrectionDependencies {
  readonly flow: ReportFlow;
  /** « Correction : … » */
  readonly asCorrection: (text: string) => string;
}

const NOTHING: WalkDraft = { answered: [], known: {} };

export function createReadCorrection({ flow, asCorrection }: CorrectionDependencies): ReadCorrection {
  function readAlone(step: ReportStep, reply: WalkReply): readonly ReportAnswer[] | undefined {
    const reading = flow.read(step, reply, NOTHING);
    const isAnswer = reading.kind === 'answers' && reading.answers.some((answer) => answer.step === step);
    return isAnswer ? reading.answers : undefined;
  }

  /** A message that had answered several questions at once: what it says no more of one of them is gone from there. */
  function readStory(steps: readonly ReportStep[], reply: WalkReply): readonly ReportAnswer[] | undefined {
    const told = flow.begin(reply);
    const read = steps.map((step) => {
      const again = told.find((answer) => answer.step === step) ?? (isStoryStep(step) ? undefined : passOver(step));
      return again ?? (step === 'category' ? [] : readAlone(step, reply));
    });
    if (read.includes(undefined)) return undefined;
    const others = told.filter(({ step }) => !steps.includes(step));
    return [...read.flatMap((answer) => answer ?? []), ...others];
  }

  function readPart(step: ReportStep, reply: WalkReply, draft: WalkDraft): readonly ReportAnswer[] | undefined {
    // There may be a place on the map beside the words: it would be taken away unseen.
    if (step === 'where' && isPlaceSealed(draft)) return undefined;
    if (!isStoryStep(step)) return onlyOf(step, flow.read(step, reply, draft));
    const isTold = readAlone(step, reply)?.some((answer) => 'text' in answer) ?? false;
    return isTold ? [goneOn(step, asCorrection(reply.text), draft)] : undefined;
  }

  return (owned, reply, draft) => {
    const alone = owned.filter(({ isAlone }) => isAlone).map(({ step }) => step);
    const [only, ...others] = alone;
    const replaced = only === undefined ? [] : others.length === 0 ? readAlone(only, reply) : readStory(alone, reply);
    const parts = owned.filter(({ isAlone }) => !isAlone).map(({ step }) => readPart(step, reply, draft));
    if (!replaced || parts.includes(undefined)) return undefined;
    const isOpen = ({ step }: ReportAnswer) => alone.includes(step) || !draft.answered.includes(step);
    return [...replaced.filter(isOpen), ...parts.flatMap((answers) => answers ?? [])];
  };
}

function onlyOf(step: ReportStep, reading: ReturnType<ReportFlow['read']>): readonly ReportAnswer[] | undefined {
  const found = reading.kind === 'answers' ? reading.answers.filter((answer) => answer.step === step) : [];
  return found.length > 0 ? found : undefined;
}
