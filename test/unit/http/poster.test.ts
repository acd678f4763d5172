import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { loadCalendarTexts } from '../../../src/content/calendar.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadFacts } from '../../../src/content/load-facts.js';
import { type HttpServer, openHttpServer } from '../../../src/http/http-server.js';
import type { PosterSources } from '../../../src/http/poster.js';
import { createPosterRouter } from '../../../src/http/poster-routes.js';
import { securityHeaders } from '../../../src/http/security-headers.js';
import { buildFacts, buildPermanence, buildPlace } from '../../support/build-facts.js';
import { modulesOf, readQr } from '../../support/read-qr.js';

const ROOT = new URL('../../../', import.meta.url);
const CORPUS = new URL('corpus/fr/', ROOT);
const HELP_NUMBERS = loadFacts(CORPUS, { sectorEmails: {} }).helpNumbers;
const WHOLE: PosterSources = {
  facts: { ...buildFacts(), helpNumbers: HELP_NUMBERS },
  dates: loadDateWords(CORPUS),
  names: loadCalendarTexts(CORPUS).summaries,
  controller: 'Ville de <Besançon>',
  publicUrl: 'https://permanence.exemple.fr',
  telegram: { username: 'PermanencePlanoiseBot' },
  now: new Date('2026-11-23T09:00:00Z'),
};

let sources: PosterSources = WHOLE;
let server: HttpServer;

beforeAll(async () => {
  const webDir = new URL('src/web/pages/', ROOT);
  server = await openHttpServer({
    listener: express().use(securityHeaders(), createPosterRouter({ webDir, sources: () => sources })),
    onUpgrade: (_, socket) => socket.destroy(),
    onClientError: (_, socket) => socket.destroy(),
    port: 0,
    host: '127.0.0.1',
  });
});
afterAll(() => server.close());

interface Poster {
  readonly html: string;
  /** What is printed, without markup. */
  readonly printed: string;
  readonly operator: string;
  readonly codes: readonly string[];
  readonly headers: Headers;
}

async function posterOf(overrides: Partial<PosterSources> = {}): Promise<Poster> {
  sources = { ...WHOLE, ...overrides };
  const answer = await fetch(`http://127.0.0.1:${server.port}/affiche`);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  const [operator = '', printed = ''] = html.split('</aside>');
  const codes = Array.from(html.matchAll(/<svg class="qr"[\s\S]*?<\/svg>/g), ([svg]) => readQr(modulesOf(svg, 4)));
  return { html, printed: wordsOf(printed), operator: wordsOf(operator), codes, headers: answer.headers };
}

function wordsOf(html: string): string {
  return html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,])/g, '$1')
    .replace(/\u00a0/g, ' ');
}

