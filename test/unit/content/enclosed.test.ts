import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadConcealed } from '../../../src/content/load-concealed.js';
import { loadEnclosed } from '../../../src/content/load-enclosed.js';
import { ContentError } from '../../../src/content/read-json.js';
import type { EnclosedRefusal } from '../../../src/domain/attachments.js';
import { ENCLOSED_KINDS } from '../../../src/domain/enclosed-words.js';
import type { Content, TextContent } from '../../../src/domain/message.js';

const CORPUS = new URL('../../../corpus/fr/', import.meta.url);
const { forbidden } = JSON.parse(readFileSync(new URL('./plain-words.json', import.meta.url), 'utf8')) as {
  forbidden: string[];
};
const MOST_WORDS = 20;
const REASONS: readonly EnclosedRefusal[] = ['kind', 'size', 'damaged', 'too-many', 'unavailable'];
const catalogue = loadAnswers(CORPUS);
const words = loadEnclosed(CORPUS, catalogue, { incoming: 20_000_000, pdf: 5_500_000 });
const concealed = loadConcealed(CORPUS, catalogue);

const textsOf = (contents: readonly Content[]): readonly string[] =>
  contents.map((content) => (content.kind === 'text' ? content.text : content.kind));
const titlesOf = (contents: readonly Content[]) =>
  ((contents.at(-1) as TextContent).actions ?? []).map(({ title }) => title);

const said: readonly (readonly [string, readonly Content[]])[] = [
  ...ENCLOSED_KINDS.flatMap((kind) => [
    [`${kind}, alone`, words.withBot(kind, false)] as const,
    [`${kind}, with text`, words.withBot(kind, true)] as const,
    [`${kind}, waiting`, words.waiting(kind)] as const,
    ...REASONS.map((reason) => [`${kind}, ${reason}`, words.refused(kind, reason)] as const),
  ]),
  ['in a report', words.inReport(false)],
  ['in a report, with text', words.inReport(true)],
  ['beside a report', words.besideReport()],
  ['kept for later', words.keptForLater()],
  ['replaced', words.replaced()],
  ['after a command', words.unread()],
  ['place, waiting', words.placeWaiting()],
  ['correction that nobody took', concealed.notCorrected()],
];

describe('voice', () => {
  test.each(said)('%s', (_, contents) => {
    expect(contents.length).toBeGreaterThan(0);
    for (const text of textsOf(contents)) {
      expect(text).not.toMatch(/!|[{}]|\p{Extended_Pictographic}| {2}/u);
      expect(forbidden.filter((word) => text.toLowerCase().includes(word))).toEqual([]);
      for (const sentence of text.split(/[.?]\s/)) expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(MOST_WORDS);
    }
  });
});

describe('what is said', () => {
  test('by itself, it leads on; beside words it does not stand in the way of their answer', () => {
    expect(titlesOf(words.withBot('photo', false))).toEqual(['Parler à un délégué', 'Voir le menu']);
    expect(titlesOf(words.withBot('photo', true))).toEqual([]);
  });

  test('a correction that nobody took can be made later, whether the report is sent or not', () => {
    const [what, how] = textsOf(concealed.notCorrected());
    expect(what).toMatch(/pas montrée au délégué.*pas gardée/);
    expect(how).toMatch(/« reprendre ».*envoyé.*code/);
  });

  test('a place alarms nobody, and that is said', () => {
    expect(textsOf(words.placeWaiting()).join(' ')).toMatch(/Personne n'est prévenu.*17.*112.*114/);
  });

  test('the limits are those that are kept to, in whole megabytes', () => {
    expect(textsOf(words.refused('document', 'size'))[0]).toMatch(/20 Mo.* 5 Mo/);
  });

  test('each reason has words of its own, and a contact’s card those about other people', () => {
    expect(new Set(REASONS.map((reason) => textsOf(words.refused('photo', reason))[0])).size).toBe(REASONS.length);
    expect(textsOf(words.refused('contact', 'kind'))[0]).toContain('autre personne');
    expect(words.refused('contact', 'unavailable')).toEqual(words.refused('photo', 'unavailable'));
  });
});

describe('what transcripts say', () => {
  test('each kind is named, and that it was not passed on', () => {
    expect(ENCLOSED_KINDS.map((kind) => words.label(kind, true))).toHaveLength(
      new Set(ENCLOSED_KINDS.map((kind) => words.label(kind, true))).size,
    );
    expect(words.label('photo', true)).toBe('[photo]');
    expect(words.label('photo', false)).toBe('[photo, non transmise]');
  });

  test('a place has a map for delegates, to the metre, and nothing for anybody else', () => {
    expect(words.place({ latitude: 47.2234123456, longitude: -5 })).toBe(
      '[position partagée] 47.22341, -5.00000\nhttps://www.openstreetmap.org/?mlat=47.22341&mlon=-5.00000#map=18/47.22341/-5.00000',
    );
    expect(words.place()).toBe('[position partagée]');
  });

  test('a correction that is concealed differs from an answer', () => {
    expect([concealed.answer, concealed.corrected]).toEqual(['(réponse scellée)', '(réponse scellée, corrigée)']);
  });
});

describe('a fault of the data', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'enclosed-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function faultsOf(part?: string, change: Record<string, unknown> = {}): readonly string[] {
    const data = JSON.parse(readFileSync(new URL('enclosed.json', CORPUS), 'utf8'));
    if (part !== undefined) data[part] = { ...data[part], ...change };
    writeFileSync(join(dir, 'enclosed.json'), JSON.stringify(data));
    try {
      loadEnclosed(pathToFileURL(`${dir}/`), catalogue, { incoming: 1, pdf: 1 });
    } catch (error) {
      if (error instanceof ContentError) return error.faults;
      throw error;
    }
    return [];
  }

  test.each<[string, string, Record<string, unknown>, RegExp]>([
    ['a kind without words', 'kinds', { photo: undefined }, /photo/],
    ['an unknown button', 'actions', { alone: ['nulle-part'] }, /nulle-part/],
    ['an unknown variable', 'refused', { size: '{octets}' }, /variable inconnue/],
    ['an exclamation mark', 'words', { inReport: 'Non !' }, /exclamation/],
  ])('is named: %s', (_, part, change, expected) => {
    expect(faultsOf(part, change).join('\n')).toMatch(expected);
  });

  test('the data as they are have none', () => {
    expect(faultsOf()).toEqual([]);
  });
});
