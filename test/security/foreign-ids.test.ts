import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChatClient } from '../support/chat-client.js';
import type { InboxAnswer, InboxBrowser } from '../support/inbox-browser.js';
import { callOf, makeCall, OPERATION_NAMES, type Targets } from '../support/security-calls.js';
import { makeTargets, openHidden, openWaiting } from '../support/security-conversations.js';
import { expectOk, openTeam, type Team } from '../support/security-people.js';
import { openSite, type Site } from '../support/security-site.js';
import { openEvents } from '../support/security-streams.js';

const OF_CONVERSATIONS = OPERATION_NAMES.filter((name) =>
  callOf(name, { ...({} as Targets), conversation: 'marque' }).path.startsWith('/conversations/marque'),
);
const SECRET = 'Le chien du numéro quatorze';

let site: Site;
let team: Team;
let targets: Targets;
let hidden: ChatClient;
let removed: ChatClient;
let delegate: InboxBrowser;
beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
  targets = await makeTargets(site, team.coordinator, team.colleague);
  hidden = await openHidden(site, SECRET);
  removed = await openWaiting(site, SECRET);
  await fetch(`${site.url}/api/widget/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${removed.token}` },
  });
  delegate = team.delegate.browser;
});
afterAll(() => site.close());

describe('a conversation that never asked for a person', () => {
  const seen = ({ status, headers, body }: InboxAnswer) => {
    const { date: _date, ...rest } = Object.fromEntries(headers);
    return { status, body, headers: rest };
  };

  test('is answered like one that does not exist, by every operation', async () => {
    expect(OF_CONVERSATIONS.length).toBeGreaterThan(18);
    const unknown = randomBytes(16).toString('base64url');
    for (const name of OF_CONVERSATIONS) {
      const answerTo = async (conversation: string) =>
        seen(await makeCall(delegate, callOf(name, { ...targets, conversation })));
      const expected = await answerTo(unknown);
      expect({ name, status: expected.status }).toEqual({ name, status: 404 });
      for (const { conversationId } of [hidden, removed])
        expect({ name, answer: await answerTo(conversationId) }).toEqual({ name, answer: expected });
    }
  });

  test('stays as it was', async () => {
    const activities = await hidden.transcript();
    expect(activities.filter(({ channelData }) => channelData?.author === 'delegate')).toEqual([]);
    expect(activities.filter(({ type }) => type === 'event')).toEqual([]);
    await hidden.send('Bonjour');
    const last = (await hidden.transcript()).at(-1);
    expect(last?.channelData?.author).toBe('bot');
  });

  test('is told like one that does not exist, by the event stream', async () => {
    const browser = await team.delegate.another();
    const toldOf = async (conversation: string) => {
      const events = await openEvents(site.port, browser, `?conversation=${conversation}&after=0`);
      await events.until(/event: ?card-gone/);
      await hidden.send('Encore un message');
      await openWaiting(site);
      // The new card comes after whatever the other conversation could have brought.
      await events.until(/event: ?card\n/);
      const text = events.text().replaceAll(conversation, 'ID');
      events.leave();
      return {
        names: [...new Set(events.names())].sort(),
        isTelling: text.includes(SECRET) || text.includes('Encore'),
      };
    };
    const expected = await toldOf(randomBytes(16).toString('base64url'));
    expect(expected.isTelling).toBe(false);
    expect(await toldOf(hidden.conversationId)).toEqual(expected);
  });

  test('is in no list, no search, no figure and no line of the log', async () => {
    const browser = await team.coordinator.another();
    const answers = [
      await browser.call('GET', '/conversations/past'),
      await browser.call('POST', '/search', { body: { text: 'chien' } }),
      await browser.call('GET', '/weekly'),
      await browser.call('GET', '/audit'),
    ];
    const text = JSON.stringify(answers.map((answer) => expectOk(answer)));
    for (const { conversationId } of [hidden, removed]) expect(text).not.toContain(conversationId);
    expect(text).not.toContain('chien');
  });

  test('takes nothing of a real one’s call-back', async () => {
    const path = `/conversations/${hidden.conversationId}/callbacks/${targets.callback}`;
    expect(await delegate.call('PUT', path, { body: { isDone: true } })).toMatchObject({ status: 404 });
    const other = await openWaiting(site);
    const crossed = `/conversations/${other.conversationId}/callbacks/${targets.callback}`;
    expect(await delegate.call('PUT', crossed, { body: { isDone: true } })).toMatchObject({ status: 404 });
    const { detail } = expectOk<{ detail: { callbacks: object[] } }>(
      await delegate.call('GET', `/conversations/${targets.conversation}`),
    );
    expect(detail.callbacks[0]).not.toHaveProperty('doneAt');
  });
});

