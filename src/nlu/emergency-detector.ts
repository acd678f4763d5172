import type { EmergencyKind } from '../domain/facts.js';
import type { Classifier } from './classifier.js';
import type { EmergencyAssessment, EmergencyDetector } from './intent-recognizer.js';
import type { EmergencyLexicon } from './lexicon-schemas.js';
import type { Normaliser } from './normalise.js';
import { compileGroups, compilePattern, type Groups, pad } from './pattern.js';

export interface EmergencyDetectorDependencies {
  readonly lexicon: EmergencyLexicon;
  readonly normalise: Normaliser;
  /** A second opinion: its probability of `emergency` counts from `emergencyAbove` on. */
  readonly model?: { readonly classifier: Classifier; readonly emergencyAbove: number };
  /** Longer messages are cut for the model; the rules read them whole. */
  readonly longestForModel: number;
}

/**
 * Rules over each clause, or the model: a missed danger is worse than a number shown for nothing. The model is not asked
 * about words that a rule knows and a guard explains (« il y avait le feu la semaine dernière »): it cannot tell them
 * from a danger under way.
 */
export function createEmergencyDetector(dependencies: EmergencyDetectorDependencies): EmergencyDetector {
  const { normalise, model, longestForModel } = dependencies;
  const applyRules = compileRules(dependencies.lexicon);

  async function assessByModel(text: string): Promise<EmergencyAssessment | undefined> {
    const normalised = normalise(text.slice(0, longestForModel));
    if (!model || normalised === '') return undefined;
    const ranking = await model.classifier.classify(normalised);
    const probability = ranking.find(({ label }) => label === 'emergency')?.probability ?? 0;
    return probability >= model.emergencyAbove ? { kinds: [], level: 2 } : undefined;
  }

  return {
    async assess(text) {
      const verdict = applyRules(splitClauses(text).map(normalise));
      if (verdict === 'explained') return undefined;
      return verdict ?? (await assessByModel(text));
    },
  };
}

/** Guards look no further than their own sentence: « Hier c'était calme. Là il me frappe ! » */
function splitClauses(text: string): readonly string[] {
  return text.split(/[.!?;:\n…]+/u);
}

/** `explained`: some rule fits, and a guard says why it means no danger; undefined: no rule fits. */
type Verdict = EmergencyAssessment | 'explained' | undefined;

function compileRules(lexicon: EmergencyLexicon): (clauses: readonly string[]) => Verdict {
  const groups = compileGroups(lexicon.groups);
  const now = compileAll(lexicon.now, groups);
  const guards = new Map(Object.entries(lexicon.guards).map(([name, list]) => [name, compileAll(list, groups)]));
  const overruled = new Set(lexicon.overruledByNow);
  const rules = lexicon.rules.map((rule) => ({ ...rule, expressions: compileAll(rule.patterns, groups) }));

  function isExplained(clause: string, unless: readonly string[]): boolean {
    const isNow = fits(clause, now);
    return unless.some((name) => !(isNow && overruled.has(name)) && fits(clause, guards.get(name) ?? []));
  }

  return (clauses) => {
    const hits = clauses
      .map(pad)
      .flatMap((clause) =>
        rules.filter(({ expressions }) => fits(clause, expressions)).map((rule) => ({ clause, rule })),
      );
    if (hits.length === 0) return undefined;
    const told = hits.filter(({ clause, rule }) => !isExplained(clause, rule.unless));
    if (told.length === 0) return 'explained';
    return { kinds: [...new Set<EmergencyKind>(told.flatMap(({ rule }) => rule.kinds))], level: 2 };
  };
}

function compileAll(patterns: readonly string[], groups: Groups): readonly RegExp[] {
  return patterns.map((pattern) => compilePattern(pattern, groups));
}

function fits(clause: string, expressions: readonly RegExp[]): boolean {
  return expressions.some((expression) => expression.test(clause));
}