describe('the poster', () => {
  test('leads to the bot and to the page, by codes and in words', async () => {
    const { codes, html, printed } = await posterOf();
    expect(codes).toEqual(['https://t.me/PermanencePlanoiseBot?start=affiche', 'https://permanence.exemple.fr/']);
    for (const address of codes) expect(html).toContain(`<title>Code à scanner : ${address}</title>`);
    expect(printed).toContain('ou ouvrez : t.me/PermanencePlanoiseBot');
    expect(printed).toContain('ou ouvrez : permanence.exemple.fr');
  });

  test('says when and where, from the facts as they are at each call', async () => {
    const { printed } = await posterOf();
    expect(printed).toContain(
      [
        'Maison de Services au Public, 7/9 rue Picasso, Planoise, Besançon',
        'Permanence des délégués à la cohésion police-population : tous les mercredis, l&#39;après-midi, sauf les jours fériés.',
        'Permanence des commissaires de police : le 1er jeudi du mois, sauf les jours fériés.',
        'Les heures exactes ne sont pas toutes confirmées.',
      ].join(' '),
    );
    expect(printed).toContain('Vérifié le 1er novembre 2026.');
    const moved = buildFacts({
      helpNumbers: HELP_NUMBERS,
      places: [buildPlace({ street: '1 rue Neuve', postcode: '25000', checkedOn: '2026-10-02' })],
      permanences: [
        buildPermanence({
          rule: { kind: 'weekly', weekday: 2, everyWeeks: 2, anchor: '2026-11-24' },
          slot: { hours: { from: '14:00', to: '16:30' } },
          onPublicHolidays: 'open',
        }),
      ],
    });
    const later = (await posterOf({ facts: moved })).printed;
    expect(later).toContain('Maison de Services au Public, 1 rue Neuve, Planoise, 25000 Besançon');
    expect(later).toContain('un mardi sur deux, de 14 h à 16 h 30.');
    expect(later).toContain('Vérifié le 2 octobre 2026.');
    expect(later).not.toMatch(/fériés|heures exactes|commissaires/);
  });

  test('says what it is not, and whom to call', async () => {
    const { printed } = await posterOf();
    for (const words of [
      'C’est un robot.',
      'Un signalement n’est pas une plainte.',
      'C’est confidentiel',
      'La loi oblige à transmettre certains faits graves au procureur.',
      'En danger ? N’écrivez pas ici : appelez.',
      '17 Police secours',
      '112 Numéro d&#39;urgence européen',
      '114 par SMS, si vous ne pouvez pas parler',
      'L’assistant n’est pas un service d’urgence : il ne prévient personne.',
      'Telegram voit ce que vous y écrivez. Pour un signalement, préférez la page internet.',
      'Responsable : Ville de &#60;Besançon&#62;. Vos données : permanence.exemple.fr/confidentialite. Affiche du 23 novembre 2026.',
    ]) {
      expect(printed).toContain(words);
    }
  });

  test.each<[string, Partial<PosterSources>, string, readonly string[]]>([
    ['no bot', { telegram: undefined }, 'crée un robot auprès de @BotFather', ['https://permanence.exemple.fr/']],
    [
      'a bot whose name is not known yet',
      { telegram: {} },
      'Telegram n’a pas encore donné le nom du robot',
      ['https://permanence.exemple.fr/'],
    ],
    [
      'no address',
      { publicUrl: undefined },
      'lui donne son adresse publique (PUBLIC_URL)',
      ['https://t.me/PermanencePlanoiseBot?start=affiche'],
    ],
    [
      'an address that phones do not reach',
      { publicUrl: 'http://localhost:3978' },
      '(PUBLIC_URL) doit commencer par https://',
      ['https://t.me/PermanencePlanoiseBot?start=affiche'],
    ],
    ['neither', { telegram: undefined, publicUrl: undefined }, 'ne l’imprimez pas encore', []],
  ])('with %s it tells the operator, and prints what it has', async (_, overrides, remedy, left) => {
    const { operator, printed, codes } = await posterOf(overrides);
    expect(operator).toContain(remedy);
    expect(codes).toEqual(left);
    expect(printed).not.toMatch(/PUBLIC_URL|TELEGRAM_TOKEN|BotFather|undefined|\{\{/);
    if (overrides.telegram === undefined && 'telegram' in overrides) expect(printed).not.toContain('Telegram');
    if ('publicUrl' in overrides) expect(printed).not.toContain('page internet');
  });

  test('with all it needs, it asks nothing of the operator but to try it', async () => {
    const { operator } = await posterOf();
    expect(operator).not.toMatch(/manque|ne l’imprimez pas/);
    expect(operator).toContain('Essayez les codes');
  });

  test('has a strict policy, nothing inline, and nothing of others', async () => {
    const { html, headers } = await posterOf();
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script|\ssrc=/);
    expect(Array.from(html.matchAll(/<link[^>]*href="([^"]+)"/g), ([, href]) => href)).toEqual([
      'icon.svg',
      'affiche.css',
    ]);
  });

  test('is black on white', () => {
    const css = readFileSync(new URL('src/web/pages/affiche.css', ROOT), 'utf8');
    const colours = Array.from(css.matchAll(/#[0-9a-f]{3,8}|rgba?\([^)]*\)|opacity/gi), ([colour]) => colour);
    expect(new Set(colours)).toEqual(new Set(['#000', '#fff']));
  });
});
