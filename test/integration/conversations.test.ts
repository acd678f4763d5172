import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { type Desk, openDesk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe('the whole server', () => {
  test('the same message sent twenty times at once gives one answer', async () => {
    const chat = await openChat(desk.url);
    const before = (await chat.transcript()).length;
    const posts = await Promise.all(Array.from({ length: 20 }, () => chat.post('où est la permanence ?', 'même')));
    expect(new Set(posts.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(posts.map(({ id }) => id)).size).toBe(1);
    const added = (await chat.transcript()).slice(before);
    expect(added.filter(({ channelData }) => channelData?.author === 'resident')).toHaveLength(1);
    expect(added.filter(({ text }) => text?.includes('Picasso'))).toHaveLength(1);
  });

  test('fifty conversations at once stay separate', async () => {
    const chats = await Promise.all(Array.from({ length: 50 }, () => openChat(desk.url)));
    expect(new Set(chats.map(({ conversationId }) => conversationId)).size).toBe(50);
    const questions = [
      "c'est ouvert demain ?",
      'où est la permanence ?',
      'pour Pontarlier, quel e-mail ?',
      'bonjour',
      'qui êtes-vous ?',
    ];
    await Promise.all(
      chats.flatMap((chat, index) =>
        questions.map((question, turn) => chat.send(`${question} (${index})`, `${index}-${turn}`)),
      ),
    );
    for (const [index, chat] of chats.entries()) {
      const transcript = await chat.transcript();
      const mine = transcript.filter(({ channelData }) => channelData?.author === 'resident');
      expect(mine).toHaveLength(questions.length);
      expect(mine.every(({ text }) => text?.endsWith(`(${index})`))).toBe(true);
      for (const message of mine) expect(transcript.some(({ replyToId }) => replyToId === message.id)).toBe(true);
    }
  });

  test('one conversation’s token opens no other', async () => {
    const [mine, other] = await Promise.all([openChat(desk.url), openChat(desk.url)]);
    const response = await fetch(`${desk.url}/v3/directline/conversations/${other.conversationId}/activities`, {
      headers: { authorization: `Bearer ${mine.token}` },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ status: 403, code: expect.any(String), detail: expect.any(String) });
  });
});

describe('a resident who asks', () => {
  test.each([
    ['c ouvert demain ?', /^Oui/],
    ["c'est quand la prochaine permanence ?", /mercredi 25 novembre/],
    ['où se trouve la permanence ?', /7\/9 rue Picasso/],
    ['le nouveau commissariat, il ouvre quand ?', /juillet/],
    ['est-ce que je parle à un robot ?', /robot/],
    ['mon mari me frappe là maintenant, au secours', /17/],
  ])('« %s »', async (question, expected) => {
    const chat = await openChat(desk.url);
    expect((await chat.ask(question)).join('\n')).toMatch(expected);
  });

  test('for the deletion of what was said gets it at once after one confirmation', async () => {
    const chat = await openChat(desk.url);
    await chat.ask('mon secret est canari');
    await chat.ask('effacez toutes mes données');
    const answer = (await chat.ask('oui')).join('\n');
    expect(answer).toMatch(/effac/);
    const transcript = await chat.transcript();
    expect(JSON.stringify(transcript)).not.toContain('canari');
    expect(transcript[0]).toMatchObject({ type: 'event', name: 'conversation.erased' });
  });
});
