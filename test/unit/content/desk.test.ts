import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadDesk } from '../../../src/content/load-desk.js';
import { loadFacts } from '../../../src/content/load-facts.js';
import { ContentError } from '../../../src/content/read-json.js';
import { createAnswers } from '../../../src/domain/answers.js';
import type { Content } from '../../../src/domain/message.js';
import { cannedReplies as wire } from '../../../src/inbox/schemas/conversations.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const { forbidden } = JSON.parse(readFileSync(new URL('./plain-words.json', import.meta.url), 'utf8')) as {
  forbidden: string[];
};
const catalogue = loadAnswers(CORPUS);
const deps = {
  actions: catalogue.actions,
  answers: createAnswers(catalogue),
  dates: loadDateWords(CORPUS),
  facts: loadFacts(CORPUS),
};
const desk = loadDesk(CORPUS, deps);
const WITH_EMAIL = {
  ...deps.facts,
  sectors: deps.facts.sectors.map((one) =>
    one.id === 'besancon' ? { ...one, email: 'planoise@police.example' } : one,
  ),
};

function textsOf(contents: readonly Content[]): string[] {
  return contents.map((content) => (content.kind === 'text' ? content.text : content.kind));
}

function replyOf(shortcut: string, facts = deps.facts): string | undefined {
  return desk.cannedRepliesFor(facts).replies.find((reply) => reply.shortcut === shortcut)?.text;
}

describe('what residents read when who speaks changes', () => {
  test.each<[keyof typeof desk.words, string[], string[]]>([
    ['taken', ['Vous parlez maintenant avec un délégué.'], []],
    ['givenBack', ["L'assistant reprend. C'est un robot."], ['Voir le menu', 'Parler à un délégué']],
    [
      'closed',
      ["Le délégué a terminé la conversation. Vous pouvez écrire ici à tout moment : l'assistant vous répondra."],
      ['Voir le menu', 'Parler à un délégué'],
    ],
    ['transferred', ['Un autre délégué va vous répondre. En cas de danger : 17, 112, ou SMS au 114.'], []],
    [
      'lostHold',
      ["Le délégué n'est plus connecté. Vous attendez de nouveau.", 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['Être rappelé', 'Ne plus attendre'],
    ],
    [
      'nobodyCame',
      [
        "Aucun délégué n'a pu vous répondre. Excusez-nous. L'assistant (robot) reprend.",
        'Un délégué peut vous rappeler plus tard. En cas de danger : 17, 112, ou SMS au 114.',
      ],
      ['Être rappelé', 'Parler à un délégué', 'Voir le menu'],
    ],
  ])('%s', (id, texts, buttons) => {
    const contents = desk.words[id]();
    expect(textsOf(contents)).toEqual(texts);
    const last = contents.at(-1);
    expect(last?.kind === 'text' && (last.actions ?? []).map(({ title }) => title)).toEqual(buttons);
  });
});

describe('canned replies', () => {
  test('are filled in from the facts, and fit the wire', () => {
    expect(wire.safeParse(desk.cannedReplies).success).toBe(true);
    expect(desk.cannedReplies.labels).toHaveLength(8);
    for (const { text } of desk.cannedReplies.replies) expect(text).not.toMatch(/[{}]| {2}|undefined/);
    expect(replyOf('permanence')).toBe(
      "Notre permanence a lieu tous les mercredis, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
    );
    expect(replyOf('commissaires')).toContain('il y a une permanence le 1er jeudi du mois. Adresse :');
    expect(replyOf('urgence')).toContain('le 17 ou le 112');
  });

  test('what the facts do not hold is not offered', () => {
    expect(replyOf('mail')).toBeUndefined();
    expect(replyOf('mail', WITH_EMAIL)).toBe('Vous pouvez aussi nous écrire à planoise@police.example.');
    expect(replyOf('plainte', { ...deps.facts, services: [] })).toBeUndefined();
  });

  test('follow the facts that coordinators change', () => {
    const permanences = deps.facts.permanences.map((one) =>
      one.id === 'delegates' ? { ...one, slot: { hours: { from: '14:00', to: '16:00' } } } : one,
    );
    expect(replyOf('permanence', { ...deps.facts, permanences })).toContain(
      'tous les mercredis, de 14\u00a0h à 16\u00a0h',
    );
  });
});

describe('voice', () => {
  const written = [
    ...Object.values(desk.words).flatMap((words) => textsOf(words())),
    ...desk.cannedRepliesFor(WITH_EMAIL).replies.flatMap(({ title, text }) => [title, text]),
    ...desk.cannedReplies.labels,
  ];

  test.each(written)('%s', (text) => {
    expect(text).not.toMatch(/!|\p{Extended_Pictographic}| {2}|…$/u);
    expect(
      forbidden.filter((word) => ` ${text.toLowerCase()}`.includes(word.endsWith(' ') ? ` ${word}` : word)),
    ).toEqual([]);
    const long = text
      .split(/(?<=[.?])\s|\n/)
      .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= 20);
    expect(long).toEqual([]);
  });
});

describe('faults are named with their place', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'desk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  interface Data {
    words: Record<string, { bubbles: string[]; actions?: string[] }>;
    cannedReplies: { shortcut: string; title: string; text: string }[];
    labels: string[];
  }

  function faultsOf(change: (data: Data) => void): readonly string[] {
    const data: Data = JSON.parse(readFileSync(new URL('desk.json', CORPUS), 'utf8'));
    change(data);
    writeFileSync(join(folder, 'desk.json'), JSON.stringify(data));
    try {
      loadDesk(pathToFileURL(folder), deps);
      return [];
    } catch (error) {
      if (error instanceof ContentError) return error.faults;
      throw error;
    }
  }

  test.each<[string, (data: Data) => void, RegExp]>([
    ['missing words', ({ words }) => delete words.taken, /words\.taken/],
    ['unknown words', ({ words }) => Object.assign(words, { tooken: { bubbles: ['a'] } }), /words.*tooken/],
    [
      'an unknown button',
      ({ words }) => Object.assign(words.closed ?? {}, { actions: ['nope'] }),
      /closed\.actions.*« nope » inconnu/,
    ],
    [
      'an unknown variable',
      ({ words }) => Object.assign(words.closed ?? {}, { bubbles: ['{when}'] }),
      /closed\.bubbles\.0.*variable inconnue/,
    ],
    [
      'an exclamation mark',
      ({ words }) => Object.assign(words.closed ?? {}, { bubbles: ['Bravo !'] }),
      /closed.*exclamation/,
    ],
    [
      'a shortcut that cannot be typed',
      ({ cannedReplies: [one] }) => Object.assign(one ?? {}, { shortcut: 'Été' }),
      /0\.shortcut.*minuscules/,
    ],
    [
      'a shortcut given twice',
      ({ cannedReplies: [one] }) => Object.assign(one ?? {}, { shortcut: 'merci' }),
      /cannedReplies.*deux fois/,
    ],
    [
      'an unknown fact',
      ({ cannedReplies: [one] }) => Object.assign(one ?? {}, { text: 'Bus {bus}.' }),
      /0\.text.*variable inconnue/,
    ],
    ['a label given twice', ({ labels }) => labels.push('Bruit'), /labels.*deux fois/],
  ])('%s', (_, change, expected) => {
    expect(faultsOf(change)).toContainEqual(expect.stringMatching(expected));
  });

  test('the shipped data is without a fault', () => expect(faultsOf(() => undefined)).toEqual([]));
});
