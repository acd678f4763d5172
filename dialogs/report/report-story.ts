import type { ReportAnswer } from '../../src/domain/report-answers.js';
import type { ReportFlow } from '../../src/domain/report-flow.js';
import type { WalkReply } from '../../src/domain/report-walk.js';
import type { DialogTurn } from '../dialog-turn.js';

type Message = Pick<DialogTurn, 'command' | 'effects' | 'id' | 'isButton' | 'sources'>;

/** What a message tells of a report already; nothing when it is told to the delegate who is waited for. */
export function storyIn(
  { command, effects, isButton }: Pick<Message, 'command' | 'effects' | 'isButton'>,
  reply: WalkReply,
  flow: ReportFlow,
): readonly ReportAnswer[] {
  const isForOther = isButton || command !== undefined || effects.handoff.status === 'waiting';
  return isForOther ? [] : flow.begin(reply);
}

/**
 * A message that tells something of a report already: its words go into no transcript, and wait in memory for the yes.
 * What was told just before goes with it. Of a message that tells nothing, what was told before is given.
 */
export function holdStory(message: Message, reply: WalkReply, flow: ReportFlow): readonly ReportAnswer[] {
  const { effects } = message;
  const earlier = effects.report.held() ?? [];
  const said = storyIn(message, reply, flow);
  if (said.length === 0) return earlier;
  effects.conceal();
  holdFrom(message, earlier.length > 0);
  const held = joined(earlier, said);
  effects.report.hold(held);
  return held;
}

/** One more message after one that is held for a question in the middle of a report, or the first when that is lost. */
export function holdMore(message: Pick<DialogTurn, 'effects' | 'id' | 'sources' | 'text'>): void {
  const { effects, text } = message;
  const { report } = effects;
  const held = report.held() ?? [];
  holdFrom(message, held.length > 0);
  const before = held.find(hasText);
  const other = held.filter((answer) => answer !== before);
  report.hold([...other, before ? { ...before, text: `${before.text}\n${text}` } : { step: 'what', text }]);
}

/** Notes whose words are held from now on. */
export function holdFrom({ id, sources }: Pick<DialogTurn, 'id' | 'sources'>, isMore: boolean): void {
  sources.hold([...(isMore ? sources.held() : []), id]);
}

type Told = Extract<ReportAnswer, { text: string }>;

function hasText(answer: ReportAnswer): answer is Told {
  return 'text' in answer;
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
