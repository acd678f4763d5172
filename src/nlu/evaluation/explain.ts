import type { Nlu } from '../create-nlu.js';
import type { Normaliser } from '../normalise.js';

/** Everything that the recogniser made of one message, for a person who wonders why. */
export async function explain(text: string, { recognizer, emergency }: Nlu, normalise: Normaliser): Promise<object> {
  const recognition = await recognizer.recognise(text, new Date());
  const assessment = await emergency.assess(text);
  const { ranking, decision, entities, requests, language } = recognition;
  return {
    normalised: normalise(text),
    labels: ranking.map(({ label, probability }) => ({ label, probability: Math.round(probability * 1e4) / 1e4 })),
    entities,
    decision,
    requests,
    language: language ?? null,
    emergency: assessment ?? null,
  };
}
