import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { z } from 'zod';
import { createReportRevocation } from '../../../src/inbox/report-revocation.js';
import type { missingKeys, reportAccess } from '../../../src/inbox/schemas/reports.js';
import { buildCredentials, CLIENT, passwordOf } from '../../support/inbox-accounts.js';
import { createFakeAudit } from '../../support/inbox-world.js';
import { type ReportDelegate, type ReportInbox, startReportInbox } from '../../support/report-inbox.js';
import { makePair } from '../../support/report-sealing-builders.js';

type ReportAccess = z.output<typeof reportAccess>;
type MissingKeys = z.output<typeof missingKeys>;

let inbox: ReportInbox;
let anne: ReportDelegate;
let jean: ReportDelegate;
beforeEach(async () => {
  inbox = await startReportInbox();
  anne = await inbox.enrol('anne');
  jean = await inbox.enrol('jean');
});
afterEach(() => inbox.stop());

async function access(by: ReportDelegate): Promise<ReportAccess> {
  return (await by.browser.call('GET', '/report-access')).body as unknown as ReportAccess;
}

async function missing(by: ReportDelegate, of: ReportDelegate): Promise<MissingKeys> {
  const { status, body } = await by.browser.call('GET', `/report-access/${of.account.id}/missing`);
  expect(status).toBe(200);
  return body as unknown as MissingKeys;
}

async function give(by: ReportDelegate, to: ReportDelegate, publicKey = to.own.publicKey) {
  const { keys } = await missing(by, to);
  const grants = await Promise.all(keys.map((key) => by.regrant(key, publicKey)));
  return by.browser.call('POST', `/report-access/${to.account.id}/grants`, { body: { publicKey, grants } });
}

const counts = ({ readers }: ReportAccess) => readers.map(({ canRead, lacks }) => [canRead, lacks]);

describe('a newcomer', () => {
  test('reads what came before them once a colleague has sealed it to them, and what comes after at once', async () => {
    const { id } = await inbox.send();
    const marie = await inbox.enrol('marie');
    const { id: later } = await inbox.send();
    expect((await marie.read(await marie.load(later))).events).toContainEqual({
      step: 'where',
      text: 'Rue de Picardie',
    });
    expect(new Set((await marie.read(await marie.load(id))).events)).toEqual(new Set(['no-key']));
    expect(await access(jean)).toMatchObject({ reports: 2, lost: 0 });
    expect(counts(await access(jean))).toEqual([
      [2, 0],
      [2, 0],
      [1, 1],
    ]);

    const { reader, keys, isMore } = await missing(jean, marie);
    expect(reader).toMatchObject({ id: marie.account.id, displayName: 'marie Nom', publicKey: marie.own.publicKey });
    expect(reader.fingerprint).toMatch(/^(\d{5} ?){6}$/);
    expect({ reports: keys.map(({ reportId }) => reportId), isMore }).toEqual({ reports: [id], isMore: false });
    const given = await give(jean, marie);
    expect(given).toMatchObject({ status: 200, body: { granted: 1, access: { reports: 2, lost: 0 } } });
    expect(await marie.read(await marie.load(id))).toMatchObject({ isComplete: true });
    expect((await missing(jean, marie)).keys).toEqual([]);

    const granted = (await inbox.audit.page(undefined, 20)).find(({ action }) => action === 'report.granted');
    expect(granted).toMatchObject({
      actor: jean.account.id,
      subject: marie.account.id,
      details: { reports: 1, keys: 1 },
    });
  });

  test('counts as no reader of what they cannot open: the alarm goes on', async () => {
    const { id } = await inbox.send();
    const marie = await inbox.enrol('marie');
    const read = () => marie.browser.call('PUT', `/reports/${id}/read`, { body: { seq: 7 } });
    expect(await read()).toMatchObject({ status: 409, code: 'KeyMissing' });
    expect((await anne.browser.call('GET', '/reports')).body).toMatchObject({ unread: 1 });
    await give(jean, marie);
    expect(await read()).toMatchObject({ status: 200 });
    expect((await anne.browser.call('GET', '/reports')).body).toMatchObject({ unread: 0 });
  });

  test('is part of the next answer: its browser makes a key for the whole team', async () => {
    const { id } = await inbox.send();
    const before = await jean.load(id);
    const outdated = await jean.seal(before, { kind: 'note', text: 'Avant elle' });
    const marie = await inbox.enrol('marie');
    expect(await jean.append(id, outdated)).toMatchObject({ status: 409, code: 'ReportChanged' });
    const body = await jean.seal(await jean.load(id), { kind: 'note', text: 'Avec elle' });
    expect(body.newKey?.sealedTo).toHaveLength(3);
    expect(await jean.append(id, body)).toMatchObject({ status: 200 });
    expect((await marie.read(await marie.load(id))).events.at(-1)).toEqual({ text: 'Avec elle' });
    const { newKey: _, ...withoutKey } = await jean.seal(await jean.load(id), { kind: 'note', text: 'x' });
    const forTwo = { sealedTo: body.newKey?.sealedTo.slice(0, 2) ?? [] };
    const poor = { ...withoutKey, keyId: randomUUID(), newKey: forTwo };
    expect(await jean.append(id, poor)).toMatchObject({ status: 409, code: 'ReportChanged' });
  });

  test('who gives themselves nothing, and is given nothing twice', async () => {
    await inbox.send();
    const marie = await inbox.enrol('marie');
    expect((await missing(marie, marie)).keys).toEqual([]);
    expect((await missing(marie, jean)).keys).toEqual([]);
    const { keys } = await missing(jean, marie);
    const grants = await Promise.all([...keys, ...keys].map((key) => jean.regrant(key, marie.own.publicKey)));
    const post = (by: ReportDelegate) =>
      by.browser.call('POST', `/report-access/${marie.account.id}/grants`, {
        body: { publicKey: marie.own.publicKey, grants },
      });
    // She cannot open them herself: whatever she sends is no key.
    expect(await post(marie)).toMatchObject({ status: 200, body: { granted: 0 } });
    expect(await post(jean)).toMatchObject({ status: 200, body: { granted: 1 } });
    expect(await post(anne)).toMatchObject({ status: 200, body: { granted: 0 } });
    expect((await inbox.actions()).filter((name) => name === 'report.granted')).toHaveLength(1);
  });
});

