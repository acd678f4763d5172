import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ConversationStatus } from '../../../src/domain/conversation.js';
import { ALLOWED_FROM, isAllowed, type TransitionName } from '../../../src/domain/conversation-transitions.js';
import { EVENTS } from '../../../src/inbox/schemas/events.js';
import { namesIn, readDocument, rowsOf } from './tables.js';

const ROOT = new URL('../../../', import.meta.url);
const architecture = readDocument('ARCHITECTURE.md');

const STATUSES: readonly ConversationStatus[] = ['bot', 'waiting', 'assigned', 'closed'];

test('docs/ARCHITECTURE.md has every transition, from where it may happen, and no other', () => {
  const rows = rowsOf(architecture, 'transition');
  const written = rows.map(([name, , from = '']) => [name, from === 'any' ? STATUSES : from.split(', ')]);
  const names = Object.keys(ALLOWED_FROM) as TransitionName[];
  const allowed = names.map((name) => [name, STATUSES.filter((status) => isAllowed(name, { status }))]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(allowed));
  expect(rows).toHaveLength(names.length);
});

test('docs/ARCHITECTURE.md has every composition, and layers that there are', () => {
  const compositions = rowsOf(architecture, 'composition').map(([name = '']) => name);
  const files = globSync(new URL('src/compose-*.ts', ROOT).pathname).map((path) => basename(path));
  expect(compositions.toSorted()).toEqual(['app.ts', ...files].toSorted());
  const layers = rowsOf(architecture, 'layer').flatMap(([names = '']) => namesIn(names));
  expect(layers.filter((layer) => !existsSync(new URL(layer, ROOT)))).toEqual([]);
});

test('docs/ARCHITECTURE.md has every event of the delegates’ stream, and no other', () => {
  const written = rowsOf(architecture, 'event').flatMap(([names = '']) => namesIn(names));
  expect(written.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
});
