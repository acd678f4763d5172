import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IS_THOROUGH, inDepth } from '../support/depth.js';
import { type Chat, type Meanwhile, openChat, type Understood } from '../support/transcript.js';

const RUNS = inDepth(2000, 80);

/** Each time it is said, `#` is a word of its own. */
const TOLD = [
  'rue de Picardie #',
  'ils crient # sous ma fenêtre',
  'des motos # font des rodéos tous les soirs',
  'hier #',
  'Marie # 06 12 34 56 78',
];
const SAID = [
  'Commencer',
  'Retour',
  'non',
  'oui',
  'Modifier',
  'Le lieu',
  'Annuler',
  'Non, continuer',
  'reprendre',
  '?',
];

type Act =
  | { readonly kind: 'say'; readonly text: string; readonly understood: Understood }
  | { readonly kind: 'happen'; readonly what: Meanwhile };

const position = fc.record({
  latitude: fc.constantFrom(47.21934, 47.22551),
  longitude: fc.constantFrom(5.96677, 5.97012),
});
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      text: fc.constantFrom(...TOLD, ...SAID),
      understood: fc.constant({}),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      text: fc.constantFrom(...TOLD, 'non', '?', 'hein'),
      understood: fc.record({ corrects: fc.integer({ min: 1, max: 14 }) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      text: fc.constant(''),
      understood: fc.oneof(fc.record({ position }), fc.constant({ enclosed: 'photo' } as const)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      text: fc.constant('au secours # ils cassent ma porte'),
      understood: fc.constant({ danger: [2, 'intrusion'] } as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('happen'),
      what: fc.constantFrom<Meanwhile>('le serveur redémarre', '40 minutes', 'un délégué parle'),
    }),
  },
);

/** What was said to a report, or to correct it. */
interface Secrets {
  readonly words: string[];
  /** Which of the resident's messages were, from 1. */
  readonly messages: boolean[];
  /** Of all words so far. */
  count: number;
  /** Whoever waits for a delegate shares a place with them. */
  isPlaceShown: boolean;
}

async function carryOut(chat: Chat, act: Act, secrets: Secrets): Promise<void> {
  if (act.kind === 'say') {
    const { words, messages } = secrets;
    secrets.isPlaceShown ||= chat.status === 'waiting' && !isInReport(chat);
    const { corrects } = act.understood;
    const isSecret = isInReport(chat) || (corrects !== undefined && messages[corrects - 1] === true);
    secrets.count += 1;
    const word = `canari${secrets.count}jaune`;
    if (corrects === undefined || corrects > messages.length) messages.push(isSecret);
    if (isSecret) words.push(word);
    await chat.say(act.text.replace('#', word), act.understood);
  } else if (act.what === '40 minutes') {
    chat.now = new Date(chat.now.getTime() + 40 * 60_000);
  } else if (act.what === 'un délégué parle') {
    chat.interject();
  } else {
    chat.restart();
  }
}

function isInReport({ state }: Chat): boolean {
  return JSON.stringify(state).includes('"id":"report.');
}

/** What was told last at the question about what happened, with all that was added to it. */
function storyOf({ reports }: Chat): string {
  return reports
    .draft()
    .flatMap((answer) => ('text' in answer && answer.step !== 'where' ? [answer.text] : []))
    .join('\n');
}

test('whatever is said, shared and corrected in a report, only the report knows of it', async () => {
  const seen = new Set<string>();
  const property = fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 14 }), async (plan) => {
    const chat = openChat({ channel: 'telegram' });
    const secrets: Secrets = { words: [], messages: [false, true, true], count: 0, isPlaceShown: false };
    for (const text of ['Signaler', 'Commencer', 'Bruit, nuisances']) await chat.say(text);
    for (const act of plan) {
      await carryOut(chat, act, secrets);
      seen.add(chat.reports.draft().some((answer) => 'position' in answer) ? 'place' : 'no place');
      if (storyOf(chat).includes('Correction : ')) seen.add('beside');
    }
    const stored = chat.stored();
    expect(secrets.words.filter((word) => stored.includes(word))).toEqual([]);
    if (!secrets.isPlaceShown) expect(stored).not.toMatch(/47\.2\d|5\.9\d/);
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  expect([...seen].sort()).toEqual(IS_THOROUGH ? ['beside', 'no place', 'place'] : expect.arrayContaining(['place']));
}, 240_000);

test('a correction of one answer changes no other', async () => {
  const answers = [
    ['where', 4, 'rue de Cologne'],
    ['when', 5, 'avant-hier'],
    ['what', 6, 'ils hurlent sous ma fenêtre'],
    ['more', 7, 'il y a un chien'],
    ['contact', 8, 'Jean 06 12 34 56 79'],
  ] as const;
  const property = fc.asyncProperty(
    fc.array(fc.constantFrom(...answers), { minLength: 1, maxLength: 6 }),
    async (plan) => {
      const chat = openChat();
      const walk = ['Signaler', 'Commencer', 'Bruit, nuisances', 'Cassin', 'hier', 'ils crient sous ma fenêtre', 'non'];
      for (const text of [...walk, 'Marie 06 12 34 56 78']) await chat.say(text);
      for (const [step, corrects, text] of plan) {
        const before = chat.reports.draft().filter((answer) => answer.step !== step);
        const lines = await chat.say(text, { corrects });
        expect(lines[0]).toEqual(['robot', "C'est corrigé."]);
        expect(lines[1]?.[1]).toMatch(/^Étape 7 sur 7/);
        expect(chat.reports.draft().filter((answer) => answer.step !== step)).toEqual(before);
        expect(JSON.stringify(chat.reports.draft().filter((answer) => answer.step === step))).toContain(
          text.replace(/^Jean .*/, 'Jean'),
        );
      }
    },
  );
  await fc.assert(property, { numRuns: RUNS / 4 });
}, 240_000);
