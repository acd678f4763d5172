import { type Answers, foldText, type RenderOptions, type Variables } from '../../src/domain/answers.js';
import { phoneInGroups } from '../../src/domain/contact-details.js';
import type { DateWords } from '../../src/domain/date-words.js';
import type { TextContent } from '../../src/domain/message.js';
import { parisDate, parisTime } from '../../src/domain/paris-time.js';
import {
  REPORT_CATEGORIES,
  REPORT_STEPS,
  type ReportAnswer,
  type ReportCategory,
  type ReportStep,
} from '../../src/domain/report-answers.js';
import type { ReportDraft } from '../../src/domain/report-intake.js';
import { isFurther } from '../../src/domain/report-story.js';
import { progressOf, type RecapLine, recapOf, type WalkPlace } from '../../src/domain/report-walk.js';
import type { ReportWords } from '../../src/domain/report-words.js';
import type { TurnEffects } from '../../src/domain/turn-effects.js';
import type { Wording } from '../wording.js';

export interface ReportSaysDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly wording: Wording;
  readonly words: ReportWords;
}

/** What the walk through a report says. Whatever repeats what was answered is confided: no transcript keeps it. */
export interface ReportSays {
  texts(id: string, variables?: Variables, options?: RenderOptions): readonly TextContent[];
  phrase(id: string, variables?: Variables): string;
  /** What the button of the category says. */
  titleOf(category: ReportCategory): string;
  /** Help numbers, to be filled in. */
  numbers(): Variables;
  /** The step that the text names, by its title or otherwise. */
  stepNamed(text: string): ReportStep | undefined;
  /** What a report is, to begin with; `isStory` when a message has told one. What the channel means for it is said once. */
  intro(channel: string, about: { isStory: boolean; isToldOfChannel: boolean }): readonly TextContent[];
  /** What the channel means for a report; nothing where there is nothing to be said of it. */
  aboutChannel(channel: string): readonly TextContent[];
  /** The id of what is said instead on this channel. */
  inChannel(id: string, channel: string): string;
  /** How the conversation is removed from the channel, where that is not ours to do. */
  whatRemains(channel: string): readonly TextContent[];
  /** Nobody can read one now: the other ways. */
  noReader(id: 'report.refused' | 'report.no-reader' | 'report.status.no-reader', now: Date): readonly TextContent[];
  /** The question of a step, or one of its variants. */
  question(step: ReportStep, variant?: string): readonly TextContent[];
  /** Which answer is to be changed. */
  change(): readonly TextContent[];
  recap(draft: ReportDraft, effects: TurnEffects): readonly TextContent[];
  /** What was read back of a story, or of a time. */
  prefilled(answers: readonly ReportAnswer[], effects: TurnEffects): readonly TextContent[];
  noted(moment: string, effects: TurnEffects): readonly TextContent[];
  /** « demain, mardi 24 novembre à 10 h » */
  until(draft: ReportDraft, now: Date): string;
}

/** More of a story is not read back on a phone. */
const LONGEST_SHOWN = 280;
const HOUR_MS = 3_600_000;

