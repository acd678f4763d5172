import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isUnread } from '../../../src/domain/report.js';
import { MOST_DRAFT_EVENTS } from '../../../src/domain/report-intake-service.js';
import type { Reports } from '../../../src/domain/reports.js';
import { enrolReader, openKey, readAs, setDisabled, setPublicKey } from '../../support/report-team.js';
import {
  ANSWERS,
  DAY,
  HOUR,
  MINUTE,
  makeReportWorld,
  type ReportWorld,
  sendReport,
} from '../../support/report-world.js';

let world: ReportWorld;
let reports: Reports;

beforeEach(async () => {
  world = await makeReportWorld();
  reports = world.start();
});
afterEach(() => world.storage.close());

const draft = async () => (await world.storage.reports.draftOf('one')) ?? Promise.reject(new Error('no draft'));
const stored = async (id: string) => (await world.storage.reports.load(id)) ?? Promise.reject(new Error('no report'));
const bodiesAs = async (reader: typeof world.anne, id: string) =>
  (await readAs(reader, await stored(id))).map((event) => event?.body);

describe('a draft', () => {
  it('is refused before the first question while nobody can read it', async () => {
    for (const id of ['anne', 'brahim']) await setDisabled(world.storage.accounts, id, true);
    expect(await reports.intake.canBeRead()).toBe(false);
    await expect(reports.intake.open('one')).rejects.toMatchObject({ code: 'no-reader' });
    expect(await reports.intake.draftOf('one')).toBeUndefined();
  });

  it('is begun once, however often it is opened', async () => {
    const other = world.start();
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? reports : other).intake.open('one')),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(opened[0]).toMatchObject({ answered: [], known: {} });
    expect((await draft()).conversationId).toBe('one');
  });

  it('is not erased by a process that looked just before another one began it', async () => {
    const other = world.start();
    let looks = 0;
    const late = world.start({
      store: {
        ...world.storage.reports,
        async draftOf(conversationId) {
          const found = await world.storage.reports.draftOf(conversationId);
          looks += 1;
          if (looks === 1) {
            await other.intake.open(conversationId);
            await other.intake.answer(conversationId, [ANSWERS.what], 'a');
          }
          return found;
        },
      },
    });
    expect(await late.intake.open('one')).toMatchObject({ answered: ['what'] });
    expect((await draft()).events).toHaveLength(1);
  });

  it('seals each answer to each delegate, and keeps no word of it in clear', async () => {
    await reports.intake.open('one');
    const { answered, known } = await reports.intake.answer('one', [ANSWERS.what, ANSWERS.category], 'a');
    expect(answered).toEqual(['category', 'what']);
    expect(known).toEqual({ category: ANSWERS.category, what: ANSWERS.what });
    const report = await draft();
    expect(JSON.stringify(report)).not.toContain('rodéos');
    expect(report.events.map(({ seq, kind, step, cause }) => ({ seq, kind, step, cause }))).toEqual([
      { seq: 1, kind: 'answer', step: 'what', cause: 'a' },
      { seq: 2, kind: 'answer', step: 'category', cause: 'a' },
    ]);
    for (const reader of [world.anne, world.brahim]) {
      expect((await readAs(reader, report)).map((event) => event?.body)).toEqual([ANSWERS.what, ANSWERS.category]);
    }
    expect((await readAs(world.anne, report))[1]?.previous).toBe(report.events[0]?.digest);
  });

  it('takes the answer of a message once, in any process', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const { rev } = await draft();
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    await world.start().intake.answer('one', [{ ...ANSWERS.what, text: 'Autre chose' }], 'a');
    expect(await draft()).toMatchObject({ rev, events: [{ seq: 1 }] });
    // The same message may answer another question, in a call of its own.
    await reports.intake.answer('one', [ANSWERS.where], 'a');
    expect((await draft()).events).toHaveLength(2);
  });

  it('holds no replaced answer, only its place', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const { known } = await reports.intake.answer('one', [{ step: 'what', text: 'Rien de tel' }], 'b');
    expect(known.what).toEqual({ step: 'what', text: 'Rien de tel' });
    expect((await draft()).events.map(({ sealed }) => sealed === null)).toEqual([true, false]);
  });

  it('keeps what a further part goes on from, though nobody here can read it', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const later = world.start();
    const further = { step: 'what', text: 'Et la vitre', isFurther: true } as const;
    expect((await later.intake.answer('one', [further], 'b')).known.what).toEqual(further);
    await later.intake.answer('one', [further], 'b');
    await later.intake.answer('one', [ANSWERS.where], 'c');
    const { id } = await draft();
    expect(await bodiesAs(world.anne, id)).toEqual([ANSWERS.what, further, ANSWERS.where]);
    await later.intake.submit(id);
    expect((await bodiesAs(world.brahim, id)).slice(0, 2)).toEqual([ANSWERS.what, further]);
  });

  it('reads all parts of an answer as one, and replaces all of them by another answer', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const further = { step: 'what', text: 'Et la vitre', isFurther: true } as const;
    const { known } = await reports.intake.answer('one', [further], 'b');
    expect(known.what).toEqual({ step: 'what', text: `${ANSWERS.what.text}\nEt la vitre` });
    const anew = { step: 'what', text: 'Rien de tel' } as const;
    expect((await reports.intake.answer('one', [anew], 'c')).known.what).toEqual(anew);
    expect((await draft()).events.map(({ sealed }) => sealed === null)).toEqual([true, true, false]);
  });

  it('tells what a message answers as it stands, of which others may have answered a part', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.where, ANSWERS.what], 'a');
    expect(await world.start().intake.answeredBy('one', 'a')).toEqual([
      { step: 'where', isAlone: true },
      { step: 'what', isAlone: true },
    ]);
    await reports.intake.answer('one', [{ step: 'what', text: 'Et la vitre', isFurther: true }], 'b');
    await reports.intake.answer('one', [{ step: 'where', text: 'Place Cassin' }], 'c');
    expect(await reports.intake.answeredBy('one', 'a')).toEqual([{ step: 'what', isAlone: false }]);
    expect(await reports.intake.answeredBy('one', 'b')).toEqual([{ step: 'what', isAlone: false }]);
    expect(await reports.intake.answeredBy('one', 'd')).toEqual([]);
    expect(await reports.intake.answeredBy('two', 'a')).toEqual([]);
  });

  it('knows only what this process sealed within half an hour', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.category], 'a');
    expect(await world.start().intake.draftOf('one')).toMatchObject({ answered: ['category'], known: {} });
    world.clock.advance(29 * MINUTE);
    await reports.intake.answer('one', [ANSWERS.where], 'b');
    world.clock.advance(29 * MINUTE);
    expect((await reports.intake.draftOf('one'))?.known).toEqual({ category: ANSWERS.category, where: ANSWERS.where });
    world.clock.advance(MINUTE);
    expect(await reports.intake.draftOf('one')).toMatchObject({ answered: ['category', 'where'], known: {} });
  });

  it('goes on under a new key after a restart, and does not take the place of what another process changed', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const other = world.start();
    await other.intake.answer('one', [{ step: 'what', text: 'Corrigé' }], 'b');
    expect((await reports.intake.draftOf('one'))?.known).toEqual({});
    // The first process still has its own key.
    await reports.intake.answer('one', [ANSWERS.where], 'c');
    const { keys, events } = await draft();
    expect(keys).toHaveLength(2);
    expect(events.map(({ keyId }) => keys.findIndex(({ id }) => id === keyId))).toEqual([0, 1, 0]);
  });

  it('lets a delegate who joined read what comes, and what was said under the same key', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const chloe = await enrolReader(world.storage.accounts, { id: 'chloe' });
    await reports.intake.answer('one', [ANSWERS.where], 'b');
    const report = await draft();
    expect(report.keys).toHaveLength(1);
    expect((await readAs(chloe, report)).map((event) => event?.body)).toEqual([ANSWERS.what, ANSWERS.where]);
  });

  it('seals nothing more to a delegate who left', async () => {
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    await setDisabled(world.storage.accounts, 'brahim', true);
    await reports.intake.answer('one', [ANSWERS.where], 'b');
    const report = await draft();
    expect(report.keys).toHaveLength(2);
    expect((await readAs(world.brahim, report)).map((event) => event?.body)).toEqual([ANSWERS.what, undefined]);
    expect((await readAs(world.anne, report)).map((event) => event?.body)).toEqual([ANSWERS.what, ANSWERS.where]);
  });

  it('reaches the others when one public key is none', async () => {
    await setPublicKey(world.storage.accounts, 'brahim', 'AAAA');
    await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    expect((await draft()).keys[0]?.sealedTo.map(({ delegateId }) => delegateId)).toEqual(['anne']);
  });

  it('is over a day after its last answer, swept or not', async () => {
    const { expiresAt } = await reports.intake.open('one');
    expect(expiresAt - world.clock.now().getTime()).toBe(DAY * 1000);
    world.clock.advance(23 * HOUR);
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const { id } = await draft();
    world.clock.advance(23 * HOUR);
    expect(await reports.intake.draftOf('one')).toBeDefined();
    expect(await reports.upkeep.sweepDrafts()).toBe(0);
    world.clock.advance(HOUR);
    expect(await reports.intake.draftOf('one')).toBeUndefined();
    await expect(reports.intake.answer('one', [ANSWERS.where], 'b')).rejects.toMatchObject({ code: 'report-gone' });
    await expect(reports.intake.submit(id)).rejects.toMatchObject({ code: 'report-gone' });
    const { id: next } = await reports.intake.open('one');
    expect(next).not.toBe(id);
    expect(await world.storage.reports.load(id)).toBeUndefined();
    world.clock.advance(DAY);
    expect(await reports.upkeep.sweepDrafts()).toBe(1);
    expect(await world.storage.reports.load(next)).toBeUndefined();
  });

  it('is erased when its author gives it up, and with its conversation', async () => {
    await reports.intake.open('one');
    await reports.intake.discard('one');
    await reports.intake.discard('one');
    expect(await reports.intake.draftOf('one')).toBeUndefined();
    await expect(reports.intake.answer('one', [ANSWERS.what], 'a')).rejects.toMatchObject({ code: 'report-gone' });
    const { id } = await sendReport(reports, 'one');
    await reports.intake.discard('one');
    await reports.intake.open('one');
    expect(await world.storage.satellites.removeOf(['one'])).toBe(1);
    expect(await reports.intake.draftOf('one')).toBeUndefined();
    expect((await stored(id)).status).toBe('received');
  });

  it('takes as many changes as anybody makes, and may still be sent then', async () => {
    const { id } = await reports.intake.open('one');
    for (let index = 1; index < MOST_DRAFT_EVENTS; index += 1) {
      await reports.intake.answer('one', [{ step: 'what', text: `${index}` }], `${index}`);
    }
    const more = reports.intake.answer('one', [ANSWERS.what], 'more');
    await expect(more).rejects.toMatchObject({ code: 'too-many-attempts' });
    await reports.intake.submit(id);
    const bodies = await bodiesAs(world.anne, id);
    expect(bodies.filter(Boolean)).toHaveLength(2);
    expect(bodies.at(-2)).toEqual({ step: 'what', text: `${MOST_DRAFT_EVENTS - 1}` });
  });
});

