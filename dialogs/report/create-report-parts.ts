import type { Answers } from '../../src/domain/answers.js';
import type { DateWords } from '../../src/domain/date-words.js';
import type { ReplyWords } from '../../src/domain/reply-words.js';
import { createReportFlow } from '../../src/domain/report-flow.js';
import { createMomentReader } from '../../src/domain/report-moment.js';
import type { ReportWords } from '../../src/domain/report-words.js';
import type { DialogTurn } from '../dialog-turn.js';
import type { Wording } from '../wording.js';
import { createListening } from './report-listening.js';
import { createReportSays } from './report-says.js';
import { createReportFollowUp } from './report-status.js';
import type { ReportFollowUpTalk } from './report-status-state.js';
import { holdStory } from './report-story.js';
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
  /** Keeps in memory what may become a report. */
  readonly holdStory: (turn: DialogTurn) => void;
}

/** What the two dialogs about reports are made of. */
export function createReportParts(deps: ReportPartsDependencies): ReportParts {
  const { replies, words } = deps;
  const says = createReportSays(deps);
  const listening = createListening({ words, replies });
  const moments = createMomentReader(deps);
  const flow = createReportFlow({ words, moments, contacts: replies, titleOf: says.titleOf });
  return {
    walk: createReportWalk({ flow, listening, says }),
    followUp: createReportFollowUp({ ...deps, listening, says }),
    holdStory: (turn) => void holdStory(turn, listening.toReply(turn), flow),
  };
}
