import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportFlow } from '../../src/domain/report-flow.js';
import type { WalkReply } from '../../src/domain/report-walk.js';
import type { DialogTurn } from '../dialog-turn.js';

/**
 * A message that tells a story already: its words go into no transcript, and wait in memory for the yes. What was told
 * just before goes with it. Of a message that tells none, what was told before is given.
 */
export function holdStory(
  { command, effects, isButton }: Pick<DialogTurn, 'command' | 'effects' | 'isButton'>,
  reply: WalkReply,
  flow: ReportFlow,
): readonly ReportAnswer[] {
  const { handoff, report } = effects;
  const earlier = report.held() ?? [];
  // It is told to the delegate who is waited for.
  if (handoff.status === 'waiting') return earlier;
  const said = isButton || command ? [] : flow.begin(reply);
  if (said.length === 0) return earlier;
  if (said.some(({ step }) => step === 'what')) effects.conceal();
  const held = joined(earlier, said);
  report.hold(held);
  return held;
}

/** Two parts of one story; of anything else, what was said first. */
function joined(earlier: readonly ReportAnswer[], said: readonly ReportAnswer[]): readonly ReportAnswer[] {
  const before = earlier.find((answer) => answer.step === 'what');
  const others = said.filter(({ step }) => !earlier.some((answer) => answer.step === step));
  const more = said.find((answer) => answer.step === 'what');
  if (!before || !more || before.text === more.text) return [...earlier, ...others];
  return [
    ...earlier.filter(({ step }) => step !== 'what'),
    ...others,
    { step: 'what', text: `${before.text}\n${more.text}` },
  ];
}
