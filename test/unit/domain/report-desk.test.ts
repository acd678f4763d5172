import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isUnread, type Report } from '../../../src/domain/report.js';
import type { Reports } from '../../../src/domain/reports.js';
import { append, writeAs } from '../../support/report-delegate.js';
import { enrolReader, openKey, readAs, setDisabled, setPublicKey } from '../../support/report-team.js';
import { DAY, HOUR, MINUTE, makeReportWorld, type ReportWorld, sendReport } from '../../support/report-world.js';

const CHANGED = { code: 'report-changed' };
const GONE = { code: 'report-gone' };

let world: ReportWorld;
let reports: Reports;
let id: string;
let receipt: string;

const now = () => world.clock.now().getTime();
const load = () => reports.desk.load(id);

beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
  ({ id, receipt } = await sendReport(reports, 'one'));
});
afterEach(() => world.storage.close());

describe('what delegates add', () => {
  it('is kept in the chain, under the key that the team can open', async () => {
    await append(reports.desk, world.anne, id, { kind: 'note', text: 'Voir le syndic', at: now() });
    const report = await append(reports.desk, world.brahim, id, { kind: 'reply', text: 'Merci', at: now() });
    expect(report).toMatchObject({ status: 'received', rev: 5, keys: [{}] });
    const opened = await readAs(world.anne, report);
    expect(opened.slice(-2).map((event) => event?.body)).toEqual([{ text: 'Voir le syndic' }, { text: 'Merci' }]);
    expect(opened.at(-1)?.previous).toBe(report.events.at(-2)?.digest);
    expect(report.events.map(({ author }) => author)).toEqual([undefined, undefined, undefined, 'anne', 'brahim']);
  });

  it('changes the status, and notes when the report was closed', async () => {
    world.clock.advance(HOUR);
    expect(await append(reports.desk, world.anne, id, { kind: 'status', status: 'closed', at: now() })).toMatchObject({
      status: 'closed',
      closedAt: now(),
      changedAt: now(),
    });
    world.clock.advance(HOUR);
    const open = await append(reports.desk, world.anne, id, { kind: 'status', status: 'in-progress', at: now() });
    expect(open).toMatchObject({ status: 'in-progress', changedAt: now() });
    expect(open).not.toHaveProperty('closedAt');
  });

  it('is refused when a colleague came first, and kept once when it is sent again', async () => {
    const [hers, his] = await Promise.all([
      writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() }),
      writeAs(world.brahim, await load(), { kind: 'note', text: 'B', at: now() }),
    ]);
    const kept = await reports.desk.append(id, 'anne', hers);
    await expect(reports.desk.append(id, 'brahim', his)).rejects.toMatchObject(CHANGED);
    expect(await reports.desk.append(id, 'anne', hers)).toEqual(kept);
    // The same bytes under another name are another event.
    await expect(reports.desk.append(id, 'brahim', hers)).rejects.toMatchObject(CHANGED);
  });

  it('lets one through of ten at once, and is not disturbed by who reads meanwhile', async () => {
    const report = await load();
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        writeAs(world.anne, report, { kind: 'note', text: `${index}`, at: now() }),
      ),
    );
    const other = world.start();
    const outcomes = await Promise.allSettled([
      ...written.map((event, index) => (index % 2 ? reports : other).desk.append(id, 'anne', event)),
      ...[1, 2, 3].map((seq) => reports.desk.markRead(id, 'anne', seq)),
      reports.desk.assign(id, 'brahim'),
    ]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(9);
    expect(await load()).toMatchObject({ assigneeId: 'brahim', readings: [{ delegateId: 'anne', seq: 3 }] });
    expect((await load()).events).toHaveLength(4);
  });

  it.each([
    ['another seq', { seq: 9 }],
    ['a time of another day', { at: 0 }],
    ['a key that is not there', { keyId: 'absent' }],
    ['a new key under an id that is taken', { newKey: { sealedTo: [] } }],
  ])('is refused with %s', async (_, change) => {
    const event = await writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() });
    await expect(reports.desk.append(id, 'anne', { ...event, ...change })).rejects.toMatchObject(CHANGED);
    expect((await load()).events).toHaveLength(3);
  });

  it('may be six minutes old no more', async () => {
    const event = await writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() });
    world.clock.advance(5 * MINUTE + 1);
    await expect(reports.desk.append(id, 'anne', event)).rejects.toMatchObject(CHANGED);
  });

  it.each([
    ['a reply that its author cannot read', { kind: 'reply' }],
    ['a note for its author', { kind: 'note', toReporter: 'words' }],
    ['a note that changes the status', { kind: 'note', status: 'closed' }],
    ['a status without one', { kind: 'status' }],
  ] as const)('is never %s', async (_, change) => {
    const event = await writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() });
    const refused = reports.desk.append(id, 'anne', { ...event, ...change });
    await expect(refused).rejects.toMatchObject({ code: 'not-in-this-state' });
  });

  it('needs a key that is sealed to the whole team of now', async () => {
    const late = await writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() });
    const chloe = await enrolReader(world.storage.accounts, { id: 'chloe' });
    await expect(reports.desk.append(id, 'anne', late)).rejects.toMatchObject(CHANGED);

    const team = await reports.desk.readers();
    const writing = { kind: 'note', text: 'A', at: now() } as const;
    for (const newKeyFor of [
      team.slice(1),
      [...team, { delegateId: 'dan', publicKey: chloe.publicKey }],
      [...team, ...team],
    ]) {
      const event = await writeAs(world.anne, await load(), { ...writing, newKeyFor });
      await expect(reports.desk.append(id, 'anne', event)).rejects.toMatchObject(CHANGED);
    }
    const report = await append(reports.desk, world.anne, id, { ...writing, newKeyFor: team });
    expect((await readAs(chloe, report)).at(-1)?.body).toEqual({ text: 'A' });
    // Under the new key without making another one.
    await append(reports.desk, chloe, id, { kind: 'note', text: 'B', at: now() });
    expect((await load()).keys).toHaveLength(2);
  });

  it('is refused under a key that somebody who left could open, and from them', async () => {
    const before = await load();
    await setDisabled(world.storage.accounts, 'brahim', true);
    const event = await writeAs(world.anne, before, { kind: 'note', text: 'A', at: now() });
    await expect(reports.desk.append(id, 'anne', event)).rejects.toMatchObject(CHANGED);
    const team = await reports.desk.readers();
    const his = await writeAs(world.brahim, before, { kind: 'note', text: 'B', at: now(), newKeyFor: team });
    await expect(reports.desk.append(id, 'brahim', his)).rejects.toMatchObject(CHANGED);
    await append(reports.desk, world.anne, id, { kind: 'note', text: 'A', at: now(), newKeyFor: team });
  });

  it('ends before the report is larger than a database takes', async () => {
    const report = await load();
    const [first] = report.events;
    if (!first) throw new Error('no event');
    await world.storage.reports.replace({ ...report, events: [{ ...first, sealed: 'x'.repeat(12_000_001) }] });
    const event = await writeAs(world.anne, await load(), { kind: 'note', text: 'A', at: now() });
    await expect(reports.desk.append(id, 'anne', event)).rejects.toMatchObject({ code: 'too-many-attempts' });
  });
});

