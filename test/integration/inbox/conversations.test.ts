import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DeskAction } from '../../../src/domain/desk-actions.js';
import type { CallbackRequest } from '../../../src/domain/desk-state.js';
import { type CallParts, type InboxWorld, openInboxWorld, SECRET } from '../../support/inbox-world.js';

let world: InboxWorld;
beforeEach(async () => {
  world = await openInboxWorld();
});
afterEach(() => world.close());

const NOW = Date.parse('2026-11-23T09:00:00Z');
const CALLBACK: CallbackRequest = {
  id: 'c1',
  firstName: 'Amel',
  phone: '+33612345678',
  moment: { part: 'morning' },
  requestedAt: 1,
};

describe('opening a conversation', () => {
  test('gives the last fifty messages, whether there are earlier ones, and the earlier ones on demand', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation({ texts: Array.from({ length: 120 }, (_, index) => `n° ${index + 1}`) });

    const opened = await world.call('openConversation', jean, { id });
    expect(opened.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 71));
    expect(opened).toMatchObject({ hasEarlier: true, readSeq: 0 });
    expect(opened.draft).toBeUndefined();

    const second = await world.call('readEarlier', jean, { id, query: { before: '71' } });
    expect(second.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 21));
    expect(second.hasEarlier).toBe(true);
    const first = await world.call('readEarlier', jean, { id, query: { before: '21' } });
    expect(first.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(first.hasEarlier).toBe(false);
    expect(await world.call('readEarlier', jean, { id, query: { before: '1' } })).toEqual({
      messages: [],
      hasEarlier: false,
    });
  });

  test('nothing is earlier than an erasure', async () => {
    const { id } = await world.addConversation({ texts: Array.from({ length: 9 }, () => SECRET) });
    const { rev, status, desk, inboxList } = await world.view.find(id);
    const erased = { kind: 'erased', erasedMessages: 9 } as const;
    await world.storage.conversations.commit({
      id,
      expectedRev: rev,
      status,
      desk,
      inboxList,
      dialogState: {},
      messages: [{ seq: 10, externalId: 'out:10', author: 'system', at: new Date(NOW), content: erased }],
      erasesHistory: true,
      at: new Date(NOW),
    });
    const opened = await world.call('openConversation', world.delegates.jean, { id });
    expect(opened.messages).toEqual([{ seq: 10, author: 'system', at: NOW, text: '', event: 'erased' }]);
    expect(opened.hasEarlier).toBe(false);
    expect(opened.detail.card.last).toBeUndefined();
    expect(JSON.stringify(opened)).not.toContain('Zorglub');
  });

  test('is logged once in ten minutes for each delegate and conversation', async () => {
    const { jean, marie } = world.delegates;
    const one = await world.addConversation();
    const other = await world.addConversation();
    for (let reload = 0; reload < 5; reload++) await world.call('openConversation', jean, { id: one.id });
    await world.call('readEarlier', jean, { id: one.id, query: { before: 2 } });
    await world.call('openConversation', jean, { id: other.id });
    await world.call('openConversation', marie, { id: one.id });
    expect(world.audit.events).toEqual([
      { action: 'conversation.opened', actor: 'jean', subject: one.id },
      { action: 'conversation.opened', actor: 'jean', subject: other.id },
      { action: 'conversation.opened', actor: 'marie', subject: one.id },
    ]);
    world.setNow(NOW + 10 * 60_000);
    await world.call('openConversation', jean, { id: one.id });
    expect(world.audit.events).toHaveLength(4);
  });

  test('nobody reads while the log does not answer', async () => {
    const { id } = await world.addConversation();
    world.audit.fails = true;
    await expect(world.call('openConversation', world.delegates.jean, { id })).rejects.toThrow('the log is away');
    world.audit.fails = false;
    await world.call('openConversation', world.delegates.jean, { id });
    expect(world.audit.actions()).toEqual(['conversation.opened']);
  });
});

