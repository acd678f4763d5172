import { z } from 'zod';
import type { EmergencyKind, SectorId } from '../domain/facts.js';
import { RECURRENCE_UNITS } from '../domain/happened.js';
import { INTENTS } from './intent-recognizer.js';
import { compileGroups, compilePattern, type Groups } from './pattern.js';

/** Shapes of corpus/fr/nlu/*.json. Everything in them is written as the normaliser leaves it: lower case, no accents. */

const folded = z
  .string()
  .regex(
    /^[\p{Ll}\p{N}/]+(?: [\p{Ll}\p{N}/]+)*$/u,
    'en minuscules, sans accents ni ponctuation, mots séparés par une espace',
  );

const pattern = z
  .string()
  .regex(/^[a-z0-9/@()|?*. -]+$/, 'motif : mots sans accents, @groupe, mot?, mot*, (a|b) ou « .. » seulement');

const groupName = z.string().regex(/^[a-z][a-z-]*$/, 'un nom de groupe est en minuscules, avec des tirets');
const offset = z.int('un nombre entier de jours est attendu');

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'une heure s’écrit HH:MM');

const SECTORS = ['besancon', 'pontarlier', 'montbeliard'] as const satisfies readonly SectorId[];
const KINDS = [
  'violence',
  'fire',
  'medical',
  'suicide',
  'domestic',
  'child',
  'intrusion',
] as const satisfies readonly EmergencyKind[];

export const normaliserSchema = z.strictObject({
  symbols: z.record(z.string().regex(/^[^\p{L}\p{N}\s]+$/u, 'un signe, ni lettre ni chiffre'), folded),
  words: z.record(folded, folded),
  phrases: z.record(folded, folded),
});

export const sectorsSchema = z.strictObject({
  sectors: z
    .array(z.strictObject({ id: z.enum(SECTORS), aliases: z.array(folded).min(1, 'au moins un nom') }))
    .refine((list) => SECTORS.every((id) => list.some((sector) => sector.id === id)), 'un secteur manque'),
  /** Real words that a typo of an alias must not be mistaken for. */
  never: z.array(folded),
});

export const DATE_RULES = [
  'none',
  'offset',
  'numeric',
  'day-month',
  'day',
  'month',
  'weekday-in-weeks',
  'weekday-next-week',
  'weekday-this-week',
  'weekday-next',
  'weekday-last',
  'weekday',
  'in-days',
  'in-weeks',
  'in-months',
  'days-ago',
  'weeks-ago',
  'this-week',
  'next-week',
  'last-week',
  'this-weekend',
  'next-weekend',
  'last-weekend',
  'this-month',
  'next-month',
  'last-month',
  'feast',
  'movable-feast',
] as const;

export const datesSchema = z.strictObject({
  /** ISO weekday by word. */
  weekdays: z.record(folded, z.int().min(1).max(7)),
  months: z.record(folded, z.int().min(1).max(12)),
  numbers: z.record(folded, z.int().min(1).max(31)),
  /** Weeks that « jeudi en huit » adds. */
  inWeeks: z.record(folded, z.int().min(1).max(4)),
  /** Days from today. */
  relativeDays: z.record(folded, offset),
  /** `MM-DD` by name. */
  feasts: z.record(folded, z.string().regex(/^\d\d-\d\d$/, 'le jour d’une fête s’écrit MM-JJ')),
  /** Days from Easter Sunday by name. */
  movableFeasts: z.record(folded, offset),
  /**
   * Tried in order; the first that fits decides. `@weekday`, `@month`, `@number`, `@relative`, `@feast`, `@movable`,
   * `@fortnight`, `@date` (25/12) and `@year` capture.
   */
  rules: z.array(z.strictObject({ rule: z.enum(DATE_RULES), patterns: z.array(pattern).min(1, 'au moins un motif') })),
  /** First and last hour, `HH:MM`, by word. */
  dayParts: z.record(folded, z.tuple([clockTime, clockTime])),
});

export const emergencySchema = z
  .strictObject({
    groups: z.record(groupName, z.array(pattern).min(1, 'au moins un terme')),
    /** A clause that fits one of these tells of something else than a danger under way. */
    guards: z.record(groupName, z.array(pattern).min(1, 'au moins un motif')),
    /**
     * Words that say « now ». Without one of them, the guards named in `overruledByNow` make the danger a lesser one (past,
     * or habitual); the other guards explain it away.
     */
    now: z.array(pattern),
    overruledByNow: z.array(groupName),
    rules: z.array(
      z.strictObject({
        id: groupName,
        kinds: z.array(z.enum(KINDS)),
        patterns: z.array(pattern).min(1, 'au moins un motif'),
        unless: z.array(groupName),
      }),
    ),
  })
  .superRefine(({ groups, guards, now, rules, overruledByNow }, context) => {
    const patterns = [...now, ...Object.values(guards).flat(), ...rules.flatMap((rule) => rule.patterns)];
    for (const faulty of faultyPatterns(patterns, () => compileGroups(groups))) {
      context.addIssue({ code: 'custom', message: `motif illisible : ${faulty}` });
    }
    for (const guard of [...overruledByNow, ...rules.flatMap(({ unless }) => unless)]) {
      if (!Object.hasOwn(guards, guard)) context.addIssue({ code: 'custom', message: `garde inconnue : ${guard}` });
    }
  });