describe('the list of reports', () => {
  it('shows no draft, and none is opened, read, assigned or granted', async () => {
    const { id: draft } = await reports.intake.open('two');
    expect((await reports.desk.list()).map((each) => each.id)).toEqual([id]);
    for (const call of [
      () => reports.desk.load(draft),
      () => reports.desk.load('absent'),
      () => reports.desk.markRead(draft, 'anne', 1),
      () => reports.desk.assign(draft, 'anne'),
      () => reports.desk.grant(draft, []),
    ]) {
      await expect(call()).rejects.toMatchObject(GONE);
    }
  });

  it('notes how far each delegate has read, never back', async () => {
    const seqOf = ({ readings }: Report) => readings.map(({ delegateId, seq }) => `${delegateId} ${seq}`);
    expect(seqOf(await reports.desk.markRead(id, 'anne', 2))).toEqual(['anne 2']);
    expect(isUnread(await load())).toBe(true);
    expect(seqOf(await reports.desk.markRead(id, 'anne', 1))).toEqual(['anne 2']);
    expect(seqOf(await reports.desk.markRead(id, 'anne', 1000))).toEqual(['anne 3']);
    expect(isUnread(await load())).toBe(false);
    expect(seqOf(await reports.desk.markRead(id, 'brahim', 1))).toEqual(['anne 3', 'brahim 1']);
  });

  it('gives a report to somebody, or back to all', async () => {
    expect(await reports.desk.assign(id, 'anne')).toMatchObject({ assigneeId: 'anne' });
    const { rev } = await reports.desk.assign(id, 'anne');
    expect((await load()).rev).toBe(rev);
    expect(await reports.desk.assign(id, undefined)).not.toHaveProperty('assigneeId');
  });

  it('alarms of what nobody has read for a day, additions too', async () => {
    world.clock.advance(DAY - 1);
    expect(await reports.desk.listOverdue()).toEqual([]);
    world.clock.advance(1);
    expect((await reports.desk.listOverdue()).map((report) => report.id)).toEqual([id]);
    await reports.desk.markRead(id, 'brahim', 3);
    expect(await reports.desk.listOverdue()).toEqual([]);
    const found = await reports.followUp.find(receipt, 'two');
    if (typeof found === 'string') throw new Error(found);
    await reports.followUp.add(found.ticket, 'Encore', 'm');
    world.clock.advance(DAY);
    expect(await reports.desk.listOverdue()).toHaveLength(1);
  });

  it('tells of each change of what was sent, and of no draft', async () => {
    const listener = jest.fn();
    const end = reports.desk.subscribe(listener);
    await reports.intake.open('two');
    await reports.intake.answer('two', [{ step: 'what', text: 'Suite' }], 'a');
    expect(listener).toHaveBeenCalledTimes(0);
    await reports.desk.markRead(id, 'anne', 3);
    await reports.intake.submit((await reports.intake.open('two')).id);
    expect(listener).toHaveBeenCalledTimes(2);
    end();
    await reports.desk.assign(id, 'anne');
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

describe('access', () => {
  it('is granted to readers of now under their keys of now, once, and to nobody else', async () => {
    const chloe = await enrolReader(world.storage.accounts, { id: 'chloe' });
    const [{ id: keyId } = { id: '' }] = (await load()).keys;
    const sealedTo = { delegateId: 'chloe', publicKey: chloe.publicKey, sealed: 'first' };
    const report = await reports.desk.grant(id, [
      { keyId, sealedTo },
      { keyId, sealedTo: { ...sealedTo, sealed: 'second' } },
      { keyId: 'absent', sealedTo },
      { keyId, sealedTo: { ...sealedTo, delegateId: 'dan' } },
      { keyId, sealedTo: { ...sealedTo, publicKey: world.anne.publicKey } },
      { keyId, sealedTo: { delegateId: 'anne', publicKey: world.anne.publicKey, sealed: 'over' } },
    ]);
    expect(report.keys[0]?.sealedTo.slice(2)).toEqual([sealedTo]);
    expect(await openKey(report, keyId, world.anne)).toBeDefined();
    const { rev } = await reports.desk.grant(id, [{ keyId, sealedTo }]);
    expect(rev).toBe(report.rev);
  });

  it('is taken from a delegate who left, of drafts as well, and what follows needs another key', async () => {
    await reports.intake.open('two');
    await reports.intake.answer('two', [{ step: 'what', text: 'Suite' }], 'a');
    expect(await reports.desk.revokeFormerReaders()).toBe(0);
    await setDisabled(world.storage.accounts, 'brahim', true);
    expect(await reports.desk.revokeFormerReaders()).toBe(2);
    expect(await reports.desk.revokeFormerReaders()).toBe(0);
    const report = await load();
    expect(report.keys).toMatchObject([{ isRetired: true, sealedTo: [{ delegateId: 'anne' }] }]);
    expect((await readAs(world.anne, report)).every(Boolean)).toBe(true);
    const event = await writeAs(world.anne, report, { kind: 'note', text: 'A', at: now() });
    await expect(reports.desk.append(id, 'anne', event)).rejects.toMatchObject(CHANGED);
    await reports.intake.answer('two', [{ step: 'where', text: 'Ici' }], 'b');
    expect((await world.storage.reports.draftOf('two'))?.keys).toMatchObject([
      { isRetired: true },
      { sealedTo: [{ delegateId: 'anne' }] },
    ]);
  });

  it('is taken from keys that a delegate no longer has', async () => {
    const { publicKey } = await enrolReader(world.storage.accounts, { id: 'other', isDisabled: true });
    await setPublicKey(world.storage.accounts, 'brahim', publicKey);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
    expect((await load()).keys[0]?.sealedTo.map(({ delegateId }) => delegateId)).toEqual(['anne']);
  });

  it('stays where nobody else could open a key, so that a colleague who comes back still can', async () => {
    for (const each of ['anne', 'brahim']) await setDisabled(world.storage.accounts, each, true);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
    expect((await load()).keys).toMatchObject([{ isRetired: true, sealedTo: [{}, {}] }]);
    await setDisabled(world.storage.accounts, 'anne', false);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
    expect((await load()).keys[0]?.sealedTo.map(({ delegateId }) => delegateId)).toEqual(['anne']);
    expect((await readAs(world.anne, await load())).every(Boolean)).toBe(true);
  });

  it('is looked through again in time: what was being sealed while the team changed is found', async () => {
    const before = await load();
    await setDisabled(world.storage.accounts, 'brahim', true);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
    await world.storage.reports.replace({ ...before, rev: (await load()).rev });
    expect(await reports.desk.revokeFormerReaders()).toBe(0);
    world.clock.advance(10 * MINUTE);
    expect(await reports.desk.revokeFormerReaders()).toBe(1);
  });
});

describe('telling the author', () => {
  async function startTelling(tell: (conversationId: string) => Promise<boolean>) {
    const tellAuthor = jest.fn(tell);
    const onTellingFailed = jest.fn();
    const telling = world.start({ tellAuthor, onTellingFailed });
    const { receiptRef, id: sent } = await sendReport(telling, 'two');
    expect(await telling.followUp.notifyAfterSending(receiptRef, 'two')).toBe(true);
    return { telling, tellAuthor, onTellingFailed, sent };
  }

  it('is done for what is written to them, where they asked, and once', async () => {
    const { telling, tellAuthor, sent } = await startTelling(async () => true);
    await append(telling.desk, world.anne, sent, { kind: 'note', text: 'A', at: now() });
    await append(telling.desk, world.anne, sent, { kind: 'status', status: 'forwarded', at: now() });
    expect(tellAuthor).toHaveBeenCalledTimes(0);
    const event = await writeAs(world.anne, await telling.desk.load(sent), { kind: 'reply', text: 'B', at: now() });
    await telling.desk.append(sent, 'anne', event);
    await telling.desk.append(sent, 'anne', event);
    await append(telling.desk, world.anne, sent, { kind: 'status', status: 'closed', text: 'C', at: now() });
    expect(tellAuthor.mock.calls).toEqual([['two'], ['two']]);
  });

  it('that fails undoes nothing, and one in a conversation that is gone is not tried again', async () => {
    let isThere = true;
    const { telling, onTellingFailed, sent } = await startTelling(async () => {
      if (isThere) throw new Error('away');
      return false;
    });
    await append(telling.desk, world.anne, sent, { kind: 'reply', text: 'A', at: now() });
    expect(onTellingFailed).toHaveBeenCalledTimes(1);
    expect(await telling.desk.load(sent)).toMatchObject({ notifies: 'two' });
    isThere = false;
    await append(telling.desk, world.anne, sent, { kind: 'reply', text: 'B', at: now() });
    expect(await telling.desk.load(sent)).not.toHaveProperty('notifies');
  });
});
