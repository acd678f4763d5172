import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Content } from '../../../src/domain/message.js';
import { openSession, readAll } from '../../support/directline-calls.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';

/** What only other channels bring about, read here all the same: as plain messages, and without what is for delegates. */

let server: DirectLineServer;

beforeEach(async () => {
  server = await startDirectLineServer();
});
afterEach(() => server.stop());

async function shown(author: 'resident' | 'bot' | 'system', content: Content) {
  const session = await openSession(server.url);
  await server.desk.store(session.conversationId, { author, content });
  const { activities } = await readAll(server.url, session);
  return activities.at(-1);
}

test('a correction is the new text', async () => {
  const activity = await shown('resident', { kind: 'text', text: 'horaires', edits: 1, editedAt: 5 });
  expect(activity).toMatchObject({ type: 'message', text: 'horaires', from: { role: 'user' } });
  expect(Object.keys(activity?.channelData ?? {}).toSorted()).toEqual(['author', 'webchat:sequence-id']);
});

test('a file is named, and cannot be fetched', async () => {
  const attachment = { id: 'fichier-1', kind: 'image', bytes: 1200 } as const;
  const activity = await shown('resident', { kind: 'text', text: '[photo]', attachment });
  expect(activity).toMatchObject({ type: 'message', text: '[photo]' });
  expect(activity?.attachments).toBeUndefined();
  expect(JSON.stringify(activity)).not.toContain('fichier-1');
});

test('a question that a place can answer is a question', async () => {
  const activity = await shown('bot', { kind: 'text', text: 'Où est-ce ?', asksFor: 'position' });
  expect(activity).toMatchObject({ type: 'message', text: 'Où est-ce ?' });
});

test('a card with a place is its title and its links', async () => {
  const position = { latitude: 47.2, longitude: 5.9 };
  const activity = await shown('bot', { kind: 'text', text: 'Ici', card: { title: 'Maison', position, links: [] } });
  expect(activity?.attachments?.[0]?.content).toEqual({ title: 'Maison', buttons: [] });
});

test('an erasure tells how much is gone, and not when it was asked for', async () => {
  const activity = await shown('system', { kind: 'erased', erasedMessages: 3, writtenAt: 12 });
  expect(activity).toMatchObject({ type: 'event', name: 'conversation.erased', value: { erasedMessages: 3 } });
  expect(activity?.value).toEqual({ erasedMessages: 3 });
});
