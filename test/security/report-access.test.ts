import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReportDetail } from '../../src/demo/report-hand.js';
import { REPORT_OPERATIONS } from '../../src/inbox/report-operations.js';
import { makePair } from '../support/report-sealing-builders.js';
import { OPERATION_NAMES } from '../support/security-calls.js';
import { enrolWatched, inviteWatched, type WatchedDelegate } from '../support/security-report-delegate.js';
import { beginReport, openReportSite, type ReportSite, storeReport } from '../support/security-report-site.js';
import { codeOf, expectUntouched } from '../support/security-report-untouched.js';

let site: ReportSite;
let anne: WatchedDelegate;
let jean: WatchedDelegate;
let id: string;
let other: string;
let draft: string;
let detail: ReportDetail;
beforeAll(async () => {
  site = await openReportSite();
  ({ anne, jean } = site);
  const chat = await beginReport(site, 5);
  draft = (await site.storage.reports.draftOf(chat.conversationId))?.id ?? '';
}, 60_000);
beforeEach(async () => {
  ({ id } = await storeReport(site));
  ({ id: other } = await storeReport(site));
  detail = await jean.load(id);
});
afterAll(() => site.close());

test('every call about reports is among those that the tests of access try', () => {
  expect(OPERATION_NAMES).toEqual(expect.arrayContaining(Object.keys(REPORT_OPERATIONS)));
  expect(Object.values(REPORT_OPERATIONS).map(({ access }) => access)).toEqual(
    Object.keys(REPORT_OPERATIONS).map(() => 'reports'),
  );
});

describe('an id that is not that of a report that was sent', () => {
  const callsOn = (path: string): readonly [string, string, object | undefined][] => [
    ['GET', `/reports/${path}`, undefined],
    ['PUT', `/reports/${path}/read`, { seq: 1 }],
    ['PUT', `/reports/${path}/assignee`, { assigneeId: jean.id }],
    ['POST', `/reports/${path}/export`, { as: 'file' }],
    ['POST', `/reports/${path}/events`, { kind: 'note', seq: 1, at: site.now().getTime(), keyId: 'k', sealed: 'AAAA' }],
  ];

  test('is nobody’s, for every call: a draft, a conversation, a key, one that was removed', async () => {
    const { id: removed } = await storeReport(site);
    await site.storage.reports.remove(removed);
    const tried = [draft, removed, detail.card.keys[0]?.id ?? '', jean.id, randomUUID(), '__proto__', 'a'.repeat(100)];
    await expectUntouched(site, async () => {
      for (const one of tried) {
        for (const [method, path, body] of callsOn(one)) {
          const answer = await jean.call(method, path, { ...(body && { body }) });
          expect({ path, answer: codeOf(answer) }).toEqual({ path, answer: '404 ReportNotFound' });
        }
      }
    });
  });

  test('is refused by its form as well', async () => {
    for (const one of ['a'.repeat(101), '..%2f..%2freports', '%00', 'x%20y', "';--", '%E2%80%AE']) {
      for (const [method, path, body] of callsOn(one)) {
        const { status } = await jean.call(method, path, { ...(body && { body }) });
        expect({ path, status }).toEqual({ path, status: 404 });
      }
    }
  });
});

