import type { Answers } from '../../src/domain/answers.js';
import type { DateWords } from '../../src/domain/date-words.js';
import type { ReplyWords } from '../../src/domain/reply-words.js';
import { createReadCorrection } from '../../src/domain/report-correction.js';
import { createReportFlow } from '../../src/domain/report-flow.js';
import { createMomentReader } from '../../src/domain/report-moment.js';
import type { ReportWords } from '../../src/domain/report-words.js';
import type { Intent } from '../../src/nlu/intent-recognizer.js';
import type { DialogTurn } from '../dialog-turn.js';
import type { Wording } from '../wording.js';
import { createListening } from './report-listening.js';
import { createReportSays } from './report-says.js';
import { createReportFollowUp } from './report-status.js';
import type { ReportFollowUpTalk } from './report-status-state.js';
import { holdStory, storyIn } from './report-story.js';
import { createReportWalk, type ReportWalk } from './report-walk.js';

export interface ReportPartsDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly replies: ReplyWords;
  readonly words: ReportWords;
  readonly wording: Wording;
}

export interface ReportParts {
  readonly walk: ReportWalk;
  readonly followUp: ReportFollowUpTalk;
  /** Keeps in memory what may become a report. False when the message tells nothing of one. */
  readonly holdStory: (turn: DialogTurn) => boolean;
  /** That a draft waits, for somebody who asks for something else; undefined when none does. */
  readonly noticeOfDraft: (turn: DialogTurn) => Promise<string | undefined>;
}

/** What the two dialogs about reports are made of. */
export function createReportParts(deps: ReportPartsDependencies): ReportParts {
  const { replies, words } = deps;
  const says = createReportSays(deps);
  const listening = createListening({ words, replies });
  const moments = createMomentReader(deps);
  const sharedPlace = says.phrase('report.value.shared');
  const flow = createReportFlow({ words, moments, contacts: replies, titleOf: says.titleOf, sharedPlace });
  const asCorrection = (text: string) => says.phrase('report.value.correction', { text });
  const readCorrection = createReadCorrection({ flow, asCorrection });
  return {
    walk: createReportWalk({ flow, readCorrection, listening, says }),
    followUp: createReportFollowUp({ ...deps, listening, says }),
    async noticeOfDraft(turn) {
      const { danger, effects, now } = turn;
      if (danger?.level === 2 || effects.handoff.status !== 'bot' || isAboutReports(turn)) return undefined;
      const draft = await effects.report.draft();
      return draft && says.phrase('report.waits', { until: says.until(draft, now) });
    },
    holdStory(turn) {
      const reply = listening.toReply(turn);
      holdStory(turn, reply, flow);
      return storyIn(turn, reply, flow).length > 0;
    },
  };
}

const ABOUT_REPORTS: readonly Intent[] = ['report.start', 'report.status', 'privacy.delete'];

/** It brings the draft up by itself. */
function isAboutReports({ command, decision, requests }: DialogTurn): boolean {
  if (command !== undefined) return command !== 'menu' && command !== 'callback';
  return decision.kind === 'answer' && [decision.intent, ...requests].some((intent) => ABOUT_REPORTS.includes(intent));
}
