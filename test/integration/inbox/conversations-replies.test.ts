import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

let world: InboxWorld;
beforeEach(async () => {
  world = await openInboxWorld();
});
afterEach(() => world.close());

const replyBody = (text: string, seenSeq: number) => ({ clientId: randomUUID(), text, seenSeq });

describe('a reply', () => {
  test('takes the conversation, marks it read and removes the draft', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    await world.call('saveDraft', jean, { id, body: { text: 'Bonj' } });
    const body = replyBody('Bonjour', 1);
    const { message, detail } = await world.call('reply', jean, { id, body });
    expect(message).toMatchObject({
      author: 'delegate',
      by: { id: 'jean', displayName: 'Jean' },
      text: 'Bonjour',
      clientId: body.clientId,
    });
    expect(detail.card).toMatchObject({ status: 'assigned', holder: { id: 'jean' } });
    const opened = await world.call('openConversation', jean, { id });
    expect(opened).toMatchObject({ readSeq: message.seq });
    expect(opened.draft).toBeUndefined();
  });

  test('sent again under its id is the same one: stored, logged and marked once', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    const body = replyBody('Bonjour', 1);
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.call('reply', jean, { id, body })));
    await world.call('saveDraft', jean, { id, body: { text: 'La suite' } });
    answers.push(await world.call('reply', jean, { id, body }));
    expect(new Set(answers.map(({ message }) => message.seq)).size).toBe(1);
    const { messages, draft } = await world.call('openConversation', jean, { id });
    expect(messages.filter(({ text }) => text === 'Bonjour')).toHaveLength(1);
    expect(draft).toBe('La suite');
    expect(world.audit.actions().filter((action) => action === 'conversation.replied')).toHaveLength(1);
    expect(JSON.stringify(world.audit.events)).not.toContain('Bonjour');
  });

  test('whose log entry failed is logged when it is sent again', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    const body = replyBody('Bonjour', 1);
    world.audit.fails = true;
    await expect(world.call('reply', jean, { id, body })).rejects.toThrow('the log is away');
    world.audit.fails = false;
    await world.call('reply', jean, { id, body });
    expect(world.audit.actions()).toEqual(['conversation.replied']);
  });

  test('leaves what its writer has drafted after it', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation();
    await world.call('saveDraft', jean, { id, body: { text: 'Bonjour\n\nEt aussi' } });
    await world.call('reply', jean, { id, body: replyBody('Bonjour', 1) });
    expect(await world.call('openConversation', jean, { id })).toMatchObject({ draft: 'Et aussi' });
  });

  test('is stopped when a colleague wrote meanwhile, and passes once that was read', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation();
    const { message } = await world.call('reply', jean, { id, body: replyBody('Je m’en occupe', 1) });
    const late = replyBody('Moi aussi', 1);
    await expect(world.call('reply', marie, { id, body: late })).rejects.toMatchObject({ code: 'colleague-wrote' });
    expect(world.audit.actions()).toEqual(['conversation.replied']);
    const body = replyBody('Moi aussi', message.seq);
    expect((await world.call('reply', marie, { id, body })).detail.card.holder).toMatchObject({ id: 'jean' });
  });
});

describe('drafts and read marks', () => {
  test('are each delegate’s own; an empty draft is none', async () => {
    const { jean, marie } = world.delegates;
    const { id } = await world.addConversation({ texts: ['un', 'deux'] });
    await world.call('saveDraft', jean, { id, body: { text: 'à moi' } });
    await world.call('markRead', jean, { id, body: { seq: 2 } });
    expect(await world.call('openConversation', marie, { id })).toMatchObject({ readSeq: 0 });
    expect(await world.call('openConversation', jean, { id })).toMatchObject({ readSeq: 2, draft: 'à moi' });
    await world.call('saveDraft', jean, { id, body: { text: ' \n' } });
    const opened = await world.call('openConversation', jean, { id });
    expect(opened.draft).toBeUndefined();
    expect(opened.readSeq).toBe(2);
  });

  test('sent at once do not undo each other, and reading never goes back nor beyond the end', async () => {
    const { jean } = world.delegates;
    const { id } = await world.addConversation({ texts: ['un', 'deux', 'trois'] });
    await Promise.all([
      world.call('markRead', jean, { id, body: { seq: 3 } }),
      world.call('saveDraft', jean, { id, body: { text: 'brouillon' } }),
      world.call('markRead', jean, { id, body: { seq: 1 } }),
    ]);
    await world.call('markRead', jean, { id, body: { seq: 900 } });
    expect(await world.call('openConversation', jean, { id })).toMatchObject({ readSeq: 3, draft: 'brouillon' });
    expect(world.audit.actions()).toEqual(['conversation.opened']);
  });
});

describe('typing', () => {
  test('is shown with the name of whoever may reply', async () => {
    const { id } = await world.addConversation();
    await world.call('showTyping', world.delegates.jean, { id });
    expect(world.signals).toEqual([
      { id, signal: { kind: 'typing', author: 'delegate', delegateId: 'jean', name: 'Jean' } },
    ]);
  });

  test('is not shown by whoever may not', async () => {
    const { id } = await world.addConversation({
      status: 'bot',
      desk: { atDeskSince: 1, block: { by: 'marie', reason: 'x', at: 1 } },
    });
    expect(await world.call('showTyping', world.delegates.jean, { id })).toEqual({ ok: true });
    expect(world.signals).toEqual([]);
  });
});
