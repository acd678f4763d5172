import { expect, it } from '@jest/globals';
import type { Storage } from '../../src/storage/ports/storage.js';
import type { StoredRecord } from '../../src/storage/records.js';
import { buildFacts } from '../support/build-facts.js';
import { buildDraft, buildReceipt, buildSent } from '../support/report-builders.js';
import {
  buildAccount,
  buildAttachment,
  buildAuditEntry,
  buildBookmark,
  buildFactsVersion,
  buildInvitation,
  buildNote,
  buildPushSubscription,
  buildSession,
} from '../support/storage-builders.js';
import { CANARY, formsOf } from '../support/storage-canary.js';
import { describeFresh } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

const UNAVAILABLE = { code: 'storage-unavailable' };

/** What someone who takes the database finds of the desk's own data, or can do to it. */
export function describeRecordsAtRest(name: string, makeStorage: MakeStorage): void {
  describeFresh(`the desk's data at rest: ${name}`, makeStorage, (fresh) => {
    it('shows no name, address, note, draft or secret to whoever takes the database', async () => {
      await fill(fresh().storage, CANARY);
      // Once more: what is replaced leaves nothing behind in clear either.
      await fill(fresh().other, `${CANARY} 2`);
      const raw = await fresh().underTest.readRaw();
      // The scan sees what is in clear.
      expect(raw.includes('readable-conversation')).toBe(true);
      for (const form of formsOf(CANARY)) expect(raw.includes(form)).toBe(false);
    });

    it('keeps everything over a reopening', async () => {
      const { storage, other, underTest } = fresh();
      await fill(storage, 'gardé');
      const before = await readAll(storage, 'gardé');
      for (const part of before) expect([undefined, []]).not.toContainEqual(part);
      await Promise.all([storage.close(), other.close()]);
      expect(await readAll(await underTest.open(), 'gardé')).toEqual(before);
    });

    it('refuses a record whose place was changed in any way', async () => {
      const { storage, underTest } = fresh();
      await storage.sessions.create(buildSession({ id: 'one' }));
      const changes: Partial<StoredRecord>[] = [
        { rev: 1 },
        { sort: Date.now() },
        { owner: 'another' },
        { owner: null },
        { uniqueKey: 'another' },
        { conversation: 'another' },
        { sealed: Buffer.alloc(60, 1) },
      ];
      let original: readonly StoredRecord[] = [];
      for (const change of changes) {
        await underTest.editRecords((records) => {
          original = records;
          return records.map((record) => ({ ...record, ...change }));
        });
        await expect(storage.sessions.load('one')).rejects.toMatchObject(UNAVAILABLE);
        await underTest.editRecords(() => original);
      }
      expect(await storage.sessions.load('one')).toEqual(buildSession({ id: 'one' }));
    });

    it('refuses a record put in the place of another, of its kind or not', async () => {
      const { storage, underTest } = fresh();
      const [coordinator, delegate] = [buildAccount({ role: 'coordinator' }), buildAccount()];
      for (const account of [coordinator, delegate]) await storage.accounts.create(account);
      await storage.notes.add(buildNote());
      const sealedOf = (records: readonly StoredRecord[], kind: string) =>
        records.filter((record) => record.kind === kind).map(({ sealed }) => sealed);

      await underTest.editRecords((records) => {
        const [first, second] = sealedOf(records, 'account').toReversed();
        const swapped = [first, second];
        return records.map((record) => {
          const sealed = record.kind === 'account' ? swapped.shift() : undefined;
          return sealed ? { ...record, sealed } : record;
        });
      });
      await expect(storage.accounts.load(coordinator.id)).rejects.toMatchObject(UNAVAILABLE);
      await expect(storage.accounts.findByLogin(delegate.login)).rejects.toMatchObject(UNAVAILABLE);
      await expect(storage.accounts.list()).rejects.toMatchObject(UNAVAILABLE);

      await underTest.editRecords((records) => {
        const [sealed] = sealedOf(records, 'account');
        return records.map((record) => (record.kind === 'note' && sealed ? { ...record, sealed } : record));
      });
      await expect(storage.notes.listOf('one')).rejects.toMatchObject(UNAVAILABLE);
    });

    it('leaves nothing sealed behind a removal', async () => {
      const { storage, underTest } = fresh();
      await storage.notes.add(buildNote());
      await storage.bookmarks.save(buildBookmark());
      await storage.sessions.create(buildSession({ id: 'one' }));
      await storage.invitations.create(buildInvitation({ id: 'one' }));
      let sealed: readonly Buffer[] = [];
      await underTest.editRecords((records) => {
        sealed = records.map((record) => Buffer.from(record.sealed));
        return records;
      });
      const before = await underTest.readRaw();
      expect(sealed).toHaveLength(4);
      expect(sealed.every((value) => before.includes(value))).toBe(true);

      await storage.satellites.removeOf(['one']);
      await storage.sessions.remove('one');
      await storage.invitations.removeExpired(Number.MAX_SAFE_INTEGER);
      const after = await underTest.readRaw();
      expect(sealed.filter((value) => after.includes(value))).toEqual([]);
    });

    it('says that it is unavailable once closed', async () => {
      const { storage } = fresh();
      await storage.close();
      const calls = [
        () => storage.accounts.create(buildAccount()),
        () => storage.accounts.update(buildAccount()),
        () => storage.invitations.list(),
        () => storage.invitations.remove('one'),
        () => storage.sessions.update('one', { isLocked: true }),
        () => storage.sessions.removeInactiveSince(1),
        () => storage.audit.append(buildAuditEntry(1)),
        () => storage.notes.listOf('one'),
        () => storage.bookmarks.save(buildBookmark()),
        () => storage.deliveries.listFailed(1),
        () => storage.attachments.save(buildAttachment(), Buffer.of(1)),
        () => storage.attachments.listBefore(1),
        () => storage.satellites.conversationIds(1),
        () => storage.satellites.removeOf(['one']),
        () => storage.reports.create(buildDraft()),
        () => storage.reports.replace(buildDraft()),
        () => storage.reports.listSent(),
        () => storage.reports.remove('one', 1),
        () => storage.reports.saveReceipt(buildReceipt('one')),
        () => storage.reports.listReceipts(),
        () => storage.settings.save('setup', {}),
        () => storage.settings.save('setup', {}, 1),
        () => storage.facts.latest(),
        () => storage.push.list(),
        () => storage.statistics.between('2026-01-01', '2026-01-02'),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject(UNAVAILABLE);
    });
  });
}

/** Every text that could be told apart holds `text`, ids of accounts included. */
async function fill(storage: Storage, text: string): Promise<void> {
  const id = `id ${text}`;
  await storage.accounts.create(
    buildAccount({
      id,
      login: text,
      displayName: text,
      email: `${text}@example.org`,
      secondFactor: { secret: text, since: 0, lastUsedStep: 0 },
      credentials: { ...buildAccount().credentials, salt: text, wrappedPrivateKey: text, authKeyHash: text },
    }),
  );
  await storage.accounts.update({ ...buildAccount({ login: text, displayName: text }), id, rev: 0 });
  await storage.invitations.create(buildInvitation({ id, displayName: text, accountId: id, createdBy: id }));
  await storage.sessions.create(buildSession({ id, accountId: id, device: text }));
  await storage.audit.append(
    buildAuditEntry(text.length, { actor: id, subject: id, details: { reason: text }, hash: text }),
  );
  await storage.notes.add(buildNote({ id, conversationId: 'readable-conversation', by: id, text }));
  const conversationId = 'readable-conversation';
  await storage.bookmarks.save(buildBookmark({ accountId: id, conversationId, draft: text }));
  const delivery = { conversationId, deliveredSeq: 1, failure: { code: text, at: 1, attempts: 1 } };
  await storage.deliveries.save(delivery, (await storage.deliveries.load(conversationId))?.rev);
  const visits = [{ delegateId: id, conversationId: text }];
  await storage.processes.save({ id, beat: 1, at: 1, visits, left: { [text]: 1 } });
  await storage.leases.write('upkeep', text, (await storage.leases.load('upkeep'))?.token);
  await storage.attachments.save(buildAttachment({ conversationId, id: text }), Buffer.from(text));
  await fillReports(storage, text);
  const { rev } = (await storage.settings.load('push-keys')) ?? {};
  await storage.settings.save('push-keys', { privateKey: text }, rev);
  const { permanences, station } = buildFacts();
  const sectors = [{ id: 'besancon' as const, name: text, email: `${text}@example.org` }];
  await storage.facts.append(buildFactsVersion(text.length, { by: id, facts: { permanences, sectors, station } }));
  const endpoint = `https://push.example/${text}`;
  await storage.push.save(buildPushSubscription({ id, accountId: id, endpoint, device: text }));
  await storage.statistics.save('2026-03-04', text, { [`intent:${text}`]: 1 });
}

/** What is sealed twice is not looked at here: the canary stands in for everything that is not sealed but by storage. */
async function fillReports({ reports }: Storage, text: string): Promise<void> {
  const conversationId = `readable-conversation ${text.length}`;
  const draft = buildDraft({ id: `draft ${text}`, conversationId, assigneeId: text });
  await reports.create(draft);
  await reports.replace(draft);
  const { conversationId: _, ...sent } = buildDraft({ id: `sent ${text}`, conversationId: `${conversationId} sent` });
  await reports.create({ ...sent, conversationId: `${conversationId} sent` });
  await reports.replace({ ...buildSent({ lookupHash: text, notifies: text, reporterKey: text }), id: sent.id, rev: 0 });
  await reports.saveReceipt(buildReceipt(text));
}

function readAll(storage: Storage, text: string): Promise<readonly unknown[]> {
  const id = `id ${text}`;
  return Promise.all([
    storage.accounts.findByLogin(text),
    storage.invitations.load(id),
    storage.sessions.load(id),
    storage.audit.last(),
    storage.notes.listOf('readable-conversation'),
    storage.bookmarks.load(id, 'readable-conversation'),
    storage.deliveries.load('readable-conversation'),
    storage.attachments.listOf('readable-conversation'),
    storage.attachments.content('readable-conversation', text),
    storage.reports.load(`draft ${text}`),
    storage.reports.findByLookup(text),
    storage.reports.loadReceipt(text),
    storage.settings.load('push-keys'),
    storage.facts.latest(),
    storage.push.list(),
    storage.statistics.between('2026-03-04', '2026-03-04'),
  ]);
}
