import { randomUUID } from 'node:crypto';
import { fingerprintOf } from '../../src/domain/account-fingerprint.js';
import { reportSealing } from '../../src/sealing/index.js';
import type { ReportAccess } from '../../src/web/inbox/api/types.js';
import type { FakeAccount, FakeAccounts } from './inbox-browser-fake-accounts.js';
import { type FakeHandlers, FakeRefusal } from './inbox-browser-fake-api.js';

/** A report as far as its key goes: who it is sealed to, by public key. */
export interface FakeReport {
  readonly id: string;
  readonly sealedTo: Map<string, string>;
}

/** How many keys `readMissingKeys` names at once: few, so that tests see several pages. */
const PAGE = 100;
const KEY_ID = 'key-1';

/** Reports of one key each, really sealed to these accounts. */
export async function fakeReports(count: number, readers: readonly FakeAccount[]): Promise<readonly FakeReport[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const place = { reportId: randomUUID(), keyId: KEY_ID };
      const dataKey = reportSealing.makeDataKey();
      const sealed = readers.map(
        async ({ credentials: { publicKey } }): Promise<[string, string]> => [
          publicKey,
          await reportSealing.sealDataKey(dataKey, place, publicKey),
        ],
      );
      return { id: place.reportId, sealedTo: new Map(await Promise.all(sealed)) };
    }),
  );
}

/** The calls about who can read the reports. */
export function createFakeReportHandlers({ accounts, reports }: FakeAccounts): FakeHandlers {
  const readers = () => [...accounts.values()].filter(({ isDisabled }) => !isDisabled);
  const keyOf = (account: FakeAccount): string => account.credentials.publicKey;
  const canOpen = (account: FakeAccount) => (report: FakeReport) => report.sealedTo.has(keyOf(account));
  const isOpenable = (report: FakeReport): boolean => readers().some((account) => canOpen(account)(report));

  function readerOf(id = ''): FakeAccount {
    const found = readers().find((account) => account.id === id);
    if (!found) throw new FakeRefusal('AccountNotFound');
    return found;
  }
  const present = (account: FakeAccount) => ({
    id: account.id,
    displayName: account.displayName,
    publicKey: keyOf(account),
    fingerprint: fingerprintOf(keyOf(account)),
  });
  const access = (): ReportAccess => {
    const openable = reports.filter(isOpenable);
    return {
      readers: readers().map((account) => {
        const canRead = openable.filter(canOpen(account)).length;
        return { ...present(account), canRead, lacks: openable.length - canRead };
      }),
      reports: reports.length,
      lost: reports.length - openable.length,
    };
  };

  return {
    // What the reports say is no matter here.
    listReports: () => ({ reports: [], unread: 0, overdue: 0, now: Date.now() }),
    readReportAccess: access,
    readMissingKeys: ({ params, session }) => {
      const colleague = readerOf(params.id);
      const missing = reports.filter((report) => canOpen(session.account)(report) && !canOpen(colleague)(report));
      return {
        reader: present(colleague),
        keys: missing.slice(0, PAGE).map(({ id, sealedTo }) => ({
          reportId: id,
          keyId: KEY_ID,
          sealed: sealedTo.get(keyOf(session.account)) ?? '',
        })),
        isMore: missing.length > PAGE,
      };
    },
    grantKeys: ({ params, body }) => {
      const colleague = readerOf(params.id);
      if (keyOf(colleague) !== body.publicKey) throw new FakeRefusal('KeysChanged');
      for (const { reportId, sealed } of body.grants) {
        reports.find(({ id }) => id === reportId)?.sealedTo.set(body.publicKey, sealed);
      }
      return { granted: body.grants.length, access: access() };
    },
  };
}
