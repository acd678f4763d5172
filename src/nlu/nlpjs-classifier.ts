import { containerBootstrap } from '@nlpjs/core';
import { Nlp } from '@nlpjs/nlp';
import type { Classifier } from './classifier.js';
import { LABELS } from './labels.js';
import type { Utterance } from './learn.js';
import { type LinearModel, predict } from './linear/linear-model.js';
import type { Analyse } from './message-forms.js';

const LOCALE = 'fr';
const ENGINE = 'LinearNlu';

/** A model of ours inside nlp.js's pipeline. */
export function createNlpjsClassifier(model: LinearModel, analyse: Analyse, nlp?: Nlp): Classifier {
  const pipeline = nlp ?? createNlp({ current: model }, { analyse });
  return {
    async classify(text) {
      const { classifications } = await pipeline.process(LOCALE, text);
      const scoreOf = new Map(classifications.map(({ intent, score }) => [intent, score]));
      return LABELS.map((label) => ({ label, probability: scoreOf.get(label) ?? 0 })).sort(
        (a, b) => b.probability - a.probability,
      );
    },
  };
}

/** How the engine reads texts, and learns when it is to. */
export interface Engine {
  readonly analyse: Analyse;
  readonly train?: (examples: readonly Utterance[]) => LinearModel;
}

/** Trains through nlp.js, which holds the corpus; the same examples give the same model. */
export async function trainNlpjsModel(
  examples: readonly Utterance[],
  labels: readonly string[],
  engine: Required<Engine>,
): Promise<LinearModel> {
  const slot: ModelSlot = {};
  const nlp = createNlp(slot, engine);
  const data = labels.map((intent) => ({
    intent,
    utterances: examples.filter(({ label }) => label === intent).map(({ text }) => text),
  }));
  await nlp.addCorpus({ name: 'corpus', locale: 'fr-FR', data });
  await nlp.train();
  if (!slot.current) throw new Error('nlp.js has not trained its engine');
  return slot.current;
}

/** Where the engine finds its model, or leaves the one that it has trained. */
export interface ModelSlot {
  current?: LinearModel;
}

/** nlp.js with our engine and nothing that looks at, logs, stores or keeps what people write. */
export function createNlp(slot: ModelSlot, engine: Engine): Nlp {
  const container = containerBootstrap();
  container.register('logger', silentLogger, true);
  container.register(ENGINE, engineClass(slot, engine), false);
  container.registerConfiguration(`domain-manager-${LOCALE}`, {
    nluByDomain: { default: { className: ENGINE, settings: {} } },
    trainByDomain: false,
    useStemDict: false,
  });
  return new Nlp({
    container,
    languages: [LOCALE],
    autoLoad: false,
    autoSave: false,
    forceNER: false,
    calculateSentiment: false,
    threshold: 0,
  });
}

/**
 * nlp.js finds an engine by name and builds it itself. This one answers from the model alone: the library's own text
 * preparation, which keeps every utterance in its caches for an hour, is never reached.
 */
function engineClass(slot: ModelSlot, { analyse, train }: Engine): new () => object {
  return class LinearNlu {
    async train(corpus: readonly { readonly utterance: string; readonly intent: string }[]): Promise<object> {
      const utterances = corpus.map(({ utterance, intent }) => ({ text: utterance, label: intent }));
      const model = train?.(utterances);
      if (model) slot.current = model;
      return { status: {} };
    }

    async process(utterance: string): Promise<object> {
      const model = slot.current;
      if (!model) return { classifications: [{ intent: 'None', score: 1 }] };
      const probabilities = predict(analyse(utterance), model);
      return { classifications: model.labels.map((intent, at) => ({ intent, score: probabilities[at] ?? 0 })) };
    }

    /** Feeds nlp.js's dictionary of stems, which stays unused. */
    async prepare(): Promise<readonly string[]> {
      return [];
    }
  };
}

/** nlp.js writes what people typed to the console. */
const silent = (): void => undefined;
const silentLogger = {
  name: 'logger',
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  log: silent,
  trace: silent,
  fatal: silent,
};
