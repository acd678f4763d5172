import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { z } from 'zod';
import type { Call } from '../../../src/inbox/handler.js';
import { createReportHandlers } from '../../../src/inbox/report-routes.js';
import type { reportList } from '../../../src/inbox/schemas/reports.js';
import { callerOf, createFakeAudit } from '../../support/inbox-world.js';
import { type ReportDelegate, type ReportInbox, startReportInbox } from '../../support/report-inbox.js';

type ReportList = z.output<typeof reportList>;

const HOUR_S = 3600;
const MINUTE_S = 60;

let inbox: ReportInbox;
let anne: ReportDelegate;
let jean: ReportDelegate;
beforeEach(async () => {
  inbox = await startReportInbox();
  anne = await inbox.enrol('anne');
  jean = await inbox.enrol('jean');
});
afterEach(() => inbox.stop());

async function list(by: ReportDelegate, query = ''): Promise<ReportList> {
  const { status, body } = await by.browser.call('GET', `/reports${query}`);
  expect(status).toBe(200);
  return body as unknown as ReportList;
}

const markRead = (by: ReportDelegate, id: string, seq: number) =>
  by.browser.call('PUT', `/reports/${id}/read`, { body: { seq } });

describe('from the resident to the delegate, and back', () => {
  test('what was sealed is read by each delegate, and the answer by whoever holds the receipt', async () => {
    const { id, receipt } = await inbox.send();
    const { reports } = await list(jean);
    expect(reports).toMatchObject([{ id, status: 'received', isUnread: true, isNewToCaller: true, isOverdue: false }]);
    expect(reports[0]?.summary.map(({ step }) => step)).toEqual(['category', 'where', 'when']);

    for (const delegate of [anne, jean]) {
      const { events, isComplete } = await delegate.read(await delegate.load(id));
      expect(isComplete).toBe(true);
      expect(events[3]).toEqual({ step: 'what', text: 'Des rodéos tous les soirs, signé Zorglub' });
    }

    const detail = await jean.load(id);
    const answer = await jean.append(id, await jean.seal(detail, { kind: 'reply', text: 'Nous passons ce soir.' }));
    expect(answer).toMatchObject({ status: 200, body: { card: { lastSeq: detail.card.lastSeq + 1 } } });
    const status = await anne.seal(await anne.load(id), {
      kind: 'status',
      status: 'closed',
      text: 'C’est réglé.',
    });
    expect(await anne.append(id, status)).toMatchObject({ status: 200, body: { card: { status: 'closed' } } });

    expect(await inbox.followUp.find(receipt, 'ailleurs')).toMatchObject({
      status: 'closed',
      entries: [
        { kind: 'reply', text: 'Nous passons ce soir.' },
        { kind: 'status', status: 'closed', text: 'C’est réglé.' },
      ],
    });
    expect(await inbox.actions()).toEqual([
      'report.status-changed',
      'report.answered',
      'report.opened',
      'report.opened',
    ]);
  });

  test('a private note is read by colleagues, and is not for the author', async () => {
    const { id, receipt } = await inbox.send();
    const detail = await jean.load(id);
    expect(await jean.append(id, await jean.seal(detail, { kind: 'note', text: 'Voir avec la mairie' }))).toMatchObject(
      {
        status: 200,
      },
    );
    expect((await anne.read(await anne.load(id))).events.at(-1)).toEqual({ text: 'Voir avec la mairie' });
    expect(await inbox.followUp.find(receipt, 'ailleurs')).toMatchObject({ entries: [] });
    expect(await inbox.actions()).toContain('report.noted');
  });

  test('what its author adds makes it unread again', async () => {
    const { id, receipt } = await inbox.send();
    await markRead(jean, id, (await jean.load(id)).card.lastSeq);
    expect(await list(anne)).toMatchObject({ unread: 0, reports: [{ isUnread: false, isNewToCaller: true }] });
    expect(await list(jean)).toMatchObject({ reports: [{ isNewToCaller: false }] });
    const found = await inbox.followUp.find(receipt, 'ailleurs');
    if (typeof found === 'string') throw new Error(found);
    inbox.clock.advance(MINUTE_S);
    await inbox.followUp.add(found.ticket, 'Encore hier soir', randomUUID());
    const addedAt = inbox.clock.now().getTime();
    expect(await list(jean)).toMatchObject({
      reports: [{ submittedAt: addedAt - MINUTE_S * 1000, lastWordAt: addedAt }],
    });
    expect(await list(jean)).toMatchObject({ unread: 1, reports: [{ isUnread: true, isNewToCaller: true }] });
    expect((await jean.read(await jean.load(id))).events.at(-1)).toEqual({ text: 'Encore hier soir' });
  });
});

