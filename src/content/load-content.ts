import { LIMITS } from '../attachments/limits.js';
import type { TelegramWords } from '../channels/telegram/words.js';
import type { Config } from '../config.js';
import { type Answers, createAnswers } from '../domain/answers.js';
import type { ConcealedWords } from '../domain/concealed-words.js';
import type { DateWords } from '../domain/date-words.js';
import type { EnclosedWords } from '../domain/enclosed-words.js';
import type { Facts } from '../domain/facts.js';
import type { ReplyWords } from '../domain/reply-words.js';
import type { ReportWords } from '../domain/report-words.js';
import { type CalendarTexts, loadCalendarTexts } from './calendar.js';
import { loadAnswers } from './load-answers.js';
import { type AuthorNames, loadAuthors } from './load-authors.js';
import { loadConcealed } from './load-concealed.js';
import { loadDateWords } from './load-date-words.js';
import { type DeskContent, loadDesk } from './load-desk.js';
import { loadEnclosed } from './load-enclosed.js';
import { loadFacts } from './load-facts.js';
import { loadNotice } from './load-notice.js';
import { loadOtherLanguages, type OtherLanguages } from './load-other-languages.js';
import { loadReplies } from './load-replies.js';
import { loadReportWords } from './load-report.js';
import { loadTelegram } from './load-telegram.js';
import { ContentError } from './read-json.js';

/** The data of one language, checked. */
export interface Content {
  readonly answers: Answers;
  readonly replies: ReplyWords;
  readonly reportWords: ReportWords;
  readonly otherLanguages: OtherLanguages;
  readonly facts: Facts;
  readonly dates: DateWords;
  readonly authors: AuthorNames;
  readonly calendarTexts: CalendarTexts;
  readonly desk: DeskContent;
  readonly concealed: ConcealedWords;
  readonly telegram: TelegramWords;
  readonly enclosed: EnclosedWords;
  /** Fill the public pages. */
  readonly pageVariables: Readonly<Record<string, string>>;
}

/** @throws ContentError that lists every fault of every file. */
export function loadContent(corpusDir: URL, { sectorEmails, controller, retentionDays, reports }: Config): Content {
  const faults: string[] = [];
  function collect<Part>(load: () => Part): Part | undefined {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  }

  const catalogue = collect(() => loadAnswers(corpusDir));
  const replies = collect(() => loadReplies(corpusDir));
  const otherLanguages = collect(() => loadOtherLanguages(corpusDir));
  const facts = collect(() => loadFacts(corpusDir, { sectorEmails }));
  const dates = collect(() => loadDateWords(corpusDir));
  const authors = collect(() => loadAuthors(corpusDir));
  const reportWords = collect(() => loadReportWords(corpusDir));
  const calendarTexts = collect(() => loadCalendarTexts(corpusDir));
  const notice = collect(() => loadNotice(corpusDir, controller));
  if (!catalogue || !replies || !otherLanguages || !facts || !dates || !authors || !calendarTexts || !notice) {
    throw new ContentError(faults);
  }
  const answers = createAnswers(catalogue);
  const desk = collect(() => loadDesk(corpusDir, { actions: catalogue.actions, answers, dates, facts }));
  const concealed = collect(() => loadConcealed(corpusDir, catalogue));
  const enclosed = collect(() => loadEnclosed(corpusDir, catalogue, LIMITS));
  const telegram = collect(() => loadTelegram(corpusDir, { ...catalogue, answers, town: facts.town }));
  if (!desk || !concealed || !enclosed || !reportWords || !telegram) throw new ContentError(faults);
  const pageVariables = {
    ...notice,
    retentionDays: String(retentionDays),
    reportRetentionDays: String(reports.retentionDays),
    reportDraftHours: String(reports.draftHours),
  };
  const words = { answers, replies, reportWords, otherLanguages, dates };
  return { ...words, facts, authors, calendarTexts, desk, concealed, enclosed, telegram, pageVariables };
}