describe('giving access', () => {
  test('goes to the key that was compared, and to no other', async () => {
    await inbox.send();
    const marie = await inbox.enrol('marie');
    const { publicKey } = await makePair();
    expect(await give(jean, marie, publicKey)).toMatchObject({ status: 409, code: 'KeysChanged' });
    expect(counts(await access(jean))[2]).toEqual([0, 1]);
  });

  test('to nobody who is no reader', async () => {
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: true }, undefined);
    for (const id of [jean.account.id, randomUUID()]) {
      expect(await anne.browser.call('GET', `/report-access/${id}/missing`)).toMatchObject({
        status: 404,
        code: 'AccountNotFound',
      });
    }
  });

  test('of a report that is gone by now costs the others nothing', async () => {
    const [{ id: gone }, { id }] = [await inbox.send(), await inbox.send()];
    const marie = await inbox.enrol('marie');
    const { keys } = await missing(jean, marie);
    const grants = await Promise.all(keys.map((key) => jean.regrant(key, marie.own.publicKey)));
    await inbox.storage.reports.remove(gone);
    const body = { publicKey: marie.own.publicKey, grants };
    const answer = await jean.browser.call('POST', `/report-access/${marie.account.id}/grants`, { body });
    expect(answer).toMatchObject({ status: 200, body: { granted: 1 } });
    expect(await marie.read(await marie.load(id))).toMatchObject({ isComplete: true });
  });

  test('goes page by page', async () => {
    const { id } = await inbox.send();
    const report = await inbox.storage.reports.load(id);
    if (!report) throw new Error('No report');
    const { receiptRef: _, ...rest } = report;
    for (let index = 0; index < 205; index += 1)
      await inbox.storage.reports.create({ ...rest, id: randomUUID(), rev: 0, lookupHash: randomUUID() });
    const marie = await inbox.enrol('marie');
    const page = await missing(jean, marie);
    expect([page.keys.length, page.isMore]).toEqual([200, true]);
    const sealed = page.keys[0]?.sealed ?? '';
    const grants = page.keys.map(({ reportId, keyId }) => ({ reportId, keyId, sealed }));
    const post = (given: readonly object[]) =>
      jean.browser.call('POST', `/report-access/${marie.account.id}/grants`, {
        body: { publicKey: marie.own.publicKey, grants: given },
      });
    expect(await post([...grants, ...grants.slice(0, 1)])).toMatchObject({ status: 400, code: 'InvalidBody' });
    expect(await post(grants)).toMatchObject({ status: 200, body: { granted: 200 } });
    expect(await missing(jean, marie)).toMatchObject({ isMore: false });
    expect((await missing(jean, marie)).keys).toHaveLength(6);
  });
});