describe('what delegates may not see does not exist', () => {
  const calls: readonly [Parameters<InboxWorld['call']>[0], CallParts][] = [
    ['openConversation', {}],
    ['readEarlier', { query: { before: 5 } }],
    ['take', {}],
    ['reply', { body: { clientId: randomUUID(), text: 'Bonjour', seenSeq: 1 } }],
    ['giveBack', {}],
    ['transfer', { body: {} }],
    ['close', {}],
    ['reopen', {}],
    ['snooze', { body: { until: NOW + 1000 } }],
    ['unsnooze', {}],
    ['acknowledge', {}],
    ['block', { body: { reason: 'non' } }],
    ['unblock', {}],
    ['label', { body: { labels: ['bruit'] } }],
    ['addNote', { body: { id: randomUUID(), text: 'note' } }],
    ['settleCallback', { params: { callbackId: 'c1' }, body: { isDone: true } }],
    ['saveDraft', { body: { text: 'brouillon' } }],
    ['markRead', { body: { seq: 1 } }],
    ['showTyping', {}],
    ['readTranscript', {}],
  ];

  test.each(calls)('%s', async (name, parts) => {
    const hidden = await world.addConversation({ status: 'bot' });
    expect(hidden.inboxList).toBe('none');
    for (const id of [hidden.id, 'unknown', '', '../conversations', "' OR 1=1 --"]) {
      await expect(world.call(name, world.delegates.jean, { ...parts, id })).rejects.toMatchObject({
        code: 'conversation-gone',
      });
    }
    expect(await world.storage.conversations.load(hidden.id)).toMatchObject({ rev: 0 });
    expect(await world.storage.notes.listOf(hidden.id)).toEqual([]);
    expect(await world.storage.bookmarks.listOf('jean')).toEqual([]);
    expect(world.audit.events).toEqual([]);
    expect(world.signals).toEqual([]);
  });
});

