import { isDomainError } from '../domain/errors.js';
import type { Report } from '../domain/report.js';
import type { KeyGrant, Reader } from '../domain/report-desk.js';
import { Refusal } from '../http/refusal.js';
import { paramOf, recordOf } from './conversation-context.js';
import type { Call, Handlers, Result } from './handler.js';
import { createPeople } from './people.js';
import { presentReader } from './present-report.js';
import { type ReportDependencies, readerOf } from './report-context.js';
import { isLost, lackedBy, sealedFor } from './report-keys.js';
import { listAll } from './report-reading.js';

export type ReportAccessOperation = 'readReportAccess' | 'readMissingKeys' | 'grantKeys';

/** As many as one call of `grantKeys` takes. */
const MISSING_KEYS = 200;

/** Who can read which reports, and how a delegate lets a colleague read those that they can read themselves. */
export function createReportAccessHandlers(deps: ReportDependencies): Handlers<ReportAccessOperation> {
  const { desk, accounts } = deps;
  const record = recordOf(deps.audit);

  const people = async () => createPeople(await accounts.list());

  async function access(): Promise<Result<'readReportAccess'>> {
    const [reports, readers, names] = await Promise.all([listAll(desk), desk.readers(), people()]);
    const lost = reports.filter((report) => isLost(report, readers)).length;
    return {
      readers: readers.map((reader) => {
        const lacks = reports.filter((report) => lackedBy(reader, report, readers).length > 0).length;
        return { ...presentReader(reader, names), canRead: reports.length - lost - lacks, lacks };
      }),
      reports: reports.length,
      lost,
    };
  }

  /** @throws Refusal `AccountNotFound`. */
  async function colleagueOf(call: Pick<Call<'readMissingKeys'>, 'params'>): Promise<Reader> {
    const id = paramOf(call);
    const found = (await desk.readers()).find(({ delegateId }) => delegateId === id);
    if (!found) throw new Refusal('AccountNotFound');
    return found;
  }

  return {
    readReportAccess: access,
    async readMissingKeys(call) {
      const colleague = await colleagueOf(call);
      const caller = readerOf(call.caller);
      const missing = (await listAll(desk)).flatMap((report) => givableBy(caller, colleague, report));
      return {
        reader: presentReader(colleague, await people()),
        keys: missing.slice(0, MISSING_KEYS),
        isMore: missing.length > MISSING_KEYS,
      };
    },
    async grantKeys(call) {
      const colleague = await colleagueOf(call);
      // The caller has compared a fingerprint with their colleague: another key than that one gets nothing.
      if (colleague.publicKey !== call.body.publicKey) throw new Refusal('KeysChanged');
      const planned = await planOf(deps, readerOf(call.caller), colleague, call.body.grants);
      const granted = [...planned.values()].reduce((sum, grants) => sum + grants.length, 0);
      if (granted > 0) {
        // Logged first: nobody gets access without a trace, even when storage fails in the middle.
        await record('report.granted', call.caller.actor, colleague.delegateId, {
          reports: planned.size,
          keys: granted,
        });
        for (const [id, grants] of planned) await desk.grant(id, grants);
      }
      return { granted, access: await access() };
    },
  };
}

/** The keys of a report that the colleague lacks and the caller can open, as sealed to the caller. */
function givableBy(caller: Reader, colleague: Reader, report: Report): Result<'readMissingKeys'>['keys'] {
  return report.keys.flatMap((key) => {
    const own = sealedFor(key, caller);
    return own && !sealedFor(key, colleague) ? [{ reportId: report.id, keyId: key.id, sealed: own.sealed }] : [];
  });
}

/**
 * By report, what is to be granted. Passed over: keys that the caller cannot open themselves, that the colleague has
 * already, and reports that are gone by now.
 */
async function planOf(
  { desk }: Pick<ReportDependencies, 'desk'>,
  caller: Reader,
  colleague: Reader,
  grants: Call<'grantKeys'>['body']['grants'],
): Promise<ReadonlyMap<string, readonly KeyGrant[]>> {
  const planned = new Map<string, readonly KeyGrant[]>();
  for (const [id, ofReport] of Map.groupBy(grants, ({ reportId }) => reportId)) {
    const report = await loadUnlessGone(desk, id);
    const givable = new Set(report ? givableBy(caller, colleague, report).map(({ keyId }) => keyId) : []);
    const byKey = new Map(ofReport.filter(({ keyId }) => givable.has(keyId)).map((grant) => [grant.keyId, grant]));
    if (byKey.size === 0) continue;
    planned.set(
      id,
      [...byKey.values()].map(({ keyId, sealed }) => ({ keyId, sealedTo: { ...colleague, sealed } })),
    );
  }
  return planned;
}

async function loadUnlessGone(desk: ReportDependencies['desk'], id: string): Promise<Report | undefined> {
  try {
    return await desk.load(id);
  } catch (error) {
    if (isDomainError(error, 'report-gone')) return undefined;
    throw error;
  }
}