export function createReportSays({ answers, dates, wording, words }: ReportSaysDependencies): ReportSays {
  const sharedPlace = answers.phrase('report.value.shared');
  const titleOf = (category: ReportCategory) => answers.phrase(`report.category.${category}`);

  function texts(id: string, variables?: Variables, options?: RenderOptions): readonly TextContent[] {
    return answers.render(id, variables, options).filter((content) => content.kind === 'text');
  }

  function withProgress(contents: readonly TextContent[], place: WalkPlace): readonly TextContent[] {
    const progress = progressOf(place);
    return contents.map((content, index) => (index === 0 ? { ...content, progress } : content));
  }

  function stepWords(place: WalkPlace): Variables {
    const { step, of } = progressOf(place);
    return { step: String(step), of: String(of) };
  }

  function choicesOf(step: ReportStep): readonly string[] {
    if (step === 'category') return REPORT_CATEGORIES.map(titleOf);
    return step === 'where' ? words.places : [];
  }

  function itemsOf(lines: readonly RecapLine[]): string {
    return lines
      .map(({ step, answer }) => answers.phrase(`report.item.${step}`, { value: answerInWords(answer) }))
      .join('\n');
  }

  function answerInWords(answer: ReportAnswer | undefined): string {
    if (!answer) return answers.phrase('report.value.sealed');
    if ('isSkipped' in answer) return answers.phrase('report.value.skipped');
    if (answer.step === 'category') return titleOf(answer.category);
    if (answer.step === 'when') return momentOf(answer.moment);
    if (answer.step === 'contact') return contactOf(answer.contact);
    return textOf(answer);
  }

  function textOf(answer: Extract<ReportAnswer, { text: string }>): string {
    const text = shortened(answer.text);
    if (isFurther(answer)) return answers.phrase('report.value.further', { text });
    const isBeside = answer.step === 'where' && answer.position !== undefined && text !== sharedPlace;
    return isBeside ? answers.phrase('report.value.with-position', { text }) : text;
  }

  function momentOf({ text, words: read }: Extract<ReportAnswer, { moment: unknown }>['moment']): string {
    if (read === undefined) return shortened(text);
    return read === text ? read : answers.phrase('report.value.typed', { words: read, text: shortened(text) });
  }

  function contactOf(contact: Extract<ReportAnswer, { contact: unknown }>['contact']): string {
    if (contact.kind === 'anonymous') return answers.phrase('report.value.anonymous');
    const { firstName, phone, email, text } = contact;
    const read = [firstName, phone && phoneInGroups(phone), email].filter(Boolean).join(', ');
    return text === undefined ? read : answers.phrase('report.value.typed', { words: read, text: shortened(text) });
  }

  function shortened(text: string): string {
    const plain = text.trim();
    if (plain.length <= LONGEST_SHOWN) return plain;
    return answers.phrase('report.value.cut', { start: `${plain.slice(0, LONGEST_SHOWN).trimEnd()}…` });
  }

  /** Nothing where there is nothing to be said on the channel. */
  function ofChannel(id: string, channel: string, ...rest: [Variables?, RenderOptions?]): readonly TextContent[] {
    const own = answers.inChannel(id, channel);
    return own === id ? [] : texts(own, ...rest);
  }

  function aboutChannel(channel: string): readonly TextContent[] {
    const card = wording.homeCard();
    const instead = answers.phrase(card ? 'report.instead.page' : 'report.instead.visit');
    return ofChannel('report.channel', channel, { instead }, { card });
  }

  const titleOfStep = (step: ReportStep) => answers.phrase(`report.title.${step}`);

  return {
    texts,
    titleOf,
    stepNamed: (text) =>
      REPORT_STEPS.find((step) => foldText(titleOfStep(step)) === foldText(text)) ?? words.stepIn(text),
    numbers: () => wording.numbers(),
    phrase: (id, variables) => answers.phrase(id, variables),
    intro(channel, { isStory, isToldOfChannel }) {
      const id = answers.inChannel(isStory ? 'report.offer' : 'report.intro', channel);
      const about = isToldOfChannel ? [] : aboutChannel(channel);
      const passes = about.length > 0 ? '' : wording.passes(channel);
      return [...about, ...texts(id, { ...wording.numbers(), passes })];
    },
    aboutChannel,
    inChannel: (id, channel) => answers.inChannel(id, channel),
    whatRemains: (channel) => ofChannel('report.remains', channel),
    noReader(id, now) {
      const variables = { ...wording.numbers(), meet: wording.meet(now), contact: wording.contact() };
      return texts(id, variables, { card: wording.contactCard() });
    },
    question(step, variant) {
      const id = variant === undefined ? `report.${step}` : `report.${step}.${variant}`;
      const asked = withProgress(texts(id, stepWords(step), { choices: choicesOf(step) }), step);
      return step === 'where' ? asked.map((content) => ({ ...content, asksFor: 'position' })) : asked;
    },
    change: () => texts('report.change', {}, { choices: REPORT_STEPS.map(titleOfStep) }),
    recap(draft, effects) {
      const items = itemsOf(recapOf(draft));
      const [first, ...rest] = withProgress(texts('report.recap', { ...stepWords('recap'), items }), 'recap');
      return first ? [effects.confide(first, answers.phrase('report.stand-in.recap')), ...rest] : [];
    },
    prefilled(given, effects) {
      const items = itemsOf(given.map((answer) => ({ step: answer.step, answer })));
      return texts('report.prefilled', { items }).map((content) =>
        effects.confide(content, answers.phrase('report.stand-in.prefilled')),
      );
    },
    noted: (moment, effects) =>
      texts('report.noted', { moment }).map((content) =>
        effects.confide(content, answers.phrase('report.stand-in.noted')),
      ),
    until({ expiresAt }, now) {
      const hour = new Date(Math.floor(expiresAt / HOUR_MS) * HOUR_MS);
      const day = dates.when({ date: parisDate(hour), slot: {} }, now);
      return answers.phrase('report.until', { day, time: dates.time(parisTime(hour)) });
    },
  };
}
