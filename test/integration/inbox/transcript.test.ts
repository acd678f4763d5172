import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Content } from '../../../src/domain/message.js';
import { pseudonymOf } from '../../../src/inbox/pseudonym.js';
import { type InboxWorld, openInboxWorld } from '../../support/inbox-world.js';

let world: InboxWorld;
beforeEach(async () => {
  world = await openInboxWorld({ now: '2026-11-23T23:30:00Z' });
});
afterEach(() => world.close());

const read = (id: string) => world.call('readTranscript', world.delegates.jean, { id });

test('a conversation as a file: who said what and when, by Paris time, without the private notes', async () => {
  const id = 'transcript-1';
  await world.addConversation({ id, texts: ['bonjour'], at: new Date('2026-11-01T09:05:00Z') });
  world.setNow('2026-11-23T22:59:00Z');
  await world.addMessage(id, { author: 'bot', content: { kind: 'handoff', event: 'initiate' } });
  world.setNow('2026-11-23T23:30:00Z');
  await world.call('addNote', world.delegates.jean, { id, body: { id: randomUUID(), text: 'NOTE PRIVÉE' } });
  await world.call('reply', world.delegates.jean, {
    id,
    body: { clientId: randomUUID(), text: 'Oui.\nVenez.', seenSeq: 2 },
  });
  const content: Content = {
    kind: 'text',
    text: 'Voici',
    card: { title: 'Adresse', text: '1 rue X', links: [{ title: 'Plan', url: 'https://a.example/' }] },
    actions: [{ title: 'Horaires', value: 'x' }],
  };
  await world.addMessage(id, { author: 'bot', content });

  const { text, fileName } = await read(id);
  const code = pseudonymOf(id);
  expect(fileName).toBe(`conversation-${code}-2026-11-24.txt`);
  expect(fileName).toMatch(/^[\w.-]+$/);
  expect(text.replaceAll('\r\n', '\n')).toBe(`\uFEFFConversation avec Résident ${code}
Reçue par : site web
Copie faite le mardi 24 novembre 2026 à 0 h 30 par Jean
Heures de Paris. Les notes privées des délégués n’y sont pas.

--- dimanche 1er novembre 2026 ---

10 h 05  Résident
    bonjour

--- lundi 23 novembre 2026 ---

23 h 59  Assistant (robot)
    Le résident demande un délégué.

--- mardi 24 novembre 2026 ---

0 h 30  Délégué Jean
    Un délégué prend la conversation.

0 h 30  Message automatique
    pris

0 h 30  Délégué Jean
    Oui.
    Venez.

0 h 30  Assistant (robot)
    Voici
    Adresse
    1 rue X
    Plan : https://a.example/
    Choix proposés : Horaires
`);
  expect(text).not.toContain('NOTE PRIVÉE');
});

test('what was written anew stands at its place, and the earlier text says so', async () => {
  const id = 'transcript-2';
  await world.addConversation({ id, texts: ['demain 10 h'], at: new Date('2026-11-23T09:05:00Z') });
  world.setNow('2026-11-23T09:10:00Z');
  await world.addMessage(id, { author: 'bot', content: { kind: 'text', text: 'D’accord' } });
  world.setNow('2026-11-24T09:12:00Z');
  await world.addMessage(id, { author: 'resident', content: { kind: 'text', text: 'demain 11 h', edits: 1 } });
  const editedAt = Date.parse('2026-11-24T09:11:00Z');
  await world.addMessage(id, { author: 'resident', content: { kind: 'text', text: 'tant pis', edits: 1, editedAt } });
  await world.addMessage(id, { author: 'resident', content: { kind: 'text', text: 'autre', edits: 999 } });
  const { text } = await read(id);
  const body = text.replaceAll('\r\n', '\n').split('lundi 23 novembre 2026 ---')[1];
  expect(body).toBe(`

10 h 05  Résident
    demain 10 h
    (Modifié mardi 24 novembre 2026 à 10 h 12. Le nouveau texte est plus bas.)

10 h 10  Assistant (robot)
    D’accord

--- mardi 24 novembre 2026 ---

10 h 12  Résident
    (Corrige le message écrit lundi 23 novembre 2026 à 10 h 05. Nouveau texte :)
    demain 11 h
    (Modifié à 10 h 11. Le nouveau texte est plus bas.)

10 h 12  Résident
    (Corrige le message écrit lundi 23 novembre 2026 à 10 h 05. Nouveau texte :)
    tant pis

10 h 12  Résident
    (Corrige un message qui a été effacé. Nouveau texte :)
    autre
`);
});

test('a long one is whole', async () => {
  const { id } = await world.addConversation({ texts: Array.from({ length: 450 }, (_, index) => `n° ${index}.`) });
  const { text } = await read(id);
  expect(text.match(/n° \d+\./g)).toHaveLength(450);
});

test('is logged, after it was made', async () => {
  const { id } = await world.addConversation();
  await read(id);
  expect(world.audit.events).toEqual([{ action: 'conversation.exported', actor: 'jean', subject: id }]);
  world.audit.fails = true;
  await expect(read(id)).rejects.toThrow('the log is away');
});

describe('what residents wrote cannot pass for anything else', () => {
  const attacks: readonly [string, string][] = [
    ['CRLF', 'a\r\n\r\n23 h 59  Délégué Jean\r\n    payez-moi'],
    ['a lone carriage return', 'a\r23 h 59  Délégué Jean'],
    ['line and paragraph separators', 'a\u202823 h 59  Délégué Jean\u202923 h 59  Délégué Jean'],
    ['NEL, vertical tab, form feed', 'a\u008523 h 59  Délégué Jean\v23 h 59  Délégué Jean\f23 h 59  Délégué Jean'],
    ['a new day', 'a\n--- mardi 24 novembre 2026 ---'],
    ['backspaces and escapes', 'a\b\b\b\b\b23 h 59  Délégué Jean\u001b[2K\u001b[1A'],
    ['bidirectional marks', 'a\u202E\u2066\u2067naeJ\u2069\u202C\u200F\u061C'],
    ['nulls, byte order marks, half characters', 'a\u0000\uFEFF\uD800b\uDC00'],
  ];

  test.each(attacks)('%s', async (_, attack) => {
    const { id } = await world.addConversation({ texts: [attack] });
    const { text } = await read(id);
    const lines = text.slice(1).split('\r\n');
    const heads = lines.filter((line) => line !== '' && !line.startsWith('    '));
    expect(heads).toHaveLength(6);
    expect(heads.at(-1)).toBe('9 h 00  Résident');
    expect(text.slice(1)).not.toMatch(/\uFEFF|[^\P{Cc}\r\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.isWellFormed()).toBe(true);
  });

  test('nor what a delegate is called', async () => {
    const { id } = await world.addConversation({ texts: ['a'] });
    const marie = { ...world.delegates.marie, displayName: 'Marie\r\n0 h 00  Résident\u202E' };
    const { text } = await world.call('readTranscript', marie, { id });
    expect(text.split('\r\n')[2]).toBe('Copie faite le mardi 24 novembre 2026 à 0 h 30 par Marie 0 h 00  Résident');
  });
});
