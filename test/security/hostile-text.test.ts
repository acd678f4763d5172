import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { autolink } from '../../src/web/shared/autolink.js';
import type { ChatClient } from '../support/chat-client.js';
import type { InboxAnswer, InboxBrowser } from '../support/inbox-browser.js';
import { parseCalendar } from '../support/parse-calendar.js';
import { openWaiting } from '../support/security-conversations.js';
import { editedFacts } from '../support/security-day.js';
import { enrolMember, expectOk, inviteBy, openTeam, type Team } from '../support/security-people.js';
import { send } from '../support/security-raw.js';
import { openSite, type Site } from '../support/security-site.js';
import { cut, HOSTILE, HOSTILE_CONTROLS } from '../support/security-words.js';

const ALL = [...HOSTILE, ...HOSTILE_CONTROLS];

let site: Site;
let team: Team;
let chat: ChatClient;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
  chat = await openWaiting(site);
});
afterAll(() => site.close());

interface Opened {
  readonly detail: {
    readonly block?: { readonly reason: string };
    readonly notes: readonly { readonly id: string; readonly text: string }[];
    readonly card: { readonly labels: readonly string[]; readonly last?: { readonly excerpt: string } };
  };
  readonly messages: readonly { readonly seq: number; readonly text: string }[];
  readonly draft?: string;
}

/** A text field: the longest that it takes, how it is written, and how it is read back. */
interface Field {
  readonly max: number;
  readonly write: (browser: InboxBrowser, text: string) => Promise<InboxAnswer>;
  readonly read: (browser: InboxBrowser, text: string) => Promise<unknown>;
}

const here = (path = '') => `/conversations/${chat.conversationId}${path}`;
const opened = async (browser: InboxBrowser) => expectOk<Opened>(await browser.call('GET', here()));

const FIELDS: Readonly<Record<string, Field>> = {
  'a reply': {
    max: 4000,
    write: (browser, text) =>
      browser.call('POST', here('/reply'), { body: { clientId: randomUUID(), text, seenSeq: 1_000_000 } }),
    read: async (browser) => (await opened(browser)).messages.at(-1)?.text,
  },
  'a note': {
    max: 2000,
    write: (browser, text) => browser.call('POST', here('/notes'), { body: { id: randomUUID(), text } }),
    read: async (browser, text) => (await opened(browser)).detail.notes.find((note) => note.text === text)?.text,
  },
  'a label': {
    max: 40,
    write: (browser, text) => browser.call('PUT', here('/labels'), { body: { labels: [text] } }),
    read: async (browser) => (await opened(browser)).detail.card.labels[0],
  },
  'a draft': {
    max: 4000,
    write: (browser, text) => browser.call('PUT', here('/draft'), { body: { text } }),
    read: async (browser) => (await opened(browser)).draft,
  },
  'the reason of a block': {
    max: 300,
    write: (browser, text) => browser.call('POST', here('/block'), { body: { reason: text } }),
    async read(browser) {
      const { detail } = await opened(browser);
      await browser.call('POST', here('/unblock'));
      return detail.block?.reason;
    },
  },
  'a display name': {
    max: 60,
    write: (browser, text) => browser.call('PATCH', '/profile', { body: { displayName: text } }),
    read: async (browser) =>
      expectOk<{ account: { displayName: string } }>(await browser.call('GET', '/session')).account.displayName,
  },
  'the name of an invitation': {
    max: 60,
    write: (browser, text) => browser.call('POST', '/invitations', { body: { displayName: text, role: 'delegate' } }),
    read: async (browser, text) =>
      expectOk<{ invitations: { displayName: string }[] }>(await browser.call('GET', '/accounts')).invitations.find(
        ({ displayName }) => displayName === text,
      )?.displayName,
  },
  'the reason of a closing': {
    max: 100,
    async write(browser, reason) {
      const { hours, rev } = (await browser.call('GET', '/opening-hours')).body as { hours: object; rev?: number };
      const exceptions = [{ from: '2030-01-07', to: '2030-01-07', slots: [], reason }];
      return browser.call('PUT', '/opening-hours', {
        body: { hours: { ...hours, exceptions }, ...(rev !== undefined && { rev }) },
      });
    },
    read: async (browser) =>
      expectOk<{ hours: { exceptions: { reason: string }[] } }>(await browser.call('GET', '/opening-hours')).hours
        .exceptions[0]?.reason,
  },
  'a fact': {
    max: 300,
    async write(browser, factsText) {
      const { facts, version } = (await browser.call('GET', '/facts')).body as { facts: never; version: number };
      const edited = editedFacts(facts, { factsText, factsEmail: 'secteur@exemple.fr' });
      return browser.call('PUT', '/facts', { body: { facts: edited, version } });
    },
    read: async (browser) =>
      expectOk<{ facts: { station: { address: string } } }>(await browser.call('GET', '/facts')).facts.station.address,
  },
};

