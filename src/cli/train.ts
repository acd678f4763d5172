/**
 * Trains the language model into dist/model/fr.json.
 *
 *   node dist/src/cli/train.js               trains
 *   node dist/src/cli/train.js --if-needed   trains only when corpus, lexicons or code changed
 *   node dist/src/cli/train.js --fit         fits the thresholds anew, by cross-validation, into corpus/fr/nlu/decision.json,
 *                                            then trains
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { ContentError } from '../content/read-json.js';
import { crossValidate, foldsByVoice } from '../nlu/cross-validate.js';
import { createEmergencyRules } from '../nlu/emergency-rules.js';
import { fitDecision } from '../nlu/fit-decision.js';
import { loadCorpus } from '../nlu/load-corpus.js';
import { loadLexicons } from '../nlu/load-lexicons.js';
import { isModelCurrent } from '../nlu/load-model.js';
import { createNormaliser } from '../nlu/normalise.js';
import { loadTeacher, trainModel } from '../nlu/train.js';

const ROOT = new URL('../../../', import.meta.url);
const CORPUS = new URL('corpus/fr/', ROOT);
const MODEL = new URL('dist/model/fr.json', ROOT);

try {
  await run();
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(`Le corpus est à corriger :\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (process.argv.includes('--if-needed') && isModelCurrent(CORPUS, MODEL)) return;
  if (process.argv.includes('--fit')) await refit();
  const startedAt = performance.now();
  const text = `${JSON.stringify(await trainModel(CORPUS))}\n`;
  mkdirSync(new URL('.', MODEL), { recursive: true });
  const partial = new URL(`fr.json.${process.pid}.partial`, MODEL);
  writeFileSync(partial, text);
  renameSync(partial, MODEL);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`Modèle de langue entraîné en ${seconds.toFixed(1)} s (${Math.round(text.length / 1024)} kio).`);
}

async function refit(): Promise<void> {
  const { normaliser, emergency } = loadLexicons(CORPUS);
  const normalise = createNormaliser(normaliser);
  const examples = loadCorpus(CORPUS, normalise);
  const lines = await crossValidate(examples, foldsByVoice(examples), loadTeacher(CORPUS));
  const decision = {
    fittedOn: `validation croisée par auteur sur ${examples.length} phrases`,
    ...fitDecision(lines, createEmergencyRules(emergency, normalise)),
  };
  writeFileSync(new URL('nlu/decision.json', CORPUS), `${JSON.stringify(decision, null, 2)}\n`);
  console.log(decision);
}