describe('two delegates at once', () => {
  test('one of two answers to the same state is refused, and is sealed anew after the other', async () => {
    const { id } = await inbox.send();
    const detail = await jean.load(id);
    const bodies = await Promise.all([
      jean.seal(detail, { kind: 'reply', text: 'De Jean' }),
      anne.seal(await anne.load(id), { kind: 'reply', text: 'De Anne' }),
    ]);
    const answers = await Promise.all([jean.append(id, bodies[0]), anne.append(id, bodies[1])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.code).toBe('ReportChanged');

    const [loser, text] = answers[0].status === 409 ? ([jean, 'De Jean'] as const) : ([anne, 'De Anne'] as const);
    const again = await loser.seal(await loser.load(id), { kind: 'reply', text });
    expect(await loser.append(id, again)).toMatchObject({ status: 200 });
    const read = await jean.read(await jean.load(id));
    expect(read.isComplete).toBe(true);
    expect(read.events.slice(-2)).toEqual(expect.arrayContaining([{ text: 'De Jean' }, { text: 'De Anne' }]));
  });

  test('the same event sent again, because its answer was lost, is there once and logged once', async () => {
    const { id } = await inbox.send();
    const body = await jean.seal(await jean.load(id), { kind: 'reply', text: 'Bonjour' });
    const [first, second] = [await jean.append(id, body), await jean.append(id, body)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await jean.load(id)).events.filter(({ kind }) => kind === 'reply')).toHaveLength(1);
    expect((await inbox.actions()).filter((name) => name === 'report.answered')).toHaveLength(1);
  });

  test('nobody passes a colleague’s words off as theirs', async () => {
    const { id } = await inbox.send();
    const body = await anne.seal(await anne.load(id), { kind: 'reply', text: 'De Anne' });
    expect(await jean.append(id, body)).toMatchObject({ status: 200 });
    // The place that it was sealed to names its author: it opens under no other.
    expect((await anne.read(await anne.load(id))).events.at(-1)).toBe('cannot-open');
  });
});

describe('what is refused', () => {
  test('a draft, an erased report, an unknown one: for each call, as if there were none', async () => {
    const { id: draft } = await inbox.reports.intake.open('conversation');
    for (const id of [draft, randomUUID()]) {
      const seen = await list(jean);
      expect(seen.reports).toEqual([]);
      const calls = [
        ['GET', `/reports/${id}`, undefined],
        ['PUT', `/reports/${id}/read`, { seq: 1 }],
        ['PUT', `/reports/${id}/assignee`, { assigneeId: jean.account.id }],
        ['POST', `/reports/${id}/export`, { as: 'file' }],
        ['POST', `/reports/${id}/events`, { kind: 'note', seq: 1, at: 1, keyId: 'k', sealed: 'AAAA' }],
      ] as const;
      for (const [method, path, body] of calls) {
        const answer = await jean.browser.call(method, path, body && { body });
        expect({ path, status: answer.status, code: answer.code }).toEqual({
          path,
          status: 404,
          code: 'ReportNotFound',
        });
      }
    }
    expect(await inbox.actions()).toEqual([]);
  });

  test('an event that is out of its form, its time, or its turn', async () => {
    const { id } = await inbox.send();
    const detail = await jean.load(id);
    const reply = await jean.seal(detail, { kind: 'reply', text: 'Bonjour' });
    const note = await jean.seal(detail, { kind: 'note', text: 'Note' });
    const { toReporter: _, ...replyToNobody } = reply;
    for (const body of [
      replyToNobody,
      { ...note, toReporter: note.sealed },
      { ...note, status: 'closed' },
      { ...note, kind: 'status' },
      { ...note, status: 'draft' },
      { ...note, extra: true },
    ]) {
      expect(await jean.append(id, body)).toMatchObject({ status: 400, code: 'InvalidBody' });
    }
    const late = await jean.seal(detail, { kind: 'note', text: 'Note' }, detail.now - 6 * 60_000);
    for (const body of [{ ...note, seq: note.seq + 1 }, { ...note, keyId: 'autre' }, late]) {
      expect(await jean.append(id, body)).toMatchObject({ status: 409, code: 'ReportChanged' });
    }
    expect((await jean.load(id)).events).toEqual(detail.events);
    expect(await inbox.actions()).toEqual(['report.opened']);
  });

  test('more than a call may hold', async () => {
    const { id } = await inbox.send();
    const sealed = 'A'.repeat(70_000);
    const answer = await jean.append(id, { kind: 'note', seq: 8, at: 1, keyId: 'k', sealed });
    expect(answer).toMatchObject({ status: 413, code: 'BodyTooLarge' });
  });
});

