import { foldText } from './answers.js';
import { REPORT_STEPS, type ReportCategory, type ReportStep } from './report-answers.js';
import { createStreetFinder, type StreetCatalogue } from './street-words.js';

/** The words of corpus/fr/report.json: what residents' own words say about a report. */
export interface ReportCatalogue {
  /** Words that betray a category; `*` stands for any ending. Those of `other` are whole messages. */
  readonly categories: Readonly<Record<ReportCategory, readonly string[]>>;
  /** Places of the district that a button names. */
  readonly places: readonly { readonly name: string; readonly source: string; readonly checkedOn: string }[];
  readonly streets: StreetCatalogue;
  /** Whole messages that name an answer to be changed, besides the titles of the buttons. */
  readonly steps: Readonly<Record<ReportStep, readonly string[]>>;
  /** Words that a message may be made of that only asks for a report, and tells nothing. */
  readonly requests: readonly string[];
  /** Words right before an hour: « après 23 h ». */
  readonly hours: Readonly<Record<HourBound, readonly string[]>>;
  /** Words that a message is made of which only says where. */
  readonly placing: readonly string[];
  /** Whole messages that pass a question over. */
  readonly nothing: readonly string[];
  /** Words beside a telephone number or an address that only lead to it: « mon numéro c'est le ». */
  readonly beside: readonly string[];
  /** Whole messages that answer no question. */
  readonly unclear: readonly string[];
  readonly questions: {
    /** How questions to the assistant begin, without a question mark. */
    readonly openers: readonly string[];
    /** A longer message tells something, whatever it asks at its end; in words. */
    readonly longest: number;
  };
  /** Whole messages that say that the receipt is lost. */
  readonly lostCode: readonly string[];
}

/** What an hour is the beginning or the end of. */
export type HourBound = 'after' | 'before';

export interface ReportWords {
  readonly places: readonly string[];
  /** The category that most of the words betray; undefined when none does. */
  categoryIn(text: string): ReportCategory | undefined;
  /** A street or a place that the text names, as it is typed. */
  placeIn(text: string): string | undefined;
  /** True when it tells what happens, and does not only ask for a report. */
  tellsStory(text: string): boolean;
  /** The answer that the whole text names: « la date ». */
  stepIn(text: string): ReportStep | undefined;
  /** Whether the first hour of the text is the beginning or the end of what it tells; undefined: about then. */
  hourBoundIn(text: string): HourBound | undefined;
  saysNothing(text: string): boolean;
  /** True when what is beside a telephone number or an address says nothing of its own. */
  saysNothingBeside(text: string): boolean;
  /** True when it names a place and tells nothing else: « en bas de chez moi ». */
  isOnlyPlace(text: string): boolean;
  /** True when it answers no question: « hein ? », « ok », or no letter at all. */
  isUnclear(text: string): boolean;
  /** True when it is put as a question, and is short enough to be nothing else. */
  isQuestion(text: string): boolean;
  saysCodeIsLost(text: string): boolean;
}

/** Of two categories betrayed alike, the first one. */
const PRIORITY = ['dealing', 'traffic', 'damage', 'noise', 'unsafe', 'police'] as const satisfies ReportCategory[];

const HOUR_BOUNDS = ['after', 'before'] as const satisfies HourBound[];

/** A story has this many words, of which this many tell something. */
const SHORTEST_STORY = 4;
const FEWEST_TELLING = 2;

export function createReportWords(catalogue: ReportCatalogue): ReportWords {
  const { categories, places, questions, requests } = catalogue;
  const betraying = PRIORITY.map((category) => ({ category, patterns: categories[category].map(toPattern) }));
  const wholeOther = setOf(categories.other);
  const asking = setOf(requests);
  const steps = REPORT_STEPS.map((step) => ({ step, names: setOf(catalogue.steps[step]) }));
  const hours = { after: beforeHour(catalogue.hours.after), before: beforeHour(catalogue.hours.before) };
  const nothing = setOf(catalogue.nothing);
  const beside = setOf(catalogue.beside);
  const placing = setOf(catalogue.placing);
  const unclear = setOf(catalogue.unclear);
  const lost = setOf(catalogue.lostCode);
  const openers = questions.openers.map((opener) => `${plain(opener)} `);
  const findStreet = createStreetFinder(catalogue.streets);

  return {
    places: places.map(({ name }) => name),
    categoryIn(text) {
      const padded = ` ${plain(text)} `;
      if (wholeOther.has(padded.trim())) return 'other';
      const scores = betraying.map(({ patterns }) => patterns.filter((pattern) => pattern.test(padded)).length);
      const best = Math.max(...scores);
      return best > 0 ? PRIORITY[scores.indexOf(best)] : undefined;
    },
    placeIn: (text) => findStreet(text) ?? namedIn(text, places),
    tellsStory(text) {
      const words = plain(text).split(' ');
      return words.length >= SHORTEST_STORY && words.filter((word) => !asking.has(word)).length >= FEWEST_TELLING;
    },
    stepIn: (text) => steps.find(({ names }) => names.has(plain(text)))?.step,
    hourBoundIn(text) {
      const folded = ` ${plain(text)}`;
      return HOUR_BOUNDS.find((bound) => hours[bound].some((pattern) => pattern.test(folded)));
    },
    saysNothing: (text) => nothing.has(withoutThanks(plain(text))),
    saysNothingBeside: (text) => (plain(text).match(/[\p{L}\p{N}@]+/gu) ?? []).every((word) => beside.has(word)),
    isOnlyPlace: (text) =>
      plain(text)
        .split(' ')
        .every((word) => placing.has(word)),
    isUnclear: (text) => !/[\p{L}\p{N}]/u.test(text) || unclear.has(plain(text)),
    isQuestion(text) {
      const folded = plain(text);
      if (folded.split(' ').length > questions.longest) return false;
      return /\?\s*$/.test(text) || openers.some((opener) => `${folded} `.startsWith(opener));
    },
    saysCodeIsLost: (text) => lost.has(plain(text)),
  };
}

/** Folded, and without apostrophes: « d'accord » and « d accord » are one. */
function plain(text: string): string {
  return foldText(text).replaceAll("'", ' ').trim();
}

/** « non rien d'autre merci » */
function withoutThanks(folded: string): string {
  return folded.replace(/ (?:merci|svp|stp|s il vous plait)(?: beaucoup)?$/, '');
}

function beforeHour(sources: readonly string[]): readonly RegExp[] {
  return sources.map((source) => new RegExp(` ${plain(source)} (?:\\d|mi(?:nuit|di)\\b)`, 'u'));
}

function setOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(plain));
}

function toPattern(source: string): RegExp {
  const isStem = source.endsWith('*');
  const words = plain(isStem ? source.slice(0, -1) : source);
  return new RegExp(` ${words}${isStem ? '[\\p{L}]*' : ''} `, 'u');
}

function namedIn(text: string, places: ReportCatalogue['places']): string | undefined {
  const padded = ` ${plain(text)} `;
  return places.find(({ name }) => padded.includes(` ${plain(name)} `))?.name;
}
