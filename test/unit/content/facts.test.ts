import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FactsOverrides, loadFacts } from '../../../src/content/load-facts.js';
import { ContentError } from '../../../src/content/read-json.js';

const corpus = pathToFileURL(`${process.cwd()}/corpus/fr/`);

describe('the facts that are shipped', () => {
  const facts = loadFacts(corpus);

  test('are those that the sources tell, and no more', () => {
    expect(facts.town).toEqual({ city: 'Besançon', district: 'Planoise' });
    expect(facts.permanences).toMatchObject([
      { id: 'delegates', rule: { kind: 'weekly', weekday: 3, everyWeeks: 1 }, slot: { part: 'afternoon' } },
      { id: 'commissioners', rule: { kind: 'monthly', weekday: 4, nth: 1 }, slot: {} },
    ]);
    expect(facts.places.map(({ street, district, city }) => `${street}, ${district}, ${city}`)).toEqual([
      '7/9 rue Picasso, Planoise, Besançon',
    ]);
    expect(facts.station).toMatchObject({ status: 'announced', openingMonth: 7, officersMin: 15, officersMax: 25 });
  });

  test('hold no hour, e-mail or opening year that no source gives', () => {
    expect(facts.permanences.filter(({ slot }) => 'hours' in slot)).toEqual([]);
    expect(facts.sectors.filter((sector) => 'email' in sector)).toEqual([]);
    expect(Object.keys(facts.station)).not.toEqual(expect.arrayContaining(['openingYear', 'address', 'hours']));
  });

  test('are frozen to the last leaf', () => {
    const permanence = facts.permanences[0] as { slot: { part?: string } };
    expect(() => {
      permanence.slot.part = 'morning';
    }).toThrow(TypeError);
    expect(Object.isFrozen(facts.helpNumbers[0]?.kinds)).toBe(true);
  });

  test.each([
    ['17', 'tel:17'],
    ['112', 'tel:112'],
    ['15', 'tel:15'],
    ['18', 'tel:18'],
    ['114', 'sms:114'],
    ['3919', 'tel:3919'],
    ['119', 'tel:119'],
    ['3114', 'tel:3114'],
    ['3018', 'tel:3018'],
    ['116006', 'tel:116006'],
    ['3133', 'tel:3133'],
  ])('%s is dialled by %s', (id, href) => {
    expect(facts.helpNumbers.find((number) => number.id === id)?.href).toBe(href);
  });

  // On purpose against the real date: this test turns red when nobody has checked the numbers for a year.
  test('help numbers were checked within the last 12 months', () => {
    const now = new Date();
    const today = now.toISOString().slice(0, 10);
    const yearAgo = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth(), now.getUTCDate()));
    const wrong = facts.helpNumbers
      .filter(({ checkedOn }) => checkedOn < yearAgo.toISOString().slice(0, 10) || checkedOn > today)
      .map(({ id, checkedOn }) => `${id} checked on ${checkedOn}`);
    expect(wrong).toEqual([]);
  });
});