describe('without the log', () => {
  const eventsOf = async (id: string) => (await inbox.storage.reports.load(id))?.events.length;

  test('nothing is answered, and the same answer is logged once when it is sent again', async () => {
    const { id } = await inbox.send();
    const before = await eventsOf(id);
    const body = await jean.seal(await jean.load(id), { kind: 'reply', text: 'Bonjour' });
    const { audit, append } = handlersWithFakeLog();
    const call = { params: { id }, caller: callerOf(jean.account), body } as unknown as Call<'appendToReport'>;
    audit.fails = true;
    await expect(append(call)).rejects.toThrow('the log is away');
    expect(await eventsOf(id)).toBe(before);
    audit.fails = false;
    await append(call);
    await append(call);
    expect(audit.events).toMatchObject([{ action: 'report.answered', actor: jean.account.id, subject: id }]);
    expect(await eventsOf(id)).toBe((before ?? 0) + 1);
  });

  test('nobody is put in charge', async () => {
    const { id } = await inbox.send();
    const { audit, assign } = handlersWithFakeLog();
    const body = { assigneeId: anne.account.id };
    const call = { params: { id }, caller: callerOf(jean.account), body } as unknown as Call<'assignReport'>;
    audit.fails = true;
    await expect(assign(call)).rejects.toThrow('the log is away');
    expect(await inbox.storage.reports.load(id)).not.toHaveProperty('assigneeId');
    audit.fails = false;
    await assign(call);
    await assign(call);
    expect(audit.events).toMatchObject([{ action: 'report.assigned', details: { to: anne.account.id } }]);
  });

  test('what storage did not take is in it, and what is refused is not', async () => {
    const { id } = await inbox.send();
    const detail = await jean.load(id);
    const body = await jean.seal(detail, { kind: 'note', text: 'Note' });
    const replace = jest.spyOn(inbox.storage.reports, 'replace').mockRejectedValueOnce(new Error('storage is away'));
    expect(await jean.append(id, body)).toMatchObject({ status: 500 });
    replace.mockRestore();
    expect(await jean.append(id, { ...body, seq: body.seq + 1 })).toMatchObject({ code: 'ReportChanged' });
    expect(await inbox.actions()).toEqual(['report.noted', 'report.opened']);
  });

  function handlersWithFakeLog() {
    const audit = createFakeAudit();
    const { desk } = inbox.reports;
    const { accounts } = inbox.storage;
    const handlers = createReportHandlers({ desk, accounts, audit, clock: inbox.clock.now });
    return { audit, append: handlers.appendToReport, assign: handlers.assignReport };
  }
});

describe('reading', () => {
  test('is not possible while the log is away', async () => {
    const { id } = await inbox.send();
    const audit = createFakeAudit();
    audit.fails = true;
    const { desk } = inbox.reports;
    const { accounts } = inbox.storage;
    const { openReport } = createReportHandlers({ desk, accounts, audit, clock: inbox.clock.now });
    const call = { params: { id }, caller: callerOf(jean.account) } as unknown as Call<'openReport'>;
    await expect(openReport(call)).rejects.toThrow('the log is away');
    audit.fails = false;
    expect(await openReport(call)).toMatchObject({ card: { id } });
  });

  test('is logged once in ten minutes for each delegate', async () => {
    const { id } = await inbox.send();
    for (const by of [jean, jean, anne]) await by.load(id);
    expect(await inbox.actions()).toEqual(['report.opened', 'report.opened']);
    inbox.clock.advance(601);
    await jean.load(id);
    expect(await inbox.actions()).toHaveLength(3);
  });

  test('is noted as far as there is anything to read, and never back', async () => {
    const { id } = await inbox.send();
    const { card } = await jean.load(id);
    expect(await markRead(jean, id, 1_000_000)).toMatchObject({ status: 200 });
    expect(await markRead(jean, id, 1)).toMatchObject({ status: 200 });
    expect((await anne.load(id)).readings).toMatchObject([
      { by: { id: jean.account.id, displayName: 'jean Nom' }, seq: card.lastSeq },
    ]);
  });

  test('a list gives nobody what is sealed to a colleague', async () => {
    await inbox.send();
    const [card] = (await list(jean)).reports;
    const stored = await inbox.storage.reports.load(card?.id ?? '');
    const ofAnne = stored?.keys.flatMap(({ sealedTo }) =>
      sealedTo.filter(({ delegateId }) => delegateId === anne.account.id).map(({ sealed }) => sealed),
    );
    expect(ofAnne).toHaveLength(1);
    const answers = JSON.stringify([card, await jean.load(card?.id ?? ''), await list(jean)]);
    for (const sealed of ofAnne ?? []) expect(answers).not.toContain(sealed);
    expect(card?.keys[0]).toMatchObject({ readers: [anne.account.id, jean.account.id], isRetired: false });
  });

  test('is overdue after a day without a reader', async () => {
    const { id } = await inbox.send();
    inbox.clock.advance(24 * HOUR_S + 1);
    await jean.browser.logIn('jean');
    expect(await list(jean)).toMatchObject({ unread: 1, overdue: 1, reports: [{ id, isOverdue: true }] });
    expect((await jean.load(id)).card.isOverdue).toBe(true);
    await markRead(jean, id, 7);
    expect(await list(jean)).toMatchObject({ unread: 0, overdue: 0, reports: [{ isOverdue: false }] });
  });
});

