import type { AuditLog } from '../domain/audit-log.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import { auditSentence } from './audit-words.js';
import type { Handlers } from './handler.js';
import { createPeople } from './people.js';
import { pseudonymOf } from './pseudonym.js';

export interface AuditHandlerDependencies {
  readonly audit: Pick<AuditLog, 'page'>;
  readonly accounts: Pick<AccountStore, 'list'>;
}

const PAGE = 50;

/** The log as coordinators read it: a sentence for each entry, the newest first. */
export function createAuditHandlers({ audit, accounts }: AuditHandlerDependencies): Handlers<'readAudit'> {
  return {
    async readAudit({ query: { before } }) {
      const [entries, all] = await Promise.all([audit.page(before, PAGE), accounts.list()]);
      const people = createPeople(all);
      const names = {
        person: (id: string) => people.named(id).displayName,
        conversation: pseudonymOf,
        report: pseudonymOf,
      };
      const last = entries.at(-1);
      return {
        entries: entries.map((entry) => ({
          seq: entry.seq,
          at: entry.at,
          ...(entry.actor !== undefined && { actor: people.named(entry.actor) }),
          action: entry.action,
          text: auditSentence(entry, names),
        })),
        ...(last && last.seq > 1 && { next: last.seq }),
      };
    },
  };
}