describe('every field that people type into', () => {
  test.each(Object.entries(FIELDS))('%s keeps hostile texts as they are, or refuses them', async (_name, field) => {
    const browser = await team.coordinator.another();
    await browser.call('POST', here('/reopen'));
    let kept = 0;
    for (const hostile of ALL) {
      const text = cut(hostile, field.max);
      const { status, code, headers } = await field.write(browser, text);
      expect([200, 400]).toContain(status);
      // Refused for what it holds, and never for a fault.
      if (status === 400) expect(['InvalidBody', 'InvalidFacts']).toContain(code);
      expect(headers.getSetCookie()).toEqual([]);
      if (status !== 200) continue;
      kept += 1;
      expect(await field.read(browser, text)).toBe(text);
    }
    expect(kept).toBeGreaterThanOrEqual(HOSTILE.length);
  });

  test.each(['a reply', 'a note', 'a label', 'the reason of a block', 'a display name', 'the name of an invitation'])(
    '%s is never a text that would end a line of a terminal or hide a part of itself',
    async (name) => {
      const browser = await team.coordinator.another();
      for (const text of ['un\u0000deux', '\u001b[2Jx', 'un\u0007deux', 'x\u0008y', 'half \ud800 x']) {
        const field = FIELDS[name] as Field;
        expect((await field.write(browser, text)).status).toBe(400);
      }
    },
  );

  test('the resident’s message: kept as it is, for both sides', async () => {
    const resident = await openWaiting(site);
    const written: string[] = [];
    for (const hostile of ALL) {
      const { status } = await resident.post(hostile, randomUUID());
      expect([200, 400]).toContain(status);
      if (status === 200) written.push(hostile.trim().toWellFormed());
    }
    expect(written.length).toBeGreaterThanOrEqual(HOSTILE.length);
    const browser = await team.delegate.another();
    const path = `/conversations/${resident.conversationId}`;
    const { messages } = expectOk<Opened>(await browser.call('GET', path));
    const earlier = expectOk<Opened>(await browser.call('GET', `${path}/messages?before=${messages[0]?.seq}`));
    const seen = new Set([...earlier.messages, ...messages].map(({ text }) => text));
    const shown = new Set((await resident.transcript()).map(({ text }) => text));
    for (const text of written) expect([text, seen.has(text), shown.has(text)]).toEqual([text, true, true]);
  });

  test('a login: letters, digits, points and no more', async () => {
    const { browser } = team.coordinator;
    for (const login of [
      ...ALL.map((text) => cut(text, 60)),
      'a b',
      'a/b',
      'a:b',
      'a\tb',
      'ab\u200bc',
      'a,b',
      'ab\n',
    ]) {
      const { status } = await browser.call('POST', '/session/parameters', { body: { login } });
      const isPlain = /^[\p{L}\p{N}._@-]{3,60}$/u.test(login.trim());
      expect({ login, isAccepted: status === 200 }).toEqual({ login, isAccepted: isPlain });
    }
  });

  test('a search: found as text, whatever it looks like', async () => {
    const resident = await openWaiting(site);
    await resident.send('Un mot (avec) [des] signes.* et $& \\d+');
    const browser = await team.delegate.another();
    for (const text of [
      '(avec) [des]',
      'signes.*',
      '.*',
      '$&',
      '\\',
      '(',
      '[a',
      '(a+)+$',
      ...HOSTILE.map((one) => cut(one, 100)),
    ]) {
      expect((await browser.call('POST', '/search', { body: { text } })).status).toBe(200);
    }
    const found = await browser.call('POST', '/search', { body: { text: 'avec des signes' } });
    expect(JSON.stringify(found.body)).toContain(resident.conversationId);
  });
});