describe('the list', () => {
  /** Copies of one report, so that many are there at once. */
  async function fill(count: number): Promise<readonly string[]> {
    const { id } = await inbox.send();
    const report = await inbox.storage.reports.load(id);
    if (!report) throw new Error('No report');
    const { receiptRef: _, ...rest } = report;
    const readings = [{ delegateId: jean.account.id, seq: 7, at: report.changedAt }];
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const copy = {
        ...rest,
        id: randomUUID(),
        rev: 0,
        lookupHash: randomUUID(),
        readings,
        changedAt: report.changedAt + Math.floor(index / 3),
      };
      await inbox.storage.reports.create(copy);
      ids.push(copy.id);
    }
    return [id, ...ids];
  }

  test('has the unread first, and gives the rest page by page, each once', async () => {
    const ids = await fill(120);
    const first = await list(jean);
    expect(first.reports[0]).toMatchObject({ id: ids[0], isUnread: true });
    const seen = first.reports.map(({ id }) => id);
    let pages = 1;
    for (let { next } = first; next !== undefined; pages += 1) {
      const page = await list(jean, `?before=${next}`);
      seen.push(...page.reports.map(({ id }) => id));
      const times = page.reports.map(({ changedAt }) => changedAt);
      expect(times).toEqual(times.toSorted((one, other) => other - one));
      next = page.next;
    }
    expect(pages).toBe(3);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });
});

describe('what is done in the browser alone', () => {
  test('prints and files are logged, each as what it is', async () => {
    const { id } = await inbox.send();
    for (const as of ['print', 'file', 'redacted']) {
      const answer = await jean.browser.call('POST', `/reports/${id}/export`, { body: { as } });
      expect(answer).toMatchObject({ status: 200, body: { ok: true } });
    }
    await jean.browser.call('POST', '/report-figures/export', { body: { reports: 12 } });
    const entries = (await inbox.audit.page(undefined, 4)).map(({ action, details, actor }) => [
      action,
      details,
      actor,
    ]);
    expect(entries.toReversed()).toEqual([
      ['report.printed', undefined, jean.account.id],
      ['report.exported', { as: 'file' }, jean.account.id],
      ['report.exported', { as: 'redacted' }, jean.account.id],
      ['report.figures-exported', { reports: 12 }, jean.account.id],
    ]);
  });
});

describe('a report is given to somebody', () => {
  const assign = (id: string, assigneeId: string | null) =>
    jean.browser.call('PUT', `/reports/${id}/assignee`, { body: { assigneeId } });

  test('by name, and to nobody again; both are logged', async () => {
    const { id } = await inbox.send();
    expect(await assign(id, anne.account.id)).toMatchObject({
      status: 200,
      body: { card: { assignee: { id: anne.account.id, displayName: 'anne Nom' } } },
    });
    expect((await assign(id, null)).body.card).not.toHaveProperty('assignee');
    const { entries } = (await anne.browser.call('GET', '/audit')).body as { entries: { text: string }[] };
    expect(entries.map(({ text }) => text).slice(0, 2)).toEqual([
      expect.stringMatching(/^jean Nom ne confie plus à personne le signalement [0-9A-Z]{4}\.$/),
      expect.stringMatching(/^jean Nom a confié à anne Nom le signalement [0-9A-Z]{4}\.$/),
    ]);
  });

  test('who is there and can log in', async () => {
    const { id } = await inbox.send();
    expect(await assign(id, randomUUID())).toMatchObject({ status: 404, code: 'AccountNotFound' });
    await inbox.accounts.changeAccount(jean.account.id, { isDisabled: true }, undefined);
    const answer = await anne.browser.call('PUT', `/reports/${id}/assignee`, { body: { assigneeId: jean.account.id } });
    expect(answer).toMatchObject({ status: 404, code: 'AccountNotFound' });
  });
});