describe('what is another account’s', () => {
  test('a session is neither listed nor ended', async () => {
    const browser = await team.delegate.another();
    const { sessions } = expectOk<{ sessions: { id: string }[] }>(await browser.call('GET', '/sessions'));
    expect(sessions.map(({ id }) => id)).not.toContain(targets.session);
    const foreign = await browser.call('DELETE', `/sessions/${targets.session}`);
    const unknown = await browser.call('DELETE', `/sessions/${randomBytes(32).toString('base64url')}`);
    expect(foreign).toMatchObject({ status: 404, body: unknown.body });
    expect((await team.colleague.browser.call('GET', '/session')).status).toBe(200);
  });

  test('a device is neither listed nor silenced', async () => {
    const path = `/alarm/subscriptions/${targets.subscription}`;
    expect(JSON.stringify((await delegate.call('GET', '/alarm')).body)).not.toContain(targets.subscription);
    expect(await delegate.call('DELETE', path)).toMatchObject({ status: 404, code: 'NotFound' });
    expect(JSON.stringify((await team.colleague.browser.call('GET', '/alarm')).body)).toContain(targets.subscription);
  });

  test('an invitation is not withdrawn by a delegate, and its id opens nothing', async () => {
    expect(await delegate.call('DELETE', `/invitations/${targets.invitation}`)).toMatchObject({ code: 'NotAllowed' });
    const read = await delegate.call('POST', '/invitations/read', { body: { token: targets.invitation } });
    expect(read).toMatchObject({ status: 404, code: 'InvalidLink' });
  });

  test('a draft and a place in the reading are one’s own', async () => {
    const path = `/conversations/${targets.conversation}`;
    const { colleague } = team;
    await colleague.browser.call('PUT', `${path}/draft`, { body: { text: 'brouillon de Paul' } });
    await colleague.browser.call('PUT', `${path}/read`, { body: { seq: 3 } });
    const opened = await delegate.call('GET', path);
    expect(opened.body).not.toHaveProperty('draft');
    expect(JSON.stringify(opened.body)).not.toContain('brouillon de Paul');
    await delegate.call('PUT', `${path}/draft`, { body: { text: 'le mien' } });
    expect((await colleague.browser.call('GET', path)).body).toMatchObject({ draft: 'brouillon de Paul' });
  });

  test('a note’s id cannot be used to change it, nor to learn of it', async () => {
    const id = randomUUID();
    const path = `/conversations/${targets.conversation}/notes`;
    expectOk(await team.colleague.browser.call('POST', path, { body: { id, text: 'note de Paul' } }));
    const other = await openWaiting(site);
    for (const place of [path, `/conversations/${other.conversationId}/notes`]) {
      const answer = await delegate.call('POST', place, { body: { id, text: 'note de Jean' } });
      expect(answer).toMatchObject({ status: 400, code: 'InvalidBody' });
    }
    const { detail } = expectOk<{ detail: { notes: { text: string }[] } }>(
      await delegate.call('GET', `/conversations/${targets.conversation}`),
    );
    expect(detail.notes.map(({ text }) => text)).toEqual(['note de Paul']);
  });

  test('a conversation that a colleague holds is not given back, closed, put aside nor passed on', async () => {
    const chat = await openWaiting(site);
    const path = `/conversations/${chat.conversationId}`;
    expectOk(await team.colleague.browser.call('POST', `${path}/take`));
    const calls: [string, object | undefined][] = [
      ['give-back', undefined],
      ['close', undefined],
      ['transfer', {}],
      ['take', undefined],
      ['reopen', undefined],
      ['snooze', { until: site.now().getTime() + 60_000 }],
    ];
    for (const [action, body] of calls) {
      const answer = await delegate.call('POST', `${path}/${action}`, { ...(body && { body }) });
      expect({ action, status: answer.status }).toEqual({ action, status: 409 });
    }
    const { detail } = expectOk<{ detail: { card: object } }>(await delegate.call('GET', path));
    expect(detail.card).toMatchObject({ status: 'assigned', holder: { id: team.colleague.id } });
  });
});

describe('a resident with another’s id', () => {
  test('reads nothing, writes nothing, erases nothing', async () => {
    const other = await openWaiting(site, 'Je suis la victime');
    const intruder = await openHidden(site);
    const headers = { authorization: `Bearer ${intruder.token}`, 'content-type': 'application/json' };
    const base = `${site.url}/v3/directline/conversations/${other.conversationId}`;
    for (const [method, url] of [
      ['GET', base],
      ['GET', `${base}/activities`],
      ['POST', `${base}/activities`],
      ['POST', `${base}/upload`],
    ] as const) {
      const answer = await fetch(url, {
        method,
        headers,
        ...(method === 'POST' && { body: '{"type":"message","text":"x"}' }),
      });
      expect({ url, status: answer.status }).toEqual({ url, status: 403 });
      expect(await answer.text()).not.toContain('victime');
    }
    await fetch(`${site.url}/api/widget/session`, { method: 'DELETE', headers });
    expect((await other.transcript()).length).toBeGreaterThan(0);
  });
});
