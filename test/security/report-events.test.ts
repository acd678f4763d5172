import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReportDetail } from '../../src/demo/report-hand.js';
import { reportSealing } from '../../src/sealing/index.js';
import { sealWords } from '../../src/web/inbox/reports/sealing-new.js';
import { makePair } from '../support/report-sealing-builders.js';
import type { WatchedDelegate } from '../support/security-report-delegate.js';
import { openReportSite, type ReportSite, storeReport } from '../support/security-report-site.js';
import { codeOf, expectUntouched } from '../support/security-report-untouched.js';
import { MINUTE } from '../support/security-site.js';

let site: ReportSite;
let anne: WatchedDelegate;
let jean: WatchedDelegate;
let id: string;
let other: string;
let detail: ReportDetail;
beforeAll(async () => {
  site = await openReportSite();
  ({ anne, jean } = site);
}, 60_000);
beforeEach(async () => {
  ({ id } = await storeReport(site));
  ({ id: other } = await storeReport(site));
  detail = await jean.load(id);
});
afterAll(() => site.close());

describe('an event', () => {
  test('of another form than a delegate’s is refused, and nothing is stored', async () => {
    const note = await jean.hand.seal(detail, { kind: 'note', text: 'Note' });
    const reply = await jean.hand.seal(detail, { kind: 'reply', text: 'Bonjour' });
    const { sealed, ...unsealed } = note;
    const { toReporter, ...toNobody } = reply;
    const forged = [
      ...['answer', 'submitted', 'addition', 'draft', '', '__proto__'].map((kind) => ({ ...note, kind })),
      { ...note, kind: 'answer', step: 'what' },
      { ...note, author: anne.id },
      { ...note, digest: await reportSealing.digestOf(sealed) },
      { ...note, cause: 'm1' },
      { ...note, status: 'closed' },
      { ...note, kind: 'status' },
      { ...note, kind: 'status', status: 'draft' },
      { ...note, kind: 'status', status: 'lu' },
      { ...note, toReporter: toReporter ?? sealed },
      toNobody,
      unsealed,
      { ...note, sealed: null },
      { ...note, sealed: '' },
      { ...note, sealed: 'é'.repeat(600) },
      { ...note, sealed: `${sealed}=` },
      { ...note, sealed: [sealed] },
      { ...note, seq: -1 },
      { ...note, seq: 1.5 },
      { ...note, seq: `${note.seq}` },
      { ...note, seq: 1e12 },
      { ...note, at: -1 },
      { ...note, at: note.at + 0.5 },
      { ...note, at: new Date(note.at).toISOString() },
      { ...note, at: null },
      { ...note, keyId: '' },
      { ...note, keyId: '../../x' },
      { ...note, keyId: ['k'] },
      { ...note, newKey: { sealedTo: [] } },
      { ...note, newKey: {} },
      [note],
    ];
    await expectUntouched(site, async () => {
      for (const body of forged) {
        const answer = codeOf(await jean.append(id, body));
        expect({ body: JSON.stringify(body).slice(0, 80), answer }).toEqual({
          body: JSON.stringify(body).slice(0, 80),
          answer: '400 InvalidBody',
        });
      }
      const large = randomBytes(60 * 1024).toString('base64url');
      expect(codeOf(await jean.append(id, { ...note, sealed: large }))).toBe('413 BodyTooLarge');
      expect(codeOf(await jean.append(id, { ...reply, toReporter: large }))).toBe('413 BodyTooLarge');
    });
  });

  test('out of its turn, its time or its key is refused, and nothing is stored', async () => {
    const note = await jean.hand.seal(detail, { kind: 'note', text: 'Note' });
    const { card, now, readers } = detail;
    const keyOfOther = (await jean.load(other)).card.keys[0]?.id ?? '';
    const sealedTo = await Promise.all(
      readers.map(async ({ id: delegateId, publicKey }) => {
        const place = { reportId: id, keyId: 'neuve' };
        return {
          delegateId,
          publicKey,
          sealed: await reportSealing.sealDataKey(reportSealing.makeDataKey(), place, publicKey),
        };
      }),
    );
    const [first, second] = sealedTo;
    if (!first || !second) throw new Error('Two delegates read');
    const stranger = { ...first, delegateId: randomUUID(), publicKey: (await makePair()).publicKey };
    const withKey = (...of: object[]) => ({ ...note, keyId: 'neuve', newKey: { sealedTo: of } });
    const unfit = [
      ...[0, 1, card.lastSeq, note.seq + 1, 1_000_000].map((seq) => ({ ...note, seq })),
      ...[now - 5 * MINUTE - 1, now + 5 * MINUTE + 1, 0, 8.64e15].map((at) => ({ ...note, at })),
      ...['autre', keyOfOther, randomUUID(), '__proto__'].map((keyId) => ({ ...note, keyId })),
      // A key that is there already is not replaced, nor is one made that lacks somebody, or that a stranger opens.
      { ...note, newKey: { sealedTo } },
      withKey(first),
      withKey(first, first),
      withKey(first, second, stranger),
      withKey(first, stranger),
      withKey(first, { ...second, publicKey: stranger.publicKey }),
    ];
    await expectUntouched(site, async () => {
      for (const body of unfit) {
        const answer = codeOf(await jean.append(id, body));
        const { seq, at, keyId } = body;
        expect({ seq, at, keyId, answer }).toEqual({ seq, at, keyId, answer: '409 ReportChanged' });
      }
    });
  });

  test('made for one report is none for another, nor for this one a second time', async () => {
    const note = await jean.hand.seal(detail, { kind: 'note', text: 'Note' });
    await expectUntouched(site, async () => {
      expect(codeOf(await jean.append(other, note))).toBe('409 ReportChanged');
    });
    expect((await jean.append(id, note)).status).toBe(200);
    await expectUntouched(site, async () => {
      // The very same is acknowledged again; with anything else about it, it is refused.
      expect((await jean.append(id, note)).status).toBe(200);
      expect(codeOf(await anne.append(id, note))).toBe('409 ReportChanged');
      expect(codeOf(await jean.append(id, { ...note, seq: note.seq + 2 }))).toBe('409 ReportChanged');
    });
    // At the next place it is taken, as nobody but a reader can tell; readers are told that it stands in a wrong place.
    expect((await jean.append(id, { ...note, seq: note.seq + 1 })).status).toBe(200);
    const { events } = await anne.read(id);
    expect(events.slice(-2)).toEqual([{ text: 'Note' }, 'cannot-open']);
  });

  test('for a report that was removed meanwhile finds none', async () => {
    const note = await jean.hand.seal(detail, { kind: 'note', text: 'Note' });
    await site.storage.reports.remove(id);
    expect(codeOf(await jean.append(id, note))).toBe('404 ReportNotFound');
    expect(await site.storage.reports.load(id)).toBeUndefined();
  });

  test('that opens for nobody harms nobody: the rest is read, colleagues write on, and its author is shown the others', async () => {
    const { id: spoilt, receipt } = await storeReport(site);
    await anne.write(spoilt, { kind: 'reply', text: 'Bonjour' });
    const { readers, card, now } = await jean.load(spoilt);
    const rubbish = (bytes: number): string => randomBytes(bytes).toString('base64url');
    const sealedTo = readers.map(({ id: delegateId, publicKey }) => ({ delegateId, publicKey, sealed: rubbish(80) }));
    const { status } = await jean.append(spoilt, {
      kind: 'reply',
      seq: card.lastSeq + 1,
      at: now,
      keyId: 'rebut',
      newKey: { sealedTo },
      sealed: rubbish(540),
      toReporter: rubbish(600),
    });
    expect(status).toBe(200);
    const words = { kind: 'reply', text: 'Nous passons' } as const;
    const before = await anne.load(spoilt);
    const body = await sealWords({ own: anne.own, me: anne.id }, before, { words, at: before.now });
    expect(body.newKey).toBeDefined();
    expect((await anne.append(spoilt, body)).status).toBe(200);
    const found = await site.reports.followUp.find(receipt, randomUUID());
    expect(found).toMatchObject({
      entries: [{ kind: 'reply', text: 'Bonjour' }, { kind: 'reply' }, { kind: 'reply', text: 'Nous passons' }],
    });
    if (typeof found === 'string') throw new Error(found);
    expect(await site.reports.followUp.add(found.ticket, 'Merci', 'm1')).toBe(true);
    expect((await site.storage.reports.load(spoilt))?.events.at(-1)).toMatchObject({ kind: 'addition' });
  });
});