/** All of them when the groups themselves cannot be read. */
function faultyPatterns(patterns: readonly string[], readGroups: () => Groups): readonly string[] {
  const groups = attempt(readGroups);
  if (!groups) return patterns;
  return patterns.filter((source) => attempt(() => compilePattern(source, groups)) === undefined);
}

function attempt<Result>(compile: () => Result): Result | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

const probability = z.number().min(0, 'entre 0 et 1').max(1, 'entre 0 et 1');

export const decisionSchema = z.strictObject({
  /** Where the figures come from, for the next reader. */
  fittedOn: z.string(),
  temperature: z.number().positive('un nombre positif est attendu'),
  answerAbove: probability,
  disambiguateAbove: probability,
  /** What the model's probability of `emergency` means beside the rules. */
  emergency: z.strictObject({
    /** From here on it is a danger under way, even if no rule fits. */
    sureAbove: probability,
    /** From here on it may be one. */
    riskAbove: probability,
    /** Under this, a rule that fits has misread. */
    absurdUnder: probability,
  }),
});

const lowered = z.string().regex(/^[^\p{Lu}]+$/u, 'en minuscules');

const languageSchema = z.strictObject({
  /** Frequent words that French does not have. */
  words: z.array(lowered).min(20, 'au moins vingt mots'),
  /** Groups of letters that French does not have; a space stands for the edge of a word. */
  letters: z.array(lowered),
  /** Whole messages that tell by themselves, such as « hello ». */
  alone: z.array(lowered),
});

export const languagesSchema = z.strictObject({
  /** What the words found, and half the words that look alike, must come to. */
  leastEvidence: z.number().positive(),
  /** The share of the message's words that they must be. */
  leastShare: probability,
  /** How many of another language's words each French word outweighs. */
  frenchCounts: z.number().positive(),
  /** Words that speak for French. */
  french: z.array(lowered),
  languages: z.strictObject({
    en: languageSchema,
    ar: languageSchema,
    tr: languageSchema,
    es: languageSchema,
    pt: languageSchema,
  }),
});

export const requestsSchema = z.strictObject({
  /** Words between two requests. */
  joints: z.array(z.string().regex(/^[\p{Ll}' ]+$/u, 'des mots en minuscules')).min(1),
  /** Intents that may stand beside another. */
  among: z.array(z.enum(INTENTS, 'intention inconnue')),
  /** Each half alone must be that probable. */
  eachAbove: probability,
  /** Together, that probable in the message as a whole. */
  togetherAbove: probability,
});

/** Words about what comes back or goes on. `@weekday`, `@month` and `@number` capture. */
export const recurrencesSchema = z.strictObject({
  /** These leave no doubt: « tous les soirs ». Tried in order. */
  sure: z.array(
    z.strictObject({ every: z.enum(RECURRENCE_UNITS), patterns: z.array(pattern).min(1, 'au moins un motif') }),
  ),
  /** These may be a part of a date: « le soir ». Tried in order, when no date is named beside them. */
  likely: z.array(
    z.strictObject({ every: z.enum(RECURRENCE_UNITS), patterns: z.array(pattern).min(1, 'au moins un motif') }),
  ),
  /** Looked for before the likely ones, and left out: « le week-end dernier ». */
  never: z.array(pattern),
  /** The night before today. */
  lastNight: z.array(pattern).min(1, 'au moins un motif'),
  /** « depuis trois semaines », by how many days one of the unit has. */
  since: z.array(z.strictObject({ days: z.int().min(1), patterns: z.array(pattern).min(1, 'au moins un motif') })),
  /** « depuis septembre »; words after which any date is a beginning. */
  sinceMonth: z.array(pattern),
  sinceWords: z.array(pattern),
});

export type RecurrenceLexicon = z.infer<typeof recurrencesSchema>;
export type SectorLexicon = z.infer<typeof sectorsSchema>;
export type DateLexicon = z.infer<typeof datesSchema>;
export type DateRule = (typeof DATE_RULES)[number];
export type EmergencyLexicon = z.infer<typeof emergencySchema>;
export type DecisionThresholds = z.infer<typeof decisionSchema>;
export type EmergencyThresholds = DecisionThresholds['emergency'];
export type LanguageLexicon = z.infer<typeof languagesSchema>;
export type RequestLexicon = z.infer<typeof requestsSchema>;