describe('sending', () => {
  it('leaves nothing that leads back to the conversation', async () => {
    const { id, receipt } = await sendReport(reports, 'one');
    const report = await stored(id);
    expect(report).toMatchObject({ status: 'received', submittedAt: world.clock.now().getTime() });
    expect(JSON.stringify(report)).not.toMatch(/"cause"|"conversationId"|"one/);
    expect(JSON.stringify(report)).not.toContain(receipt);
    expect(isUnread(report)).toBe(true);
    expect(await world.storage.satellites.conversationIds(10)).toEqual([]);
    expect(await reports.intake.draftOf('one')).toBeUndefined();
    expect((await bodiesAs(world.anne, id)).at(-1)).toEqual({
      submitted: report.events.slice(0, -1).map(({ digest }) => digest),
    });
    expect(await openKey(report, report.keys[0]?.id ?? '', world.brahim)).toBeDefined();
  });

  it('gives one receipt, however often and wherever it is asked for', async () => {
    const { id } = await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const other = world.start();
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? reports : other).intake.submit(id)),
    );
    expect(new Set(sent.map(({ receiptRef }) => receiptRef)).size).toBe(1);
    expect(await world.storage.reports.listReceipts()).toHaveLength(1);
    expect((await stored(id)).events.filter(({ kind }) => kind === 'submitted')).toHaveLength(1);
  });

  it('shows the receipt for ten minutes from the first time, and then forgets the way to it', async () => {
    const { id, receiptRef, receipt } = await sendReport(reports, 'one');
    expect(receipt).toMatch(/^(\w{5}-){4}.$/);
    world.clock.advance(9 * MINUTE);
    expect(await world.start().intake.readReceipt(receiptRef)).toBe(receipt);
    expect(await reports.upkeep.sweepReceipts()).toBe(0);
    world.clock.advance(MINUTE);
    expect(await reports.intake.readReceipt(receiptRef)).toBeUndefined();
    expect((await reports.intake.submit(id)).receiptRef).toBe(receiptRef);
    expect(await reports.upkeep.sweepReceipts()).toBe(1);
    expect(await stored(id)).not.toHaveProperty('receiptRef');
    const late = await reports.intake.submit(id);
    expect(late.receiptRef).not.toBe(receiptRef);
    expect(await reports.intake.readReceipt(late.receiptRef)).toBeUndefined();
  });

  it('does not count a receipt as shown before it is', async () => {
    const { id } = await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    const { receiptRef } = await reports.intake.submit(id);
    const receipt = await reports.intake.peekReceipt(receiptRef);
    expect(receipt).toMatch(/^(\w{5}-){4}.$/);
    world.clock.advance(11 * MINUTE);
    expect(await reports.intake.readReceipt(receiptRef)).toBe(receipt);
    world.clock.advance(10 * MINUTE);
    expect(await reports.intake.peekReceipt(receiptRef)).toBeUndefined();
  });

  it('lets a receipt that was never shown wait for a day', async () => {
    const { id } = await reports.intake.open('one');
    const { receiptRef } = await reports.intake.submit(id);
    world.clock.advance(DAY - 1);
    expect(await reports.upkeep.sweepReceipts()).toBe(0);
    world.clock.advance(1);
    expect(await reports.intake.readReceipt(receiptRef)).toBeUndefined();
    expect(await reports.upkeep.sweepReceipts()).toBe(1);
    expect(await world.storage.reports.listReceipts()).toEqual([]);
  });

  it('is refused while nobody is left to read it, and the draft waits', async () => {
    const { id } = await reports.intake.open('one');
    await reports.intake.answer('one', [ANSWERS.what], 'a');
    for (const reader of ['anne', 'brahim']) await setDisabled(world.storage.accounts, reader, true);
    await expect(reports.intake.submit(id)).rejects.toMatchObject({ code: 'no-reader' });
    await setDisabled(world.storage.accounts, 'anne', false);
    await reports.intake.submit(id);
    expect((await bodiesAs(world.anne, id))[0]).toEqual(ANSWERS.what);
  });

  it('knows no draft that is not there', async () => {
    await expect(reports.intake.submit('absent')).rejects.toMatchObject({ code: 'report-gone' });
    expect(await reports.intake.readReceipt('absent')).toBeUndefined();
  });
});
