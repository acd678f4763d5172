import type { EmergencyDetector, IntentRecognizer, Recognition } from '../../../src/nlu/intent-recognizer.js';
import { type ChatOptions, type Line, toDanger, toRecognition, WORDS, withEntities } from '../transcript.js';

/** What a line of a transcript says that is made of its words. */
export type LineWords = Extract<Line, readonly ['résident', ...unknown[]]>[2];

export interface ScriptedWords {
  readonly recognizer: IntentRecognizer;
  readonly emergency: EmergencyDetector;
  /** What is made of the next message; it is really read where the options say so. */
  expectWords(understood: LineWords): void;
}

/** Reads messages as the transcripts do that are played without a channel. */
export function createScriptedWords({ nlu }: ChatOptions, clock: () => Date): ScriptedWords {
  let next: LineWords;
  const recogniseScripted = (text: string): Recognition => withEntities(toRecognition(next), text, clock());
  return {
    recognizer: {
      recognise: async (text, now) => (nlu ? nlu.recognizer.recognise(text, now) : recogniseScripted(text)),
    },
    emergency: {
      async assess(text) {
        if (!nlu) return toDanger(next);
        return WORDS.answers.meaningOf(text) === undefined ? nlu.emergency.assess(text) : undefined;
      },
    },
    expectWords(understood) {
      next = understood;
    },
  };
}
