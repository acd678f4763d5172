import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../../src/content/load-answers.js';
import { loadTelegram } from '../../../src/content/load-telegram.js';
import { ContentError } from '../../../src/content/read-json.js';
import { createAnswers } from '../../../src/domain/answers.js';

const corpus = pathToFileURL(`${process.cwd()}/corpus/fr/`);
const catalogue = loadAnswers(corpus);
const { forbidden } = JSON.parse(readFileSync(new URL('./plain-words.json', import.meta.url), 'utf8')) as {
  forbidden: string[];
};
const town = { city: 'Besançon', district: 'Planoise' };
const deps = { ...catalogue, answers: createAnswers(catalogue), town };

describe('the words that are shipped', () => {
  const words = loadTelegram(corpus, deps);

  test('have a command for each thing that residents come for, which says what its button says', () => {
    expect(Object.fromEntries(words.commands.map(({ command, says }) => [command, says]))).toEqual({
      start: 'Voir le menu',
      aide: 'Comment ça marche ?',
      permanence: 'Horaires',
      signaler: 'Signaler',
      suivi: 'Suivre un signalement',
      delegue: 'Parler à un délégué',
      supprimer: 'Effacer mes messages',
    });
    for (const { says } of words.commands) expect(deps.answers.meaningOf(says)).toBeDefined();
    for (const says of Object.values(words.payloads)) expect(deps.answers.meaningOf(says)).toBeDefined();
  });

  test('have the buttons of the menu', () => {
    expect(words.menu.map(({ title }) => title)).toEqual(['Horaires', 'Adresse', 'Signaler', 'Parler à un délégué']);
  });

  test('are plain, and name the town', () => {
    const all = JSON.stringify(words);
    expect(all).not.toMatch(/!|\{(city|district)\}|\p{Extended_Pictographic}/u);
    expect(forbidden.filter((word) => all.toLowerCase().includes(` ${word}`))).toEqual([]);
    expect(words.description).toContain('Planoise');
    expect(words.description).toContain('Besançon');
  });
});

describe('faulty data', () => {
  const root = mkdtempSync(join(tmpdir(), 'telegram-'));
  const directory = join(root, 'corpus', 'fr');
  const file = join(directory, 'telegram.json');

  beforeEach(() => cpSync(join(process.cwd(), 'corpus/fr/telegram.json'), file));
  afterAll(() => rmSync(root, { recursive: true }));

  interface Data {
    commands: { command: string; description: string; action: string }[];
    payloads: Record<string, string>;
    toasts: Record<string, string>;
    [name: string]: unknown;
  }

  function faultsAfter(edit: (data: Data) => unknown, used = town): readonly string[] {
    const data: Data = JSON.parse(readFileSync(file, 'utf8'));
    edit(data);
    writeFileSync(file, JSON.stringify(data));
    try {
      loadTelegram(pathToFileURL(directory), { ...deps, town: used });
      return [];
    } catch (error) {
      if (error instanceof ContentError) return error.faults;
      throw error;
    }
  }

  test('none in the copy to begin with', () => expect(faultsAfter(() => undefined)).toEqual([]));

  test.each<[string, (data: Data) => unknown, string]>([
    ['a command that is missing', (data) => data.commands.pop(), 'commands : chacune une fois'],
    [
      'a command that is unknown',
      (data) => Object.assign(data.commands[0] ?? {}, { command: 'go' }),
      'commands.0.command',
    ],
    [
      'a button that is unknown',
      (data) => Object.assign(data.commands[1] ?? {}, { action: 'x' }),
      'commands.aide : bouton « x »',
    ],
    [
      'a payload of an unknown button',
      (data) => Object.assign(data.payloads, { affiche: 'y' }),
      'payloads.affiche : bouton « y »',
    ],
    ['a payload that no link can carry', (data) => Object.assign(data.payloads, { 'a b': 'menu' }), 'payloads.a b'],
    [
      'a toast that is too long',
      (data) => Object.assign(data.toasts, { gone: 'x'.repeat(201) }),
      'toasts.gone : texte trop long',
    ],
    [
      'a description that is too long',
      (data) => Object.assign(data, { description: `{city} {district} ${'x'.repeat(500)}` }),
      'description : texte trop long',
    ],
    ['a text without its title', (data) => Object.assign(data, { used: '✓' }), 'used : variables attendues'],
    ['an empty text', (data) => Object.assign(data, { privateOnly: ' ' }), 'privateOnly : texte vide'],
  ])('%s is named with its place', (_, edit, expected) => {
    expect(faultsAfter(edit)).toEqual([expect.stringContaining(`corpus/fr/telegram.json : ${expected}`)]);
  });

  test('names that make a text too long are a fault', () => {
    const faults = faultsAfter(() => undefined, { city: 'x', district: 'Y'.repeat(100) });
    expect(faults).toEqual([expect.stringContaining('shortDescription : texte trop long')]);
  });
});
