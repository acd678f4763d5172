import type { Classifier } from './classifier.js';
import { createEmergencyRules, type RuleVerdict } from './emergency-rules.js';
import type { EmergencyAssessment, EmergencyDetector } from './intent-recognizer.js';
import type { EmergencyLexicon, EmergencyThresholds } from './lexicon-schemas.js';
import type { Normaliser } from './normalise.js';

export interface EmergencyDetectorDependencies {
  readonly lexicon: EmergencyLexicon;
  readonly normalise: Normaliser;
  /** A second opinion: its probability of `emergency` counts too. */
  readonly model?: { readonly classifier: Classifier; readonly thresholds: EmergencyThresholds };
  /** Longer messages are cut for the model; the rules read them whole. */
  readonly longestForModel: number;
}

/** Rules and the model together: a missed danger is worse than a number shown for nothing. */
export function createEmergencyDetector(dependencies: EmergencyDetectorDependencies): EmergencyDetector {
  const { normalise, model, longestForModel } = dependencies;
  const judge = createEmergencyRules(dependencies.lexicon, normalise);

  async function askModel(text: string): Promise<number | undefined> {
    const start = text.slice(0, longestForModel);
    if (!model || normalise(start) === '') return undefined;
    const ranking = await model.classifier.classify(start);
    return ranking.find(({ label }) => label === 'emergency')?.probability ?? 0;
  }

  return {
    async assess(text) {
      const { found, kinds } = judge(text);
      const level = decideLevel(found, await askModel(text), model?.thresholds);
      return level === 0 ? undefined : ({ kinds, level } satisfies EmergencyAssessment);
    },
  };
}

/**
 * Level 2 takes a rule that the model does not find absurd, or a model that is sure. What a guard explains is level 1 at
 * most, because the model cannot tell « il y avait le feu la semaine dernière » from a fire.
 */
export function decideLevel(
  found: RuleVerdict['found'],
  probability: number | undefined,
  thresholds: EmergencyThresholds | undefined,
): 0 | 1 | 2 {
  if (probability === undefined || !thresholds) return BY_RULES_ALONE[found];
  const { sureAbove, riskAbove, absurdUnder } = thresholds;
  const isSure = probability >= sureAbove;
  switch (found) {
    case 'danger':
      return probability >= absurdUnder ? 2 : 1;
    case 'lessened':
      return 1;
    case 'explained':
      return isSure ? 1 : 0;
    case 'silent':
      return isSure ? 2 : probability >= riskAbove ? 1 : 0;
  }
}

const BY_RULES_ALONE = { danger: 2, lessened: 1, explained: 0, silent: 0 } as const;
