import type { TurnContext } from 'botbuilder';
import type { ReportAnswer, ReportStep } from '../../src/domain/report-answers.js';

/** Stored as JSON with the root dialog: ids that messages have in their channel, and nothing of what they say. */
export interface StoredSources {
  readonly reportId?: string;
  /** Of a draft: which messages the answer to a question is made of, in their order. */
  readonly parts?: Parts;
  /** Of these answers, those that pass their question over: they have no words that others could stand beside. */
  readonly skipped?: readonly ReportStep[];
  /** Whose words are held in memory for a draft. */
  readonly held?: readonly string[];
  /** Whose words have been sent. */
  readonly sent?: readonly string[];
}

type Parts = Readonly<Partial<Record<ReportStep, readonly string[]>>>;

export interface Saying {
  /** Of the messages that said it. */
  readonly ids: readonly string[];
  /** True when it stands beside what was answered before, if anything was. */
  readonly isJoined: boolean;
}

/**
 * Which messages the answers of a report are made of, so that a message that is corrected finds its words. A correction counts
 * as the message itself.
 */
export interface AnswerSources {
  partsOf(reportId: string): Parts;
  /** @param answered what was answered before. */
  note(reportId: string, answers: readonly ReportAnswer[], answered: readonly ReportStep[], saying: Saying): void;
  held(): readonly string[];
  hold(ids: readonly string[]): void;
  /** The draft is sent. */
  noteSent(): void;
  /** The words of these messages went to the delegates by themselves. */
  noteAdded(ids: readonly string[]): void;
  isSent(id: string): boolean;
  /** Of this turn only: what it corrects is corrected in the draft, or in what is held for it. */
  noteCorrected(): void;
  isCorrected(): boolean;
}

/** Where they lie in botbuilder's `TurnContext.turnState`. */
const SOURCES = Symbol.for('permanence.answer-sources');

/** Stands for messages of which nothing is known any more. */
const UNKNOWN = '?';
/** What is longer ago is hardly corrected. */
const MOST_IDS = 40;

/** @param owner where they are stored, changed in place. */
export function createSources(owner: { sources?: StoredSources }): AnswerSources {
  const stored = (): StoredSources => owner.sources ?? {};
  const partsOf = (reportId: string): Parts => (stored().reportId === reportId ? (stored().parts ?? {}) : {});
  let isCorrected = false;
  const skippedOf = (reportId: string) => (stored().reportId === reportId ? (stored().skipped ?? []) : []);

  return {
    partsOf,
    note(reportId, answers, answered, { ids, isJoined }) {
      const parts = partsOf(reportId);
      const skipped = skippedOf(reportId);
      const noted = answers.map(({ step }) => {
        const isBeside = isJoined && answered.includes(step) && !skipped.includes(step);
        const before = isBeside ? (parts[step] ?? [UNKNOWN]) : [];
        return [step, lastOf([...before, ...(ids.length > 0 ? ids : [UNKNOWN])])] as const;
      });
      const others = skipped.filter((step) => !answers.some((answer) => answer.step === step));
      owner.sources = {
        ...stored(),
        reportId,
        parts: { ...parts, ...Object.fromEntries(noted) },
        skipped: [...others, ...answers.filter((answer) => 'isSkipped' in answer).map(({ step }) => step)],
      };
    },
    held: () => stored().held ?? [],
    hold(ids) {
      owner.sources = { ...stored(), held: lastOf(ids) };
    },
    noteSent() {
      const { parts = {}, sent = [] } = stored();
      owner.sources = { sent: lastOf([...sent, ...Object.values(parts).flat()]) };
    },
    noteAdded(ids) {
      owner.sources = { ...stored(), sent: lastOf([...(stored().sent ?? []), ...ids]) };
    },
    isSent: (id) => stored().sent?.includes(id) ?? false,
    noteCorrected() {
      isCorrected = true;
    },
    isCorrected: () => isCorrected,
  };
}

export function setSources(context: TurnContext, sources: AnswerSources): void {
  context.turnState.set(SOURCES, sources);
}

/** @throws Error outside a turn of the root dialog. */
export function sourcesIn(context: TurnContext): AnswerSources {
  const sources: AnswerSources | undefined = context.turnState.get(SOURCES);
  if (!sources) throw new Error('The root dialog sets the sources of a turn');
  return sources;
}

function lastOf(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].slice(-MOST_IDS);
}
