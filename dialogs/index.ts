import type { Dialog } from 'botbuilder-dialogs';
import type { Answers } from '../src/domain/answers.js';
import type { Clock } from '../src/domain/clock.js';
import type { DateWords } from '../src/domain/date-words.js';
import type { Facts } from '../src/domain/facts.js';
import { createLanguageAnswer, type LanguageNotice } from '../src/domain/other-languages.js';
import type { PermanenceSchedules } from '../src/domain/permanence-schedule.js';
import type { ReplyWords } from '../src/domain/reply-words.js';
import type { ReportWords } from '../src/domain/report-words.js';
import type { Intent, OtherLanguage } from '../src/nlu/intent-recognizer.js';
import { AnswerDialog } from './answer-dialog.js';
import { createCallbackDialog } from './callback-dialog.js';
import { ContactEmailDialog } from './contact-email-dialog.js';
import { DeletionDialog } from './deletion-dialog.js';
import { createTurnReader, type Responder } from './dialog-turn.js';
import { DisambiguationDialog } from './disambiguation-dialog.js';
import { EmergencyDialog } from './emergency-dialog.js';
import { createReportParts } from './report/create-report-parts.js';
import { ReportDialog } from './report/report-dialog.js';
import { ReportStatusDialog } from './report/report-status-dialog.js';
import { answerConfidentiality, answerIdentity } from './responders/about-this-service.js';
import { answerHandoff } from './responders/handoff.js';
import { answerComplaint, answerLocation, answerWith, answerWithMeeting } from './responders/information.js';
import { answerPermanenceDates } from './responders/permanence-dates.js';
import { answerGreeting, answerVaried } from './responders/smalltalk.js';
import { answerStation } from './responders/station.js';
import { RootDialog } from './root-dialog.js';
import { createWording } from './wording.js';

/** Pages of this server that answers link to. */
export interface PublicPaths {
  readonly privacy: string;
  /** Where residents find this service on the web; absent where no address of it is known. */
  readonly home?: string;
}

export interface DialogDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly facts: Facts;
  readonly schedules: PermanenceSchedules;
  readonly clock: Clock;
  readonly replies: ReplyWords;
  /** What residents' own words say about a report. */
  readonly reportWords: ReportWords;
  readonly otherLanguages: Readonly<Record<OtherLanguage, LanguageNotice>>;
  readonly publicPaths: PublicPaths;
  /** Days after which an idle conversation is erased. */
  readonly retentionDays: number;
  /** How long reports are kept, once they are closed, and before they are sent. */
  readonly reports: { readonly draftHours: number; readonly retentionDays: number };
  /** Who runs this service; absent, it says that it is a demonstration. */
  readonly operator?: string | undefined;
}

export type { RootDialog } from './root-dialog.js';

/** All the dialogs, ready to run a turn on a conversation's state. */
export function createRootDialog(deps: DialogDependencies): RootDialog {
  const wording = createWording(deps);
  const readTurn = createTurnReader(deps);
  const reports = createReportParts({ ...deps, words: deps.reportWords, wording });
  const asking = { ...deps, ...reports, wording, readTurn };
  const answering = Object.entries(createResponders(deps, wording));
  return new RootDialog({
    answers: deps.answers,
    wording,
    readTurn,
    answerInLanguage: createLanguageAnswer(deps),
    noticeOfDraft: reports.noticeOfDraft,
    homeSector: deps.facts.sectors.find(({ name }) => name === deps.facts.town.city)?.id,
    dialogs: [
      ...answering.map(([intent, respond]): Dialog => new AnswerDialog(intent, respond)),
      new ContactEmailDialog(asking),
      new DeletionDialog(asking),
      new DisambiguationDialog(asking),
      new EmergencyDialog(asking),
      createCallbackDialog(asking),
      new ReportDialog(reports.walk, readTurn),
      new ReportStatusDialog(reports.followUp, readTurn),
    ],
  });
}

/** The questions that one turn answers; the others have dialogs of their own. */
type AnsweredAtOnce = Exclude<
  Intent,
  'contact.email' | 'privacy.delete' | 'emergency' | 'report.start' | 'report.status'
>;

function createResponders(
  deps: DialogDependencies,
  wording: ReturnType<typeof createWording>,
): Readonly<Record<AnsweredAtOnce, Responder>> {
  const { answers } = deps;
  const given = { ...deps, wording };
  const service = { ...deps, wording, privacyPath: deps.publicPaths.privacy };
  return {
    'smalltalk.greeting': answerGreeting(answers),
    'smalltalk.thanks': answerVaried('smalltalk.thanks', answers),
    'smalltalk.goodbye': answerVaried('smalltalk.goodbye', answers),
    'smalltalk.abuse': answerWith('smalltalk.abuse', given),
    'bot.help': answerWith('bot.help', given),
    'bot.identity': answerIdentity(service),
    'permanence.hours': answerPermanenceDates('delegates', given),
    'permanence.commissioners': answerPermanenceDates('commissioners', given),
    'permanence.location': answerLocation(given),
    'permanence.appointment': answerWithMeeting('permanence.appointment', given),
    'delegates.role': answerWith('delegates.role', given),
    'station.new': answerStation(given),
    'policing.daily': answerWith('policing.daily', given),
    'prevention.actions': answerWith('prevention.actions', given),
    'privacy.confidentiality': answerConfidentiality(service),
    'complaint.file': answerComplaint(given),
    'handoff.request': answerHandoff(given),
  };
}