describe('what delegates do', () => {
  const done: readonly [string, Parameters<InboxWorld['call']>[0], CallParts, string, DeskAction | undefined][] = [
    ['waiting', 'take', {}, 'conversation.taken', 'give-back'],
    ['mine', 'giveBack', {}, 'conversation.given-back', 'reopen'],
    ['mine', 'transfer', { body: {} }, 'conversation.transferred', 'take'],
    ['mine', 'transfer', { body: { to: 'marie' } }, 'conversation.transferred', 'take'],
    ['mine', 'close', {}, 'conversation.closed', 'reopen'],
    ['closed', 'reopen', {}, 'conversation.reopened', 'reply'],
    ['waiting', 'snooze', { body: { until: NOW + 3_600_000 } }, 'conversation.snoozed', 'unsnooze'],
    ['snoozed', 'unsnooze', {}, 'conversation.snoozed', 'take'],
    ['missed', 'acknowledge', {}, 'conversation.acknowledged', undefined],
    ['waiting', 'block', { body: { reason: 'insultes' } }, 'conversation.blocked', 'unblock'],
    ['blocked', 'unblock', {}, 'conversation.unblocked', 'block'],
    [
      'waiting',
      'label',
      { body: { labels: ['bruit', 'bruit'], priority: 'high' } },
      'conversation.labelled',
      undefined,
    ],
    ['waiting', 'addNote', { body: { id: randomUUID(), text: 'Rappeler' } }, 'conversation.noted', undefined],
    [
      'callback',
      'settleCallback',
      { params: { callbackId: 'c1' }, body: { isDone: true } },
      'callback.done',
      undefined,
    ],
  ];

  async function make(kind: string): Promise<string> {
    const desks: Readonly<Record<string, Parameters<InboxWorld['addConversation']>[0]>> = {
      waiting: {},
      mine: { status: 'assigned', desk: { holder: 'jean', heldSince: 1, handledBy: ['jean'] } },
      closed: { status: 'closed' },
      snoozed: { desk: { snoozedUntil: NOW + 1000 } },
      missed: { status: 'bot', desk: { missedAt: 1, atDeskSince: 1 } },
      blocked: { status: 'bot', desk: { atDeskSince: 1, block: { by: 'marie', reason: 'x', at: 1 } } },
      callback: { status: 'bot', desk: { callbacks: [CALLBACK], atDeskSince: 1 } },
    };
    return (await world.addConversation(desks[kind])).id;
  }

  test.each(done)('%s: %s', async (kind, name, parts, action, offered) => {
    const id = await make(kind);
    const detail = (await world.call(name, world.delegates.jean, { ...parts, id })) as { actions: string[] };
    if (offered) expect(detail.actions).toContain(offered);
    const [entry, ...others] = world.audit.events;
    expect(entry).toMatchObject({ action, actor: 'jean', subject: id });
    expect(others).toEqual([]);
    expect(JSON.stringify(world.audit.events)).not.toMatch(/Zorglub|insultes|Rappeler|bruit/);
  });

  test('what is refused is not logged', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation();
    await world.call('take', jean, { id });
    await expect(world.call('take', marie, { id })).rejects.toMatchObject({ code: 'held-by-colleague' });
    await expect(world.call('close', marie, { id })).rejects.toMatchObject({ code: 'held-by-colleague' });
    await expect(world.call('reopen', marie, { id })).rejects.toMatchObject({ code: 'held-by-colleague' });
    expect(world.audit.actions()).toEqual(['conversation.taken']);
  });

  test('a repeated call is logged once; one whose entry failed is logged when it is repeated', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    world.audit.fails = true;
    await expect(world.call('take', jean, { id })).rejects.toThrow('the log is away');
    world.audit.fails = false;
    await world.call('take', jean, { id });
    await world.call('take', jean, { id });
    expect(world.audit.actions()).toEqual(['conversation.taken']);
  });

  test('a transfer needs a colleague who can log in', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation({ status: 'assigned', desk: { holder: 'jean', handledBy: ['jean'] } });
    await world.storage.accounts.update({ ...world.delegates.marie, isDisabled: true });
    for (const to of ['marie', 'nobody', 'jean']) {
      await expect(world.call('transfer', jean, { id, body: { to } })).rejects.toMatchObject({
        code: 'AccountNotFound',
      });
    }
    expect((await world.view.find(id)).status).toBe('assigned');
  });

  test('a snooze ends in the future, and not in years', async () => {
    const { id } = await world.addConversation();
    for (const until of [NOW, NOW - 1, NOW + 400 * 86_400_000]) {
      await expect(world.call('snooze', world.delegates.jean, { id, body: { until } })).rejects.toMatchObject({
        code: 'InvalidBody',
      });
    }
  });

  test('an unknown call-back is not found', async () => {
    const { id } = await world.addConversation();
    const parts = { id, params: { callbackId: 'c9' }, body: { isDone: true } };
    await expect(world.call('settleCallback', world.delegates.jean, parts)).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('a call-back is shown with who settled it, and can be opened again', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation({ status: 'bot', desk: { callbacks: [CALLBACK], atDeskSince: 1 } });
    const parts = { id, params: { callbackId: 'c1' } };
    const settled = await world.call('settleCallback', jean, { ...parts, body: { isDone: true } });
    expect(settled.callbacks).toEqual([
      {
        id: 'c1',
        firstName: 'Amel',
        phone: '+33612345678',
        moment: 'moment morning',
        requestedAt: 1,
        doneAt: NOW,
        doneBy: { id: 'jean', displayName: 'Jean' },
      },
    ]);
    expect(settled.card).toMatchObject({ openCallbacks: 0, list: 'past' });
    const reopened = await world.call('settleCallback', marie, { ...parts, body: { isDone: false } });
    expect(reopened.card).toMatchObject({ openCallbacks: 1, list: 'queue' });
    expect(world.audit.actions()).toEqual(['callback.done', 'callback.reopened']);
  });

  test('a note is stored once, named, and colleagues are woken', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation();
    const other = await world.addConversation();
    const body = { id: randomUUID(), text: 'Déjà venue en mars' };
    await world.call('addNote', jean, { id, body });
    const { notes } = await world.call('addNote', jean, { id, body });
    expect(notes).toEqual([{ id: body.id, by: { id: 'jean', displayName: 'Jean' }, at: NOW, text: body.text }]);
    expect(world.audit.actions()).toEqual(['conversation.noted']);
    expect(world.signals).toContainEqual({ id, signal: { kind: 'desk' } });
    await expect(world.call('addNote', marie, { id, body })).rejects.toMatchObject({ code: 'InvalidBody' });
    await expect(world.call('addNote', jean, { id: other.id, body })).rejects.toMatchObject({ code: 'InvalidBody' });
  });
});

