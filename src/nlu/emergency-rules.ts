import type { EmergencyKind } from '../domain/facts.js';
import type { EmergencyLexicon } from './lexicon-schemas.js';
import type { Normaliser } from './normalise.js';
import { compileGroups, compilePattern, type Groups, pad } from './pattern.js';

/**
 * What the rules make of a message. `danger`: somebody is in danger; `lessened`: it tells of one that is past or comes
 * again and again; `explained`: it speaks of danger and means none; `silent`: no rule fits.
 */
export interface RuleVerdict {
  readonly found: 'danger' | 'lessened' | 'explained' | 'silent';
  readonly kinds: readonly EmergencyKind[];
}

export type EmergencyRules = (text: string) => RuleVerdict;

/** Rules over each clause. */
export function createEmergencyRules(lexicon: EmergencyLexicon, normalise: Normaliser): EmergencyRules {
  const groups = compileGroups(lexicon.groups);
  const now = compileAll(lexicon.now, groups);
  const guards = new Map(Object.entries(lexicon.guards).map(([name, list]) => [name, compileAll(list, groups)]));
  const lessening = new Set(lexicon.overruledByNow);
  const rules = lexicon.rules.map((rule) => ({ ...rule, expressions: compileAll(rule.patterns, groups) }));

  function judge(clause: string, unless: readonly string[]): RuleVerdict['found'] {
    const fitting = unless.filter((name) => fits(clause, guards.get(name) ?? []));
    if (fitting.some((name) => !lessening.has(name))) return 'explained';
    return fitting.length > 0 && !fits(clause, now) ? 'lessened' : 'danger';
  }

  return (text) => {
    const hits = splitClauses(text)
      .map((clause) => pad(normalise(clause)))
      .flatMap((clause) =>
        rules
          .filter(({ expressions }) => fits(clause, expressions))
          .map(({ kinds, unless }) => ({ kinds, found: judge(clause, unless) })),
      );
    const found = (['danger', 'lessened', 'explained'] as const).find((degree) =>
      hits.some((hit) => hit.found === degree),
    );
    if (!found) return { found: 'silent', kinds: [] };
    const kinds = hits.filter((hit) => hit.found === found).flatMap((hit) => hit.kinds);
    return { found, kinds: [...new Set(kinds)] };
  };
}

/** Guards look no further than their own sentence: « Hier c'était calme. Là il me frappe ! » */
function splitClauses(text: string): readonly string[] {
  return text.split(/[.!?;:\n…]+/u);
}

function compileAll(patterns: readonly string[], groups: Groups): readonly RegExp[] {
  return patterns.map((pattern) => compilePattern(pattern, groups));
}

function fits(clause: string, expressions: readonly RegExp[]): boolean {
  return expressions.some((expression) => expression.test(clause));
}