describe('keys for a colleague', () => {
  let marie: WatchedDelegate;
  beforeAll(async () => {
    marie = await enrolWatched(site, 'marie', await inviteWatched(anne, 'marie'));
  });

  /** A report that Marie cannot open: it was sent before she came. */
  async function hideFromMarie(): Promise<string> {
    const report = await site.storage.reports.load(id);
    if (!report) throw new Error('No report');
    const keys = report.keys.map((key) => ({
      ...key,
      sealedTo: key.sealedTo.filter(({ delegateId }) => delegateId !== marie.id),
    }));
    await site.storage.reports.replace({ ...report, keys });
    return keys[0]?.id ?? '';
  }
  const grant = (by: WatchedDelegate, to: string, publicKey: string, grants: readonly object[]) =>
    by.call('POST', `/report-access/${to}/grants`, { body: { publicKey, grants } });

  test('go to their own key and to no other, and to nobody who is no reader', async () => {
    const keyId = await hideFromMarie();
    const grants = [{ reportId: id, keyId, sealed: randomBytes(80).toString('base64url') }];
    const { publicKey } = await makePair();
    await expectUntouched(site, async () => {
      expect(codeOf(await grant(jean, marie.id, publicKey, grants))).toBe('409 KeysChanged');
      expect(codeOf(await grant(jean, marie.id, jean.own.publicKey, grants))).toBe('409 KeysChanged');
      for (const nobody of [randomUUID(), '__proto__', id])
        expect(codeOf(await grant(jean, nobody, marie.own.publicKey, grants))).toBe('404 AccountNotFound');
    });
  });

  test('are given by those who can open them, for keys of that very report, and of none that is a draft', async () => {
    const keyId = await hideFromMarie();
    const sealed = randomBytes(80).toString('base64url');
    const keyOfOther = (await jean.load(other)).card.keys[0]?.id ?? '';
    const draftKey = (await site.storage.reports.load(draft))?.keys[0]?.id ?? '';
    await expectUntouched(site, async () => {
      for (const [by, grants] of [
        // Marie cannot open them herself, and Jean's are not those of this report, or there are none.
        [marie, [{ reportId: id, keyId, sealed }]],
        [jean, [{ reportId: id, keyId: keyOfOther, sealed }]],
        [jean, [{ reportId: other, keyId, sealed }]],
        [jean, [{ reportId: id, keyId: '__proto__', sealed }]],
        [jean, [{ reportId: draft, keyId: draftKey, sealed }]],
        [jean, [{ reportId: randomUUID(), keyId, sealed }]],
      ] as const) {
        const answer = await grant(by, marie.id, marie.own.publicKey, grants);
        expect(JSON.parse(answer.text)).toMatchObject({ granted: 0 });
      }
      for (const grants of [
        [],
        [{ reportId: id, keyId, sealed: `${sealed}A` }],
        [{ reportId: id, keyId, sealed: sealed.slice(1) }],
        [{ reportId: id, keyId }],
        [{ reportId: id, keyId, sealed, delegateId: jean.id }],
        Array.from({ length: 201 }, () => ({ reportId: id, keyId, sealed })),
      ])
        expect(codeOf(await grant(jean, marie.id, marie.own.publicKey, grants))).toBe('400 InvalidBody');
    });
  });

  test('that a colleague has already are not replaced by what does not open', async () => {
    const rubbish = detail.card.keys.map(({ id: keyId }) => ({
      reportId: id,
      keyId,
      sealed: randomBytes(80).toString('base64url'),
    }));
    await expectUntouched(site, async () => {
      const answer = await grant(jean, anne.id, anne.own.publicKey, rubbish);
      expect(JSON.parse(answer.text)).toMatchObject({ granted: 0 });
    });
    expect(await anne.read(id)).toMatchObject({ isComplete: true });
  });

  test('name nobody’s sealed keys to a colleague: each is given their own', async () => {
    await hideFromMarie();
    const { keys } = await jean.ask<{ keys: readonly { reportId: string; sealed: string }[] }>(
      'GET',
      `/report-access/${marie.id}/missing`,
    );
    const report = await site.storage.reports.load(id);
    const ofJean = report?.keys.flatMap(({ sealedTo }) =>
      sealedTo.filter(({ delegateId }) => delegateId === jean.id).map(({ sealed }) => sealed),
    );
    expect(keys.filter(({ reportId }) => reportId === id).map(({ sealed }) => sealed)).toEqual(ofJean);
    const ownOfMarie = await marie.ask<{ keys: readonly object[] }>('GET', `/report-access/${marie.id}/missing`);
    expect(ownOfMarie.keys).toEqual([]);
  });
});