describe('somebody who leaves', () => {
  const keysIn = async (id: string) => (await inbox.storage.reports.load(id))?.keys ?? [];

  test('is left no key, and nothing new is sealed to theirs', async () => {
    const { id } = await inbox.send();
    const outdated = await anne.seal(await anne.load(id), { kind: 'note', text: 'Note' });
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: true }, anne.account.id);
    await inbox.revocation.check();
    const keys = await keysIn(id);
    expect(keys.flatMap(({ sealedTo }) => sealedTo.map(({ delegateId }) => delegateId))).toEqual([anne.account.id]);
    expect(keys.every(({ isRetired }) => isRetired)).toBe(true);
    const [entry] = await inbox.audit.page(undefined, 1);
    expect(entry).toMatchObject({ action: 'report.revoked', details: { reports: 1 } });

    expect(await anne.append(id, outdated)).toMatchObject({ status: 409, code: 'ReportChanged' });
    const body = await anne.seal(await anne.load(id), { kind: 'note', text: 'Entre nous' });
    expect(body.newKey?.sealedTo.map(({ delegateId }) => delegateId)).toEqual([anne.account.id]);
    expect(await anne.append(id, body)).toMatchObject({ status: 200 });
    expect((await anne.read(await anne.load(id))).events.at(-1)).toEqual({ text: 'Entre nous' });
  });

  test('and comes back has to be given everything again', async () => {
    const { id } = await inbox.send();
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: true }, anne.account.id);
    await inbox.revocation.check();
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: false }, anne.account.id);
    await jean.browser.logIn('jean');
    expect(new Set((await jean.read(await jean.load(id))).events)).toEqual(new Set(['no-key']));
    await give(anne, jean);
    expect(await jean.read(await jean.load(id))).toMatchObject({ isComplete: true });
  });

  test('what was taken away is logged also when storage fails half-way, or the log does', async () => {
    for (let sent = 0; sent < 3; sent += 1) await inbox.send();
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: true }, anne.account.id);
    const audit = createFakeAudit();
    const revocation = createReportRevocation({ desk: inbox.reports.desk, audit });
    const { reports } = inbox.storage;
    const { replace } = reports;
    const failing = jest
      .spyOn(reports, 'replace')
      .mockImplementationOnce(replace)
      .mockRejectedValueOnce(new Error('storage is away'));
    await expect(revocation.check()).rejects.toThrow('storage is away');
    failing.mockRestore();
    expect(audit.events).toEqual([{ action: 'report.revoked', details: { reports: 1 } }]);

    audit.fails = true;
    await expect(revocation.check()).rejects.toThrow('the log is away');
    audit.fails = false;
    await revocation.check();
    await revocation.check();
    expect(audit.events.slice(1)).toEqual([{ action: 'report.revoked', details: { reports: 2 } }]);
  });

  test('of two failures the first is told', async () => {
    const audit = createFakeAudit();
    audit.fails = true;
    async function revokeFormerReaders(onRevoked?: () => void): Promise<number> {
      onRevoked?.();
      throw new Error('storage is away');
    }
    await expect(createReportRevocation({ desk: { revokeFormerReaders }, audit }).check()).rejects.toThrow(
      'storage is away',
    );
  });

  test('nothing is logged when nothing was taken away', async () => {
    await inbox.send();
    await Promise.all([inbox.revocation.check(), inbox.revocation.check()]);
    expect(await inbox.actions()).toEqual([]);
  });
});

test('new keys open nothing of before until a colleague gives it; what nobody can open any more is counted as lost', async () => {
  const { id } = await inbox.send();
  await inbox.accounts.changeAccount(anne.account.id, { displayName: 'Anne' }, undefined);
  const { token } = await inbox.accounts.reset(jean.account.id, anne.account.id);
  const own = await makePair();
  const credentials = { ...buildCredentials(passwordOf('jean'), 'jean'), publicKey: own.publicKey };
  await inbox.accounts.accept({ token, login: 'jean', displayName: 'Jean', credentials }, CLIENT);
  await inbox.revocation.check();
  await jean.browser.logIn('jean');
  const [key] = (await jean.load(id)).card.keys;
  expect(key).toMatchObject({ readers: [anne.account.id], isRetired: true });
  expect(key).not.toHaveProperty('sealed');
  expect(counts(await access(anne))).toEqual([
    [1, 0],
    [0, 1],
  ]);

  await inbox.accounts.changeAccount(jean.account.id, { role: 'coordinator' }, undefined);
  await inbox.accounts.changeAccount(anne.account.id, { isDisabled: true }, undefined);
  await inbox.revocation.check();
  await jean.browser.logIn('jean');
  expect(await access(jean)).toMatchObject({ reports: 1, lost: 1, readers: [{ canRead: 0, lacks: 0 }] });
  inbox.clock.advance(48 * 3600);
  await jean.browser.logIn('jean');
  // Nobody can read it any more: it is no alarm, and somebody may say that they have seen it.
  expect((await jean.browser.call('GET', '/reports')).body).toMatchObject({ unread: 1, overdue: 0 });
  expect(await jean.browser.call('PUT', `/reports/${id}/read`, { body: { seq: 7 } })).toMatchObject({ status: 200 });
});
