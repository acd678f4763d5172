import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pseudonymOf } from '../../../src/inbox/pseudonym.js';
import { createSearch } from '../../../src/inbox/search.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

let world: InboxWorld;
beforeEach(async () => {
  world = await openInboxWorld();
});
afterEach(() => world.close());

const search = (text: string) => world.call('search', world.delegates.jean, { body: { text } });
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));

describe('finds', () => {
  test.each([
    ['VOISINE', 'ma voisine crie'],
    ['eleve', 'un ÉLÈVE de l’école'],
    ["l'ecole", 'devant l’école'],
    ['depot de plainte', 'un dépôt   de\nplainte'],
    ['06 12', 'rappelez au 06.12.34'],
    ['شكرا', 'شكرا'],
  ])('%s', async (looked, text) => {
    const { id } = await world.addConversation({ texts: ['bonjour', text, 'merci'] });
    const { matches, isPartial } = await search(looked);
    expect(matches).toEqual([{ card: expect.objectContaining({ id }), seq: 2, excerpt: text.replace(/\s+/g, ' ') }]);
    expect(isPartial).toBe(false);
  });

  test('the words around the match, on one line of visible characters', async () => {
    const text = `${'avant '.repeat(40)}\u202Eaiguille\u0000${' après'.repeat(40)}`;
    await world.addConversation({ texts: [text] });
    const excerpt = (await search('aiguille')).matches[0]?.excerpt ?? '';
    expect(excerpt).toMatch(/^…(avant )+aiguille( après)+ a…$/);
    expect(excerpt.length).toBeLessThanOrEqual(121);
  });

  test('a conversation by what delegates call it', async () => {
    const { id } = await world.addConversation({ texts: ['bonjour', 'merci'] });
    await world.addConversation({ texts: ['autre'] });
    for (const name of [pseudonymOf(id), pseudonymOf(id).toLowerCase(), `Résident ${pseudonymOf(id)}`]) {
      expect((await search(name)).matches).toMatchObject([{ card: { id }, seq: 2, excerpt: 'merci' }]);
    }
  });

  test('the newest match of each, the queue first, then the past, the newest first', async () => {
    await world.addConversation({ id: 'old', status: 'closed', texts: ['clé'], at: at(1) });
    await world.addConversation({ id: 'recent', status: 'closed', texts: ['clé'], at: at(2) });
    await world.addConversation({ id: 'waiting', texts: ['clé', 'clé encore', 'merci'], at: at(0) });
    await world.addConversation({ id: 'hidden', status: 'bot', texts: ['clé'], at: at(3) });
    const { matches, searched } = await search('clé');
    expect(matches.map(({ card, seq }) => [card.id, seq])).toEqual([
      ['waiting', 2],
      ['recent', 1],
      ['old', 1],
    ]);
    expect(searched).toBe(3);
  });
});

test('signs alone find nothing and look through nothing', async () => {
  await world.addConversation({ texts: ['?!'] });
  expect(await search('?!')).toEqual({ matches: [], searched: 0, isPartial: false });
});

test('is logged without its words', async () => {
  await world.addConversation({ texts: ['clé'] });
  await search('clé');
  expect(world.audit.events).toEqual([{ action: 'conversation.searched', actor: 'jean', details: { searched: 1 } }]);
});

describe('bounds', () => {
  async function addPast(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      await world.addConversation({ status: 'closed', texts: ['clé'], at: at(index % 60) });
    }
  }

  test('so many conversations, and it says that there are others', async () => {
    await addPast(120);
    const limited = createSearch({ ...world, store: world.stores.conversations, searchLimits: { conversations: 100 } });
    const result = await limited('absent');
    expect(result).toEqual({ matches: [], searched: 100, isPartial: true });
    const whole = createSearch({ ...world, store: world.stores.conversations, searchLimits: { conversations: 120 } });
    expect(await whole('absent')).toEqual({ matches: [], searched: 120, isPartial: false });
  });

  test('so many matches', async () => {
    await addPast(9);
    const limited = createSearch({ ...world, store: world.stores.conversations, searchLimits: { matches: 4 } });
    const { matches, isPartial } = await limited('clé');
    expect(matches).toHaveLength(4);
    expect(isPartial).toBe(true);
  });

  test('the last messages of a long conversation', async () => {
    await world.addConversation({ texts: ['clé', ...Array.from({ length: 30 }, () => 'rien')] });
    const limited = createSearch({ ...world, store: world.stores.conversations, searchLimits: { messages: 20 } });
    expect(await limited('clé')).toEqual({ matches: [], searched: 1, isPartial: true });
    expect((await limited('rien')).isPartial).toBe(false);
  });

  test('nothing is looked for before an erasure, and that is the whole of it', async () => {
    const { id } = await world.addConversation({ texts: Array.from({ length: 30 }, () => 'clé') });
    const { rev, status, desk, inboxList } = await world.view.find(id);
    const erased = { kind: 'erased', erasedMessages: 30 } as const;
    const messages = [{ seq: 31, externalId: 'out:31', author: 'system', at: at(1), content: erased }] as const;
    const change = { id, expectedRev: rev, status, desk, inboxList, dialogState: {}, messages, at: at(1) };
    await world.storage.conversations.commit({ ...change, erasesHistory: true });
    expect(await search('clé')).toEqual({ matches: [], searched: 1, isPartial: false });
    const limited = createSearch({ ...world, store: world.stores.conversations, searchLimits: { messages: 5 } });
    expect((await limited('clé')).isPartial).toBe(false);
  });

  test('a long conversation is read from its end, no further than the match', async () => {
    await world.addConversation({ texts: [...Array.from({ length: 350 }, () => 'rien'), 'clé', 'merci'] });
    world.reads.calls.length = 0;
    expect((await search('clé')).matches).toMatchObject([{ seq: 351 }]);
    expect(world.reads.calls.filter((call) => call === 'conversations.messagesAfter')).toHaveLength(2);
    world.reads.calls.length = 0;
    expect((await search('absent')).isPartial).toBe(false);
    expect(world.reads.calls.filter((call) => call === 'conversations.messagesAfter')).toHaveLength(4);
  });

  test('so long, letting others have their turn meanwhile', async () => {
    await addPast(60);
    let now = 0;
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const limited = createSearch({
      view: world.view,
      store: world.stores.conversations,
      clock() {
        now += 100;
        return new Date(now);
      },
      searchLimits: { milliseconds: 4000 },
    });
    const { searched, isPartial } = await limited('absent');
    isOver = true;
    expect(searched).toBeGreaterThan(30);
    expect(searched).toBeLessThan(45);
    expect(isPartial).toBe(true);
    expect(turns).toBeGreaterThan(30);
  });
});