describe('past conversations', () => {
  test('come page by page, the newest first, each once', async () => {
    for (let index = 0; index < 65; index++) {
      await world.addConversation({ id: `past-${index}`, status: 'closed', at: new Date(NOW - (index % 7) * 1000) });
    }
    await world.addConversation({ id: 'queued' });
    await world.addConversation({ id: 'hidden', status: 'bot' });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.call('listPast', world.delegates.jean, { query: { after } });
      ids.push(...page.cards.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(ids).toHaveLength(65);
    expect(new Set(ids).size).toBe(65);
    expect(ids).not.toContain('queued');
    expect(ids).not.toContain('hidden');
  });

  test.each(['x', '12', '.a', '99999999999999999.a', '-1.a'])('refuses the place %s', async (after) => {
    await expect(world.call('listPast', world.delegates.jean, { query: { after } })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

test('a disabled colleague keeps their name', async () => {
  const { id } = await world.addConversation({ status: 'assigned', desk: { holder: 'marie', handledBy: ['marie'] } });
  await world.storage.accounts.update({ ...world.delegates.marie, isDisabled: true });
  const { detail } = await world.call('openConversation', world.delegates.jean, { id });
  expect(detail.card.holder).toEqual({ id: 'marie', displayName: 'Marie' });
});

test('the card names what it shows and nothing else', async () => {
  const { id } = await world.addConversation({
    texts: ['un', `deux\n\u202Etrois\u0007 ${'long '.repeat(60)}`],
    desk: { emergencyAt: 5, offeredTo: 'marie', requestedAt: 7, alarm: { pushedAt: 6 } },
  });
  const { detail } = await world.call('openConversation', world.delegates.jean, { id });
  const excerpt = detail.card.last?.excerpt ?? '';
  expect(excerpt).toMatch(/^deux trois long .*…$/);
  expect(excerpt.length).toBeLessThanOrEqual(120);
  expect(detail.card).toMatchObject({ emergencyAt: 5, offeredTo: { displayName: 'Marie' } });
  expect(JSON.stringify(detail)).not.toMatch(/alarm|dialogState|atDeskSince|requestedAt/);
});

describe('delivery', () => {
  test('of the website is what the page has shown', async () => {
    const { id } = await world.addConversation();
    world.residents.seqs.set(id, 1);
    world.residents.connected.add(id);
    const { detail } = await world.call('openConversation', world.delegates.jean, { id });
    expect(detail.delivery).toEqual({ deliveredSeq: 1, isResidentConnected: true });
  });

  test('of a push channel is what has left, and why the rest does not', async () => {
    const { id } = await world.addConversation({ channel: 'telegram' });
    const failure = { code: 'blocked', at: 1, attempts: 2 };
    await world.storage.deliveries.save({ conversationId: id, deliveredSeq: 3, failure });
    const { detail } = await world.call('openConversation', world.delegates.jean, { id });
    expect(detail.delivery).toEqual({ deliveredSeq: 3, failure: 'Échec : blocked' });
  });

  test.each([
    ['queued', 0],
    ['sending', 2],
    ['resending', 1],
    ['uncertain', 0],
    ['unconfirmed', 0],
    ['refused', 0],
  ])('what is no failure of the message that waits is not told as one: %s', async (code, attempts) => {
    const { id } = await world.addConversation({ channel: 'telegram' });
    const doubts = { uncertain: [2], refused: [3] };
    await world.storage.deliveries.save({
      conversationId: id,
      deliveredSeq: 3,
      failure: { code, at: 1, attempts },
      ...doubts,
    });
    const { detail } = await world.call('openConversation', world.delegates.jean, { id });
    expect(detail.delivery).toEqual({ deliveredSeq: 3, ...doubts });
  });

  test('what is refused and will be tried again is told', async () => {
    const { id } = await world.addConversation({ channel: 'telegram' });
    const failure = { code: 'refused', at: 1, attempts: 1 };
    await world.storage.deliveries.save({ conversationId: id, deliveredSeq: 3, failure });
    const { detail } = await world.call('openConversation', world.delegates.jean, { id });
    expect(detail.delivery).toEqual({ deliveredSeq: 3, failure: 'Échec : refused' });
  });
});

test('canned replies and labels are those of the data', async () => {
  expect(await world.call('readCannedReplies', world.delegates.jean)).toMatchObject({ labels: ['bruit'] });
});
