import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import { isUnread, lastWordAt, type Report, type ReportStatus } from '../domain/report.js';
import { lookupHashOf } from '../domain/report-lookup.js';
import type { ReportSealing } from '../domain/report-sealing.js';
import type { ReportStore } from '../storage/ports/report-store.js';
import { CommandError, UsageError } from './open-accounts.js';

const USAGE = `Commandes :
  npm run reports -- list
  npm run reports -- erase
« erase » demande le code de suivi du signalement : il ne se donne pas sur la ligne de commande, qui est gardée.`;

const STATUSES: Readonly<Record<ReportStatus, string>> = {
  draft: 'en cours d’écriture',
  received: 'reçus',
  'in-progress': 'en cours',
  forwarded: 'transmis',
  closed: 'clos',
};
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ReportCommandServices {
  readonly reports: ReportStore;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly sealing: Pick<ReportSealing, 'keysOfReceipt'>;
  readonly findReceiptCode: (text: string) => string | undefined;
  readonly clock: Clock;
  /** Asks the operator for one line. */
  readonly ask: (question: string) => Promise<string>;
}

/**
 * Runs one command of the operator on reports, none of which opens any.
 * @returns what to print, in French.
 * @throws UsageError, CommandError; DomainError `storage-unavailable`.
 */
export async function runReportCommand(args: readonly string[], services: ReportCommandServices): Promise<string> {
  const [command, ...rest] = args;
  if (rest.length === 0 && command === 'list') return list(services);
  if (rest.length === 0 && command === 'erase') return erase(services);
  throw new UsageError(USAGE);
}

async function list({ reports, clock }: ReportCommandServices): Promise<string> {
  const now = clock().getTime();
  const [sent, drafts] = await Promise.all([reports.listSent(), reports.listDrafts(now + 1)]);
  const all = [...drafts, ...sent];
  const counts = Object.entries(STATUSES).map(
    ([status, words]) => `${all.filter((report) => report.status === status).length} ${words}`,
  );
  const unread = sent.filter(isUnread);
  return [`Signalements : ${counts.join(', ')}.`, unreadLine(unread, now)].join('\n');
}

function unreadLine(unread: readonly Report[], now: number): string {
  if (unread.length === 0) return 'Tous ont été lus par un délégué.';
  const days = Math.floor((now - Math.min(...unread.map(lastWordAt))) / DAY_MS);
  const since = days === 0 ? 'moins d’un jour' : days === 1 ? 'un jour' : `${days} jours`;
  const waiting = unread.length === 1 ? '1 attend d’être lu' : `${unread.length} attendent d’être lus`;
  return `${waiting}, le plus ancien depuis ${since}.`;
}

async function erase({ reports, audit, sealing, findReceiptCode, ask }: ReportCommandServices): Promise<string> {
  const code = findReceiptCode(await ask('Code de suivi du signalement à effacer : '));
  if (code === undefined) throw new CommandError('Ce n’est pas un code de suivi : vérifiez chaque caractère.');
  const { lookupId } = await sealing.keysOfReceipt(code);
  const report = await reports.findByLookup(lookupHashOf(lookupId));
  if (!report) throw new CommandError('Aucun signalement n’a ce code.');
  if (isUnread(report))
    throw new CommandError('Aucun délégué n’a encore lu ce signalement : il ne peut pas être effacé.');
  // Noted before: an erasure that nobody can trace would be worse than a line too many.
  await audit.record({ action: 'report.erased', subject: report.id });
  // As it was seen: what its author added meanwhile has been read by nobody.
  if (!(await reports.remove(report.id, report.rev)))
    throw new CommandError('Le signalement vient de changer : recommencez.');
  return 'Le signalement est effacé. Les copies que des délégués ont faites et les sauvegardes ne le sont pas.';
}
