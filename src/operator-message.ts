import { ConfigError } from './config.js';
import { ContentError } from './content/read-json.js';
import { isDomainError } from './domain/errors.js';

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Le port est déjà pris par un autre programme : arrêtez-le, ou choisissez-en un autre par PORT.',
  EACCES: 'Le système refuse ce port ou ce dossier : choisissez PORT à partir de 1024 et un DATA_DIR où écrire.',
  EADDRNOTAVAIL: "L'adresse HOST n'existe pas sur cette machine : corrigez-la, ou retirez HOST.",
  EROFS: 'Le dossier de données est en lecture seule : choisissez-en un autre par DATA_DIR.',
  ENOSPC: 'Le disque est plein : libérez de la place, puis relancez.',
};

/** Of `sysexits.h`: something to mend before another start, and something that may be well a moment later. */
const EX_CONFIG = 78;
const EX_TEMPFAIL = 75;

/** With what a command ends after this error: process managers start again by it, or leave it to the operator. */
export function exitCodeOf(error: unknown): number {
  if (isDomainError(error, 'storage-unavailable')) return EX_TEMPFAIL;
  return operatorMessage(error) === undefined ? 1 : EX_CONFIG;
}

/** What the operator has to mend, in French, or undefined when the fault is the program's own. */
export function operatorMessage(error: unknown): string | undefined {
  if (error instanceof ConfigError) return list('La configuration est à corriger :', error.faults);
  if (error instanceof ContentError) return list('Les données de corpus/ sont à corriger :', error.faults);
  if (isDomainError(error, 'storage-unavailable')) {
    return `La base de données ne répond pas : ${error.message}\nVérifiez DATA_DIR (ou MONGODB_URI), puis relancez.`;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return LISTEN_FAULTS[code];
}

function list(title: string, faults: readonly string[]): string {
  return [title, ...faults.map((fault) => `  - ${fault}`)].join('\n');
}
