import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { createCalendar, loadCalendarTexts } from '../../../src/content/calendar.js';
import { loadDateWords } from '../../../src/content/load-date-words.js';
import { loadFacts } from '../../../src/content/load-facts.js';
import { calendarPath } from '../../../src/domain/calendar-paths.js';
import type { Facts } from '../../../src/domain/facts.js';
import { createSchedules } from '../../../src/domain/permanence-schedule.js';
import { createCalendarRouter } from '../../../src/http/calendar-routes.js';
import { buildFacts, buildPermanence, buildPlace } from '../../support/build-facts.js';
import { parseCalendar } from '../../support/parse-calendar.js';

const corpus = pathToFileURL(`${process.cwd()}/corpus/fr/`);
const texts = loadCalendarTexts(corpus);
const dateWords = loadDateWords(corpus);
const shipped = loadFacts(corpus);
const MONDAY = '2026-11-23T09:00:00Z';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

async function serve({ facts = shipped, now = MONDAY }: { facts?: Facts; now?: string } = {}) {
  const schedules = createSchedules(facts.permanences);
  const clock = { now: new Date(now) };
  const calendar = createCalendar({ facts, schedules, dateWords, texts });
  const server = createServer(express().use(createCalendarRouter({ calendar, texts, clock: () => clock.now })));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Not by fetch, which adds `Cache-Control: no-cache` to a conditional request.
  const statusIfChanged = (path: string, etag: string) =>
    new Promise((resolve, reject) => {
      request(origin + path, { headers: { 'If-None-Match': etag } }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
  return { get: (path: string) => fetch(origin + path), statusIfChanged, clock, schedules };
}

describe('GET /permanences.ics', () => {
  test('holds both permanences for 12 months, as the engine gives them, in order', async () => {
    const { get, schedules } = await serve();
    const { events } = parseCalendar(await (await get('/permanences.ics')).text());
    const expected = [...schedules].flatMap(([id, schedule]) =>
      schedule.between('2026-11-23', '2027-11-22').map(({ date }) => `${date} ${id}`),
    );
    const found = events.map(({ properties }) => {
      const [, id, date] =
        /^(\w+)-(\d{4}-\d\d-\d\d)@planoise\.besancon\.permanence$/.exec(properties.get('UID') ?? '') ?? [];
      expect(properties.get('DTSTART;VALUE=DATE')).toBe(date?.replaceAll('-', ''));
      return `${date} ${id}`;
    });
    // 52 Wednesdays without 14 July, 12 first Thursdays without Ascension.
    expect(found).toHaveLength(62);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(found.map((entry) => entry.slice(0, 10))).toEqual(found.map((entry) => entry.slice(0, 10)).toSorted());
  });

  test('says what is known and what is not, in French', async () => {
    const { get } = await serve();
    const calendar = parseCalendar(await (await get('/permanences.ics')).text());
    expect(calendar.properties.get('X-WR-CALNAME')).toBe('Permanences de police à Planoise');
    const [wednesday, , thursday] = calendar.events.map(({ properties }) => properties);
    expect(wednesday?.get('SUMMARY')).toBe("Permanence des délégués à la cohésion police-population (l'après-midi)");
    expect(wednesday?.get('LOCATION')).toBe('Maison de Services au Public, 7/9 rue Picasso, Planoise, Besançon');
    expect(wednesday?.get('DESCRIPTION')?.split('\n')).toEqual([
      "Les heures exactes ne sont pas confirmées : c'est l'après-midi.",
      'Information vérifiée le 1er novembre 2026.',
      'Plan : https://www.openstreetmap.org/search?query=7%20rue%20Picasso%2C%20Besan%C3%A7on',
      "Ce n'est pas un service d'urgence. En cas de danger : 17 ou 112, ou SMS au 114.",
    ]);
    expect(thursday?.get('SUMMARY')).toBe('Permanence des commissaires de police');
    expect(thursday?.get('DESCRIPTION')).toMatch(/^Les heures ne sont pas connues\. /);
  });

  test('is a calendar to subscribe to', async () => {
    const { get } = await serve();
    const response = await get('/permanences.ics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('inline; filename="permanences.ics"');
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    const { properties } = parseCalendar(await response.text());
    expect(properties.get('REFRESH-INTERVAL;VALUE=DURATION')).toBe('PT12H');
    expect(properties.get('X-PUBLISHED-TTL')).toBe('PT12H');
  });

  test('is the same all day long, so that caches hold, and another one the next day', async () => {
    const { get, statusIfChanged, clock } = await serve();
    const first = await get('/permanences.ics');
    const etag = first.headers.get('etag') ?? '';
    clock.now = new Date('2026-11-23T22:59:59Z');
    expect(await statusIfChanged('/permanences.ics', etag)).toBe(304);
    clock.now = new Date('2026-11-23T23:00:00Z');
    expect(await statusIfChanged('/permanences.ics', etag)).toBe(200);
  });

  test('exact hours are written as wall time, on both sides of a change of the clocks', async () => {
    const permanence = buildPermanence({ slot: { hours: { from: '14:00', to: '16:00' } } });
    const { get } = await serve({ facts: buildFacts({ permanences: [permanence] }), now: '2027-03-22T09:00:00Z' });
    const { events } = parseCalendar(await (await get('/permanences.ics')).text());
    expect(events.slice(0, 2).map(({ properties }) => properties.get('DTSTART;TZID=Europe/Paris'))).toEqual([
      '20270324T140000',
      '20270331T140000',
    ]);
    expect(events[0]?.properties.get('SUMMARY')).toBe('Permanence des délégués à la cohésion police-population');
    expect(events[0]?.properties.get('DESCRIPTION')).toMatch(/^Information vérifiée/);
  });
});

describe('GET /permanences/:id/:date.ics', () => {
  test('is the same event as in the subscription', async () => {
    const { get } = await serve();
    const feed = parseCalendar(await (await get('/permanences.ics')).text());
    const response = await get(calendarPath({ permanenceId: 'commissioners', date: '2026-12-03' }));
    const { events } = parseCalendar(await response.text());
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="permanence-2026-12-03.ics"');
    expect(events).toHaveLength(1);
    expect(feed.events).toContainEqual(events[0]);
  });

  test('shows the postcode when it is known', async () => {
    const { get } = await serve({ facts: buildFacts({ places: [buildPlace({ postcode: '25000' })] }) });
    const { events } = parseCalendar(await (await get('/permanences/delegates/2026-11-25.ics')).text());
    expect(events[0]?.properties.get('LOCATION')).toContain('Planoise, 25000 Besançon');
  });

  test.each([
    ['a Thursday', '/permanences/delegates/2026-11-26.ics', 404, 'no-permanence'],
    ['a public holiday', '/permanences/delegates/2026-11-11.ics', 404, 'no-permanence'],
    ['an unknown permanence', '/permanences/maire/2026-11-25.ics', 404, 'no-permanence'],
    ['a name of every object', '/permanences/__proto__/2026-11-25.ics', 404, 'no-permanence'],
    ['a day that does not exist', '/permanences/delegates/2026-02-30.ics', 400, 'invalid-date'],
    ['something else than a day', '/permanences/delegates/demain.ics', 400, 'invalid-date'],
    ['a path', '/permanences/delegates/..%2F..%2Fetc%2Fpasswd.ics', 400, 'invalid-date'],
    ['a null byte', '/permanences/delegates/2026-11-25%00.ics', 400, 'invalid-date'],
    ['a header', '/permanences/delegates/2026-11-25%0D%0AX:y.ics', 400, 'invalid-date'],
  ])('%s gets a problem that does not repeat it', async (_, path, status, code) => {
    const { get } = await serve();
    const response = await get(path);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    const problem = (await response.json()) as { status: number; code: string; detail: string };
    expect(problem).toMatchObject({ status, code });
    expect(Object.values(texts.problems)).toContain(problem.detail);
  });
});
