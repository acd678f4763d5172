import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { INTENTS, type Intent } from '../../../src/nlu/intent-recognizer.js';
import { type ChatOptions, type Line, openChat, type Understood, withDelegates } from '../../support/transcript.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const { forbidden } = JSON.parse(readFileSync(new URL('./plain-words.json', import.meta.url), 'utf8')) as {
  forbidden: string[];
};
const MAX_WORDS = 20;
const MAX_BUBBLES = 3;

const catalogue = loadAnswers(CORPUS);

/** Every text as it is written, under its place in the data. */
const written: (readonly [string, string])[] = [
  ...Object.entries(catalogue.answers).flatMap(([id, { bubbles }]) =>
    bubbles.flat().map((text) => [`answers.${id}`, text] as const),
  ),
  ...Object.entries(catalogue.phrases ?? {}).map(([id, text]) => [`phrases.${id}`, text] as const),
  ...Object.entries(catalogue.actions).map(([id, { title }]) => [`actions.${id}`, title] as const),
];

const DAYS: readonly Understood['on'][] = [
  undefined,
  '2026-11-11',
  '2026-11-24',
  '2026-11-25',
  '2026-12-03',
  '2027-01-01',
  ['2026-11-16', '2026-11-22'],
  ['2026-11-28', '2026-11-29'],
  ['2026-11-30', '2026-12-06'],
  ['2026-12-01', '2026-12-31'],
];
const OUTLOOKS: readonly ChatOptions[] = [
  { outlook: { available: 2, position: 12, usualWaitMinutes: 40 } },
  { outlook: { available: 1, usualWaitOverMinutes: 40 } },
  { outlook: { available: 0, hours: 'unknown', position: 12 } },
  { outlook: { available: 0, hours: 'closed', nextOpening: { date: '2027-01-01', from: '09:30', to: '11:45' } } },
  { isBlocked: true },
];
const FACTS_TRIED = [
  {},
  withDelegates({
    slot: { hours: { from: '14:00', to: '16:30' } },
    closures: [{ from: '2026-11-25', to: '2026-11-25' }],
  }),
];

describe('voice, as it is written', () => {
  test.each(written)('%s', (_, text) => {
    expect(text).not.toMatch(/!|\p{Extended_Pictographic}/u);
    expect(text).not.toMatch(/ {2}|…$/);
    expect(
      forbidden.filter((word) => ` ${text.toLowerCase()}`.includes(word.endsWith(' ') ? ` ${word}` : word)),
    ).toEqual([]);
    expect(longSentences(text)).toEqual([]);
  });
});

describe('voice, as it is said', () => {
  const turns: (readonly Line[])[] = [];

  beforeAll(async () => {
    for (const facts of FACTS_TRIED) {
      for (const intent of INTENTS) {
        for (const understood of onDays(intent)) turns.push(await openChat({ facts }).say('?', understood));
      }
      for (const sector of ['besancon', 'pontarlier', 'montbeliard'] as const) {
        turns.push(await openChat({ facts }).say('?', { intent: 'contact.email', sector }));
      }
      for (const options of OUTLOOKS) turns.push(...(await askForDelegate({ ...options, facts })));
    }
  });

  test('sentences stay under 20 words, whatever the facts put in them', () => {
    const said = turns.flat().filter(([kind]) => kind === 'robot');
    expect(said.length).toBeGreaterThan(INTENTS.length * DAYS.length);
    expect(new Set(said.flatMap(([, text]) => longSentences(text)))).toEqual(new Set());
  });

  test('an answer has one to three bubbles, none of them empty', () => {
    for (const turn of turns) {
      const bubbles = turn.filter(([kind]) => kind === 'robot');
      expect(bubbles.length).toBeGreaterThan(0);
      expect(bubbles.length).toBeLessThanOrEqual(MAX_BUBBLES);
      for (const [, text] of bubbles) expect(text).toMatch(/^\S.*\S$/s);
    }
  });

  test('no stray spaces or variables are left', () => {
    for (const [, text] of turns.flat()) expect(text).not.toMatch(/ {2}| [.,]|[{}]|undefined/);
  });
});

function onDays(intent: Intent): readonly Understood[] {
  return DAYS.map((on) => ({ intent, ...(on && { on }) }));
}

async function askForDelegate(options: ChatOptions): Promise<(readonly Line[])[]> {
  const chat = openChat(options);
  const turns: (readonly Line[])[] = [];
  for (const button of ['Parler à un délégué', 'Parler à un délégué', 'Attendre', 'Être rappelé', 'Annuler']) {
    turns.push(await chat.say(button));
  }
  return turns;
}

/** Sentences of 20 words or more; punctuation alone is no word. */
function longSentences(text: string): string[] {
  return text
    .split(/(?<=[.?])\s|\n/)
    .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= MAX_WORDS);
}
