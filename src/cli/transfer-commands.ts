import type { Config } from '../config.js';
import type { Clock } from '../domain/clock.js';
import { backUp, checkBackup } from '../storage/transfer/backup.js';
import type { Digest } from '../storage/transfer/digest.js';
import { move, undoMove } from '../storage/transfer/move.js';
import type { Progress } from '../storage/transfer/ports.js';
import { opensBackup, restore } from '../storage/transfer/restore.js';
import { CommandError, UsageError } from './open-accounts.js';

const BACKUP_USAGE = `Commande :
  npm run backup -- FICHIER
Le serveur peut continuer. FICHIER ne doit pas exister ; par exemple planoise-2026-11-23.permanence-backup`;

const RESTORE_USAGE = `Commandes :
  npm run restore -- FICHIER           remplit la base, qui doit être vide
  npm run restore -- --check FICHIER   vérifie seulement le fichier`;

const MOVE_USAGE = `Commandes :
  npm run move             copie tout de DATA_DIR vers MONGODB_URI, serveur arrêté ; se relance si elle est interrompue
  npm run move -- --undo   abandonne ou annule : le serveur peut de nouveau démarrer sur DATA_DIR`;

const SIGN_OF_LIFE =
  'Une restauration ou un déplacement y a déjà commencé. On vérifie pendant 20 s que plus personne n’y écrit…';

export type TransferPlace = Pick<Config, 'dataDir' | 'dataKey' | 'mongodbUri'>;

export interface TransferCommandParts {
  readonly place: TransferPlace;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Says something while the command goes on. */
  readonly tell: (line: string) => void;
}

/**
 * Each runs one command of the operator, and returns what to print, in French.
 * @throws UsageError, CommandError, ConfigError; DomainError `storage-unavailable`.
 */
export async function runBackupCommand(args: readonly string[], parts: TransferCommandParts): Promise<string> {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-') || rest.length > 0) throw new UsageError(BACKUP_USAGE);
  const { place, clock, progress, signal } = parts;
  const content = await stoppable(signal, () => backUp({ place, file, clock, progress, signal }));
  return [
    `Sauvegarde écrite, puis relue et vérifiée : ${file}`,
    countsOf(content.digest),
    'La clé du serveur n’y est pas : gardez-en une copie, ailleurs que la sauvegarde.',
  ].join('\n');
}

export async function runRestoreCommand(args: readonly string[], parts: TransferCommandParts): Promise<string> {
  const isCheck = args[0] === '--check';
  const [file, ...rest] = isCheck ? args.slice(1) : args;
  if (file === undefined || file.startsWith('-') || rest.length > 0) throw new UsageError(RESTORE_USAGE);
  const { place, progress, signal, tell } = parts;
  if (isCheck) return stoppable(signal, () => check(file, parts));
  const onWaiting = (): void => tell(SIGN_OF_LIFE);
  const content = await stoppable(signal, () => restore({ place, file, progress, onWaiting, signal }));
  return [
    `La base est restaurée, puis relue et vérifiée. Sauvegarde du ${frenchTime(content.header.madeAt)}.`,
    countsOf(content.digest),
  ].join('\n');
}

export async function runMoveCommand(args: readonly string[], parts: TransferCommandParts): Promise<string> {
  const [option, ...rest] = args;
  if (rest.length > 0 || (option !== undefined && option !== '--undo')) throw new UsageError(MOVE_USAGE);
  const { place, progress, signal, tell } = parts;
  if (option === '--undo') return undo(place);
  const onWaiting = (): void => tell(SIGN_OF_LIFE);
  const outcome = await stoppable(signal, () => move({ place, progress, onWaiting, signal }));
  if (outcome.is === 'moved-before') return 'Les données sont déjà déplacées : démarrez le serveur avec MONGODB_URI.';
  return [
    'Les données sont déplacées. Les deux bases ont été comparées, et sont égales :',
    countsOf(outcome.digest),
    'Démarrez maintenant le serveur avec MONGODB_URI et la même clé : DATA_KEY, ou le fichier data.key de DATA_DIR.',
    'Ce qui reste dans DATA_DIR ne sert plus : effacez permanence.db quand tout va bien.',
  ].join('\n');
}

async function check(file: string, { place, progress, signal }: TransferCommandParts): Promise<string> {
  const content = await checkBackup(file, progress, signal);
  const opens = await opensBackup(place, content);
  const key =
    opens === undefined
      ? 'La clé du serveur n’est pas ici : elle n’a pas été comparée.'
      : opens
        ? 'La clé donnée ici ouvre cette sauvegarde.'
        : 'La clé donnée ici n’ouvre PAS cette sauvegarde : il faudra celle d’origine.';
  const { madeAt, engine } = content.header;
  return [
    `La sauvegarde est entière. Elle est du ${frenchTime(madeAt)} (${engine === 'sqlite' ? 'SQLite' : 'MongoDB'}).`,
    countsOf(content.digest),
    key,
  ].join('\n');
}

async function undo(place: TransferPlace): Promise<string> {
  if (!(await undoMove(place))) return 'Rien n’a été déplacé de DATA_DIR : il n’y a rien à annuler.';
  return [
    'Le serveur peut de nouveau démarrer sur DATA_DIR, sans MONGODB_URI.',
    'Ce qui a été écrit dans MongoDB y reste : effacez cette base avant de déplacer les données une autre fois.',
  ].join('\n');
}

/** What the operator stops by Ctrl+C has left nothing that counts. */
async function stoppable<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw new CommandError('Arrêté. Vous pouvez relancer la commande.');
    throw error;
  }
}

function countsOf(digest: Digest): string {
  const number = new Intl.NumberFormat('fr-FR');
  const { conversations, messages, ...others } = digest;
  const records = Object.values(others).reduce((sum, { count }) => sum + count, 0);
  const of = (count: number, one: string, many: string): string => `${number.format(count)} ${count < 2 ? one : many}`;
  return [
    of(conversations?.count ?? 0, 'conversation', 'conversations'),
    of(messages?.count ?? 0, 'message', 'messages'),
    `${of(records, 'autre ligne', 'autres lignes')} (comptes, signalements, journal …)`,
  ].join(', ');
}

function frenchTime(at: string): string {
  return new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(
    new Date(at),
  );
}