describe('faulty data', () => {
  const root = mkdtempSync(join(tmpdir(), 'facts-'));
  const directory = join(root, 'corpus', 'fr');

  beforeEach(() => cpSync(corpus, directory, { recursive: true, filter: (path) => !path.includes('/intents') }));
  afterAll(() => rmSync(root, { recursive: true }));

  type Data = Record<string, unknown>;

  function change(file: string, edit: (data: Data & Data[]) => unknown): void {
    const path = join(directory, 'facts', file);
    const data = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(edit(data) ?? data));
  }

  function faults(overrides?: FactsOverrides): readonly string[] {
    try {
      loadFacts(pathToFileURL(directory), overrides);
      return [];
    } catch (error) {
      if (error instanceof ContentError) return error.faults;
      throw error;
    }
  }

  const first = (fields: Data) => (data: Data[]) => [{ ...data[0], ...fields }, ...data.slice(1)];
  const rule = (fields: Data) => first({ rule: { kind: 'weekly', weekday: 3, everyWeeks: 2, ...fields } });

  test('none in the copy to begin with', () => expect(faults()).toEqual([]));

  test.each<[string, string, (data: Data & Data[]) => unknown, string]>([
    ['an unknown field', 'town.json', (town) => ({ ...town, mayor: 'x' }), 'mayor'],
    ['a missing field', 'town.json', () => ({ city: 'Besançon' }), 'district'],
    ['an empty text', 'town.json', (town) => ({ ...town, city: ' ' }), 'city : texte vide'],
    ['a day that does not exist', 'places.json', first({ checkedOn: '2026-02-29' }), '0.checkedOn : jour réel'],
    ['an http link', 'places.json', first({ mapUrl: 'http://www.openstreetmap.org/' }), '0.mapUrl : adresse https'],
    ['a script link', 'services.json', first({ url: 'javascript:alert(1)' }), '0.url : adresse https'],
    ['a postcode of four digits', 'places.json', first({ postcode: '2500' }), '0.postcode : code postal'],
    [
      'a latitude without a longitude',
      'places.json',
      first({ latitude: 47.2 }),
      '0.longitude : latitude et longitude vont',
    ],
    [
      'a latitude that is none',
      'places.json',
      first({ latitude: 472, longitude: 5.9 }),
      '0.latitude : au plus 90 degrés',
    ],
    ['an unknown place', 'permanences.json', first({ placeId: 'ailleurs' }), '0.placeId : aucun lieu'],
    ['an anchor that is missing', 'permanences.json', rule({}), '0.rule.anchor : à indiquer'],
    [
      'an anchor on another weekday',
      'permanences.json',
      rule({ anchor: '2026-11-26' }),
      '0.rule.anchor : ne tombe pas',
    ],
    ['an anchor that is no day', 'permanences.json', rule({ anchor: '2026-13-01' }), '0.rule.anchor : jour réel'],
    ['weekday 0', 'permanences.json', rule({ weekday: 0, everyWeeks: 1 }), '0.rule.weekday : jour de la semaine'],
    [
      'a 5th weekday',
      'permanences.json',
      first({ rule: { kind: 'monthly', weekday: 4, nth: 5 } }),
      '0.rule.nth : rang',
    ],
    [
      'hours the wrong way round',
      'permanences.json',
      first({ slot: { hours: { from: '16:00', to: '14:00' } } }),
      '0.slot.hours.to',
    ],
    [
      '24:00',
      'permanences.json',
      first({ slot: { hours: { from: '14:00', to: '24:00' } } }),
      '0.slot.hours.to : heure attendue',
    ],
    [
      'a closure the wrong way round',
      'permanences.json',
      first({ closures: [{ from: '2026-08-02', to: '2026-08-01' }] }),
      '0.closures.0.to',
    ],
    [
      'a day added twice',
      'permanences.json',
      first({ additions: [{ date: '2026-08-01' }, { date: '2026-08-01' }] }),
      '0.additions : deux',
    ],
    ['two permanences of one name', 'permanences.json', (all) => [all[0], all[0]], 'deux éléments'],
    ['no permanence at all', 'permanences.json', () => [], 'au moins un élément'],
    [
      'min over max',
      'station.json',
      (station) => ({ ...station, officersMin: 30 }),
      'officersMax : doit être au moins',
    ],
    ['month 13', 'station.json', (station) => ({ ...station, openingMonth: 13 }), 'openingMonth'],
    ['an e-mail without @', 'sectors.json', first({ email: 'police.fr' }), '0.email : adresse e-mail'],
    ['a link that dials another number', 'help-numbers.json', first({ href: 'tel:18' }), '0.href : ne compose pas'],
    ['a display of another number', 'help-numbers.json', first({ display: '1 8' }), '0.display : ne montre pas'],
    ['a web link for a number', 'help-numbers.json', first({ href: 'https://x.fr/17' }), '0.href : lien attendu'],
    ['an unknown danger', 'help-numbers.json', first({ kinds: ['dragon'] }), '0.kinds.0'],
    ['no 17', 'help-numbers.json', (numbers) => numbers.slice(1), 'le 17 manque'],
  ])('%s is named with its file and place', (_, file, edit, expected) => {
    change(file, edit);
    expect(faults()).toEqual([expect.stringContaining(`corpus/fr/facts/${file} : `)]);
    expect(faults()[0]).toContain(expected);
  });

  test('the faults of every file are listed at once, in French', () => {
    change('town.json', () => ({ city: 12 }));
    change('station.json', (station) => ({ ...station, openingMonth: 0, officersMax: 1 }));
    writeFileSync(join(directory, 'facts', 'places.json'), '[{');
    rmSync(join(directory, 'facts', 'services.json'));
    const found = faults({ sectorEmails: { besancon: 'nobody' } });
    for (const part of [
      'town.json : city',
      'town.json : district',
      'openingMonth',
      'officersMax',
      'places.json : illisible',
      'services.json : illisible',
      'e-mail du secteur besancon',
    ]) {
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining(part)]));
    }
    expect(found.join('\n')).not.toMatch(/Invalid input|Too small|required/);
  });

  test('an e-mail set by the operator wins, and is never repeated when it is wrong', () => {
    change('sectors.json', first({ email: 'ancienne@exemple.fr' }));
    const facts = loadFacts(pathToFileURL(`${directory}/`), { sectorEmails: { besancon: 'nouvelle@exemple.fr' } });
    expect(facts.sectors.map(({ email }) => email)).toEqual(['nouvelle@exemple.fr', undefined, undefined]);
    expect(faults({ sectorEmails: { pontarlier: 'pas une adresse' } })).toEqual([
      'configuration : e-mail du secteur pontarlier : adresse e-mail attendue',
    ]);
  });

  test('an e-mail for a sector that the data does not hold is a fault', () => {
    change('sectors.json', (sectors) => sectors.slice(0, 1));
    expect(faults({ sectorEmails: { pontarlier: 'a@exemple.fr' } })).toEqual([expect.stringContaining('pontarlier')]);
  });
});