describe('a call from elsewhere, or from nobody', () => {
  const writes = async (): Promise<readonly [string, string, object][]> => [
    ['PUT', `/reports/${id}/read`, { seq: 1 }],
    ['PUT', `/reports/${id}/assignee`, { assigneeId: jean.id }],
    ['POST', `/reports/${id}/export`, { as: 'file' }],
    ['POST', '/report-figures/export', { reports: 1 }],
    ['POST', `/reports/${id}/events`, await jean.hand.seal(detail, { kind: 'note', text: 'Note' })],
    [
      'POST',
      `/report-access/${anne.id}/grants`,
      { publicKey: anne.own.publicKey, grants: [{ reportId: id, keyId: 'k', sealed: 'A'.repeat(107) }] },
    ],
  ];
  const reads = (): readonly string[] => [
    '/reports',
    `/reports/${id}`,
    '/report-access',
    `/report-access/${anne.id}/missing`,
  ];

  test('of another site is refused, with the cookie as well', async () => {
    const foreign = [
      { 'x-permanence': undefined },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': undefined, origin: 'https://mechant.example' },
      { 'sec-fetch-site': undefined },
    ];
    await expectUntouched(site, async () => {
      for (const headers of foreign) {
        for (const [method, path, body] of await writes()) {
          const answer = codeOf(await jean.call(method, path, { body, headers }));
          expect({ path, headers, answer }).toEqual({ path, headers, answer: '403 CrossSiteRequest' });
        }
      }
      for (const path of reads()) {
        const headers = { 'sec-fetch-site': 'cross-site' };
        expect(codeOf(await jean.call('GET', path, { headers }))).toBe('403 CrossSiteRequest');
      }
      for (const [method, path, body] of await writes()) {
        const headers = { 'content-type': 'text/plain' };
        expect(codeOf(await jean.call(method, path, { body, headers }))).toBe('415 UnsupportedMediaType');
      }
    });
  });

  test('of a locked session, one that ended, or a disabled account is refused', async () => {
    const paul = await enrolWatched(site, `paul${randomUUID().slice(0, 8)}`, await inviteWatched(anne, 'paul'));
    const refused = async (answer: string): Promise<void> => {
      const cookie = paul.cookie;
      for (const path of reads()) expect(codeOf(await paul.call('GET', path, { headers: { cookie } }))).toBe(answer);
      for (const [method, path, body] of await writes())
        expect(codeOf(await paul.call(method, path, { body, headers: { cookie } }))).toBe(answer);
    };
    await expectUntouched(site, async () => {
      await paul.ask('POST', '/session/lock');
      await refused('401 SessionLocked');
    });
    await paul.logIn();
    expect((await paul.call('GET', '/reports')).status).toBe(200);
    const kept = paul.cookie;
    await anne.ask('PATCH', `/accounts/${paul.id}`, { isDisabled: true });
    await expectUntouched(site, async () => {
      for (const path of reads())
        expect(codeOf(await paul.call('GET', path, { headers: { cookie: kept } }))).toBe('401 NotLoggedIn');
      for (const [method, path, body] of await writes())
        expect(codeOf(await paul.call(method, path, { body, headers: { cookie: kept } }))).toBe('401 NotLoggedIn');
    });
  });

  test('of a resident, with their token, is refused', async () => {
    const chat = await beginReport(site, 0);
    const headers = { authorization: `Bearer ${chat.token}`, cookie: '' };
    for (const path of reads()) expect(codeOf(await jean.call('GET', path, { headers }))).toBe('401 NotLoggedIn');
  });
});

describe('giving a report to somebody', () => {
  test('is refused for who is no active colleague, and for what is no id', async () => {
    await expectUntouched(site, async () => {
      for (const assigneeId of [randomUUID(), id, '__proto__'])
        expect(codeOf(await jean.call('PUT', `/reports/${id}/assignee`, { body: { assigneeId } }))).toBe(
          '404 AccountNotFound',
        );
      for (const body of [{}, { assigneeId: '' }, { assigneeId: 1 }, { assigneeId: jean.id, rev: 1 }])
        expect(codeOf(await jean.call('PUT', `/reports/${id}/assignee`, { body }))).toBe('400 InvalidBody');
    });
  });

  test('and how far it was read go no further than there is to read', async () => {
    for (const seq of [1_000_000_000, 2, 0]) await jean.ask('PUT', `/reports/${id}/read`, { seq });
    expect((await site.storage.reports.load(id))?.readings).toMatchObject([
      { delegateId: jean.id, seq: detail.card.lastSeq },
    ]);
    for (const seq of [-1, 0.5, '7', null])
      expect(codeOf(await jean.call('PUT', `/reports/${id}/read`, { body: { seq } }))).toBe('400 InvalidBody');
  });
});
