import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAttachments } from '../../src/attachments/create-attachments.js';
import type { Attachments } from '../../src/domain/attachments.js';
import { createStorage } from '../../src/storage/create-storage.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { openRewriteApart } from '../support/attachments.js';
import type { ChatClient } from '../support/chat-client.js';
import { buildPdf, buildPhoto, contentOf, FILE_CANARY, fillWithTraps, hasText } from '../support/files.js';
import { openHidden, openWaiting } from '../support/security-conversations.js';
import { browserAt, openTeam, type Team } from '../support/security-people.js';
import { openSite, type Site } from '../support/security-site.js';

/** Files of residents on the real server, over the database that another process of its keeps them in. */
let site: Site;
let team: Team;
let storage: Storage;
let attachments: Attachments;
let chat: ChatClient;
let photo: string;
let paper: string;

beforeAll(async () => {
  site = await openSite();
  team = await openTeam(site);
  ({ storage } = await createStorage({ dataDir: site.dataDir }));
  attachments = createAttachments({ store: storage.attachments, apart: openRewriteApart(), clock: site.now });
  chat = await openWaiting(site);
  photo = await keep(chat.conversationId, 'm1', await buildPhoto());
  paper = await keep(chat.conversationId, 'm2', await buildPdf({ change: fillWithTraps }));
}, 60_000);
afterAll(async () => {
  await storage.close();
  await site.close();
});

async function keep(conversationId: string, externalId: string, file: Uint8Array): Promise<string> {
  const keeping = await attachments.keep(conversationId, externalId, file);
  if (keeping.kind !== 'kept') throw new Error(`Refused: ${keeping.reason}`);
  return keeping.attachment.id;
}

const pathOf = (conversationId: string, id: string): string => `/conversations/${conversationId}/attachments/${id}`;

/** As bytes: the usual client reads texts. */
async function fetchFile(path: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const cookie = team.delegate.browser.cookie ?? '';
  const response = await fetch(`${site.url}/api/inbox${path}`, {
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  });
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('a resident’s file', () => {
  test('reaches a delegate without what was hidden in it, closed in and uncached', async () => {
    const image = await fetchFile(pathOf(chat.conversationId, photo));
    expect(image.bytes.subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
    expect(hasText(image.bytes.toString('latin1'), FILE_CANARY)).toBe(false);
    const pdf = await fetchFile(pathOf(chat.conversationId, paper));
    expect(hasText(await contentOf(pdf.bytes), FILE_CANARY)).toBe(false);
    for (const { headers } of [image, pdf]) {
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(image.headers.get('content-disposition')).toMatch(/^inline; filename="image-\w{4}-\w{4}\.jpg"$/);
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename="document-\w{4}-\w{4}\.pdf"$/);
  });

  test('is logged, by whom and of which conversation', async () => {
    const { body } = await team.coordinator.browser.call('GET', '/audit');
    const entries = JSON.stringify(body);
    expect(entries).toMatch(/jean a ouvert un fichier reçu dans la conversation \w{4}\./);
    expect(entries).not.toContain(photo);
  });

  test('lies in no file of the server in clear', async () => {
    const { bytes } = await fetchFile(pathOf(chat.conversationId, photo));
    const files = globSync('**/*', { cwd: site.dataDir, withFileTypes: true }).filter((entry) => entry.isFile());
    const stored = Buffer.concat(files.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`)));
    expect(stored.includes(chat.conversationId)).toBe(true);
    const middle = bytes.subarray(bytes.length / 2, bytes.length / 2 + 60);
    for (const form of [middle, middle.toString('base64').slice(4, -4), FILE_CANARY, photo])
      expect(stored.includes(form)).toBe(false);
  });

  test('is given to nobody without a session, by no other conversation, and through none that nobody is to know', async () => {
    const other = await openWaiting(site);
    const hidden = await openHidden(site);
    const secret = await keep(hidden.conversationId, 'm1', await buildPhoto());
    const { browser } = team.delegate;
    expect(await browserAt(site).call('GET', pathOf(chat.conversationId, photo))).toMatchObject({
      code: 'NotLoggedIn',
    });
    const asResident = { authorization: `Bearer ${chat.token}` };
    const resident = await browserAt(site).call('GET', pathOf(chat.conversationId, photo), { headers: asResident });
    expect(resident).toMatchObject({ code: 'NotLoggedIn' });
    const elsewhere = { 'sec-fetch-site': 'cross-site' };
    const embedded = await browser.call('GET', pathOf(chat.conversationId, photo), { headers: elsewhere });
    expect(embedded).toMatchObject({ code: 'CrossSiteRequest' });
    for (const [path, code] of [
      [pathOf(other.conversationId, photo), 'AttachmentNotFound'],
      [pathOf(hidden.conversationId, secret), 'ConversationNotFound'],
      [pathOf(chat.conversationId, `${photo}x`), 'AttachmentNotFound'],
      [pathOf(chat.conversationId, '..%2F..%2Fdata.key'), 'NotFound'],
    ] as const)
      expect({ path, code: (await browser.call('GET', path)).code }).toEqual({ path, code });
  });

  test('is gone once the resident has erased what they said', async () => {
    await chat.ask('Effacer mes messages');
    await chat.ask('Oui, tout effacer');
    expect(await storage.attachments.listOf(chat.conversationId)).toEqual([]);
    for (const id of [photo, paper]) {
      expect(await storage.attachments.content(chat.conversationId, id)).toBeUndefined();
      const { status } = await team.delegate.browser.call('GET', pathOf(chat.conversationId, id));
      expect(status).toBe(404);
    }
  });
});