describe('what is made of hostile texts', () => {
  test('a transcript: no line of it is anybody’s but the server’s, save those that are set in', async () => {
    const forged = ['9 h 05  Délégué anne', '--- lundi 23 novembre 2026 ---', 'Copie faite le lundi'];
    const resident = await openWaiting(site, `Bonjour\n\n${forged.join('\n')}`);
    for (const text of [
      ...HOSTILE_CONTROLS,
      ...forged.map((line) => `x\u2028${line}\u0085${line}\v${line}\f${line}\r${line}`),
    ])
      await resident.post(text, randomUUID());
    const browser = await team.delegate.another();
    await browser.call('PATCH', '/profile', { body: { displayName: 'Jean \u202E\u2028\u0085--- lundi' } });
    const { headers, body } = await browser.call('GET', `/conversations/${resident.conversationId}/transcript`);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    const lines = String(body.text).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
    const ours =
      /^(\uFEFF?Conversation avec Résident [0-9A-Z]{4}|Reçue par : site web|Copie faite le .*|Heures de Paris\. .*|--- \p{L}+ .* ---|\d{1,2} h \d\d {2}(Résident|Assistant \(robot\)|Message automatique)|)$/u;
    for (const line of lines) if (!line.startsWith('    ')) expect(line).toMatch(ours);
    expect(lines.filter((line) => line.startsWith('Copie faite'))).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
    expect(lines.filter((line) => line.includes('Délégué anne')).every((line) => line.startsWith('    '))).toBe(true);
    await browser.call('PATCH', '/profile', { body: { displayName: 'jean' } });
  });

  test('a table of figures: no cell is a formula', async () => {
    const browser = await team.coordinator.another();
    const { headers, body } = await browser.call('GET', '/weekly.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="permanence-\d{4}-W\d\d\.csv"$/);
    const cells = String(body.text)
      .replace(/^\uFEFF/, '')
      .split(/\r\n|;/);
    expect(cells.length).toBeGreaterThan(50);
    for (const cell of cells) expect(cell).not.toMatch(/^["\s]*[=+\-@|%\t\r]/);
    expect(body.text).not.toMatch(/mechant|piege|calc/);
  });

  test('a calendar: one line for each thing, and none that a fact brought in', async () => {
    const browser = await team.coordinator.another();
    const { facts, version } = (await browser.call('GET', '/facts')).body as { facts: never; version: number };
    const factsText = 'x\r\nBEGIN:VEVENT\r\nSUMMARY:faux\r\nEND:VEVENT\r\nX-Y:;,\\';
    const edited = editedFacts(facts, { factsText, factsEmail: 'secteur@exemple.fr' });
    expect((await browser.call('PUT', '/facts', { body: { facts: edited, version } })).status).toBe(200);
    const { text } = await send(site.port, { path: '/permanences.ics' });
    expect(text).not.toMatch(/^(SUMMARY:faux|X-Y)/m);
    expect(text.match(/^BEGIN:VEVENT/gm)?.length).toBe(text.match(/^UID:/gm)?.length);
    expect(() => parseCalendar(text)).not.toThrow();
  });

  test('an answer of the assistant: text with the facts in it, and no link but ours', async () => {
    const browser = await team.coordinator.another();
    const { facts, version } = (await browser.call('GET', '/facts')).body as { facts: never; version: number };
    const edited = editedFacts(facts, {
      factsText: '[x](javascript:window.piege=1)<b>',
      factsEmail: 'secteur@exemple.fr',
    });
    expect((await browser.call('PUT', '/facts', { body: { facts: edited, version } })).status).toBe(200);
    const resident = await openWaiting(site);
    await resident.send('Le nouveau commissariat');
    await resident.send('L’adresse e-mail de la police');
    const activities = await resident.transcript();
    expect(JSON.stringify(activities)).not.toMatch(/"(url|value)":"(javascript|data|vbscript):/i);
    expect(
      activities.every(
        ({ type, ...rest }) => type !== 'message' || (rest as { textFormat?: string }).textFormat === 'plain',
      ),
    ).toBe(true);
  });

  test('a line of the log: nothing in it turns the rest of the line round', async () => {
    const browser = await team.coordinator.another();
    await browser.call('POST', '/invitations', { body: { displayName: 'Paul\u202E .euqolb', role: 'delegate' } });
    await browser.call('PATCH', '/profile', { body: { displayName: 'anne\u202E .euqolb' } });
    const { entries } = expectOk<{ entries: { text: string; action: string }[] }>(await browser.call('GET', '/audit'));
    await browser.call('PATCH', '/profile', { body: { displayName: 'anne' } });
    expect(entries.length).toBeGreaterThan(10);
    const turned = entries.filter(({ text }) => /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text));
    expect(turned.map(({ action }) => action)).toEqual([]);
  });

  test('the name of a delegate who takes and answers: as it is, whatever words it is put into', async () => {
    const member = await enrolMember(site, 'accolades', await inviteBy(team.coordinator.browser, 'x'));
    for (const displayName of ['{17} {112}', '{name}', '$& $1 $`', '\\u0041 %s', '{{x}}', '<b>x</b>']) {
      expectOk(await member.browser.call('PATCH', '/profile', { body: { displayName } }));
      const resident = await openWaiting(site);
      const path = `/conversations/${resident.conversationId}`;
      expectOk(await member.browser.call('POST', `${path}/take`));
      const body = { clientId: randomUUID(), text: 'Bonjour', seenSeq: 1_000_000 };
      expectOk(await member.browser.call('POST', `${path}/reply`, { body }));
      const said = (await resident.transcript()).find(({ text }) => text === 'Bonjour');
      expect(said?.from.name).toBe(`${displayName}, délégué`);
      expect(
        (await resident.transcript()).every(({ text = '' }) => !/\{\w+\}/.test(text.replace(displayName, ''))),
      ).toBe(true);
    }
  });
});

describe('texts made to take long', () => {
  const ordinary =
    'Appelez le 17 ou le 112, ou écrivez à police@exemple.fr : https://exemple.fr. Le 3 mai à 14 h, 12 rue. ';
  /** Each makes some careless pattern try again at every letter. */
  const slow = ['a', '0', 'a.', 'a@', '+33', '06 ', '1/1/', "l'", '((', 'e\u0301', 'x\n', '👩‍', 'sms', 'appelez '].map(
    (seed) => `${seed.repeat(4000).slice(0, 2990)}.${' 17'.repeat(330)}`.toWellFormed(),
  );
  const full = ordinary.repeat(40).slice(0, 3980);

  test('cost the server no more than others of their length', async () => {
    const resident = await openWaiting(site);
    const time = async (text: string): Promise<number> => {
      const start = performance.now();
      await resident.post(text, randomUUID());
      return performance.now() - start;
    };
    await time(full);
    const usual = Math.max(await time(full), await time(full), await time(full));
    for (const text of slow) {
      const taken = Math.min(await time(text), await time(text));
      expect({ text: text.slice(0, 10), isSlow: taken > 20 * usual }).toEqual({
        text: text.slice(0, 10),
        isSlow: false,
      });
    }
  });

  test('cost the page of a delegate no more than others of their length', () => {
    const time = (text: string): number => {
      const start = performance.now();
      autolink(text);
      return performance.now() - start;
    };
    time(full);
    const usual = Math.max(time(full), time(full), time(full));
    const tooSlow = slow
      .filter((text) => Math.min(time(text), time(text)) > 20 * usual)
      .map((text) => text.slice(0, 10));
    expect(tooSlow).toEqual([]);
  });
});
