import { expect, test } from '@jest/globals';
import { createKeep, forgivingStorage, type KeyValues } from '../../../src/web/widget/client/storage.js';

function memory(): KeyValues & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

const session = { conversationId: 'c1', token: 't1' };
const unsent = [{ clientId: 'a', text: 'bonjour', at: 1, delivery: 'queued' as const }];
const SCOPE = 'https://serveur.fr/';

test('tabs share the token; what was not sent stays in its tab', () => {
  const shared = memory();
  const [one, other] = [memory(), memory()];
  const keep = createKeep(SCOPE, shared, one, () => 0);
  keep.saveSession(session);
  keep.saveUnsent(unsent);
  const second = createKeep(SCOPE, shared, other, () => 0);
  expect(second.session()).toMatchObject(session);
  expect(second.unsent()).toEqual([]);
  expect([...shared.entries.values()].join()).not.toContain('bonjour');
  expect(createKeep('https://autre.fr/', shared, one, () => 0).session()).toBeUndefined();
});

test('leaving forgets everything and tells the other tabs; forgetting a conversation keeps the text size', () => {
  const [shared, tab] = [memory(), memory()];
  const keep = createKeep(SCOPE, shared, tab, () => 0);
  keep.saveSession(session);
  keep.saveUnsent(unsent);
  keep.saveSeen(4);
  keep.saveTextSize(2);
  keep.saveOpen(true);
  keep.forgetConversation();
  expect({ seen: keep.seen(), size: keep.textSize(), unsent: keep.unsent() }).toEqual({ seen: 0, size: 2, unsent: [] });
  const written: string[] = [];
  const watched = { ...shared, setItem: (key: string, value: string) => void written.push(`${key}=${value}`) };
  const leaving = createKeep(SCOPE, watched, tab, () => 0);
  leaving.tellDeparture();
  leaving.forgetAll();
  expect([...shared.entries, ...tab.entries]).toEqual([]);
  const [key = '', newValue = ''] = written[0]?.split('=') ?? [];
  expect(leaving.isDeparture({ key, newValue })).toBe(true);
  expect(leaving.isDeparture({ key, newValue: null })).toBe(false);
});

test('a token is tried again without being asked for a day at most', () => {
  let now = 0;
  const keep = createKeep(SCOPE, memory(), memory(), () => now);
  expect(keep.hasRecentSession()).toBe(false);
  keep.saveSession(session);
  now = 23 * 3_600_000;
  expect(keep.hasRecentSession()).toBe(true);
  now = 25 * 3_600_000;
  expect(keep.hasRecentSession()).toBe(false);
});

test.each(['', '{', '[]', '{"token":1}', 'departed', 'null'])('a damaged value %j is as if absent', (value) => {
  const [shared, tab] = [memory(), memory()];
  const keep = createKeep(SCOPE, shared, tab, () => 0);
  keep.saveSession(session);
  keep.saveUnsent(unsent);
  for (const { entries } of [shared, tab]) for (const key of entries.keys()) entries.set(key, value);
  expect(keep.session()).toBeUndefined();
  expect(keep.unsent()).toEqual([]);
});

test('where the browser forbids storage, or it is full, values live as long as the page', () => {
  const forbidden = forgivingStorage(() => {
    throw new Error('SecurityError');
  });
  forbidden.setItem('a', '1');
  expect(forbidden.getItem('a')).toBe('1');
  forbidden.removeItem('a');
  expect(forbidden.getItem('a')).toBeNull();
});
