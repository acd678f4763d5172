import type { AuditLog } from '../domain/audit-log.js';
import { CommandError, UsageError } from './open-accounts.js';

const USAGE = `Commande :
  npm run audit -- verify [REPÈRE]
REPÈRE est celui qu’une vérification précédente a donné : il montre que la fin du journal n’a pas été coupée depuis.`;

const MARK = /^(\d{1,9}):([A-Za-z0-9_-]{43})$/;

/**
 * Checks that the log is whole.
 * @returns what to print, in French.
 * @throws UsageError; CommandError when the log was altered; DomainError `storage-unavailable`.
 */
export async function runAuditCommand(
  args: readonly string[],
  audit: Pick<AuditLog, 'verify' | 'page'>,
): Promise<string> {
  const [command, mark, ...rest] = args;
  if (command !== 'verify' || rest.length > 0) throw new UsageError(USAGE);
  const expected = mark === undefined ? undefined : readMark(mark);
  const { entries, brokenAt, lastHash } = await audit.verify();
  if (brokenAt !== undefined) {
    throw new CommandError(
      `Le journal a été altéré à la ligne ${brokenAt} : ce qui suit n’est plus sûr. Les ${brokenAt - 1} lignes d’avant sont intactes.`,
    );
  }
  if (expected) await requireMark(audit, expected);
  if (lastHash === undefined) return 'Le journal est vide.';
  return `Le journal est intact : ${entries} lignes.\nRepère à garder ailleurs : ${entries}:${lastHash}`;
}

interface Mark {
  readonly seq: number;
  readonly hash: string;
}

function readMark(text: string): Mark {
  const [, seq, hash] = MARK.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new UsageError(USAGE);
  return { seq: Number(seq), hash };
}

async function requireMark(audit: Pick<AuditLog, 'page'>, { seq, hash }: Mark): Promise<void> {
  const [entry] = await audit.page(seq + 1, 1);
  if (entry?.seq === seq && entry.hash === hash) return;
  throw new CommandError(`Le journal ne contient plus la ligne ${seq} telle qu’elle était : il a été coupé ou refait.`);
}
