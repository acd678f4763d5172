import type { AuditLog } from '../domain/audit-log.js';
import type { DelegateId } from '../domain/desk-state.js';
import { isDomainError } from '../domain/errors.js';
import type { Facts } from '../domain/facts.js';
import type { EditableFacts, FactsVersion } from '../domain/facts-edit.js';
import type { LiveFacts } from '../domain/live-facts.js';
import { Refusal } from '../http/refusal.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { DescribeChanges } from './facts-changes.js';
import type { Handlers, Result } from './handler.js';
import { createPeople } from './people.js';

export interface FactsHandlerDependencies {
  readonly facts: LiveFacts;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly audit: AuditLog;
  /** What the assistant would answer with these facts to the questions that they matter for. */
  readonly preview: (
    facts: Facts,
  ) => Promise<readonly { readonly question: string; readonly bubbles: readonly string[] }[]>;
  readonly describeChanges: DescribeChanges;
}

const HISTORY_LIMIT = 100;

export function createFactsHandlers(
  deps: FactsHandlerDependencies,
): Handlers<'readFacts' | 'changeFacts' | 'previewFacts' | 'readFactsHistory' | 'undoFacts'> {
  const { facts, audit } = deps;

  function view(): Result<'readFacts'> {
    return {
      facts: editable(facts.current()),
      version: facts.version(),
      places: facts.base.places.map(({ id, name }) => ({ id, name })),
    };
  }

  /** @throws Refusal `InvalidFacts` when they contradict each other or what cannot be edited. */
  function check(edited: EditableFacts): Facts {
    const { places, permanences, sectors } = facts.base;
    const isWhole =
      hasSameIds(edited.permanences, permanences) &&
      hasSameIds(edited.sectors, sectors) &&
      edited.permanences.every(({ placeId }) => places.some(({ id }) => id === placeId));
    if (!isWhole) throw new Refusal('InvalidFacts');
    return { ...facts.base, ...edited };
  }

  async function history(): Promise<Result<'readFactsHistory'>> {
    const versions = await facts.history(HISTORY_LIMIT);
    const people = createPeople(await deps.accounts.list());
    const before = ({ version }: FactsVersion): EditableFacts | undefined =>
      version === 1 ? facts.base : versions.find((other) => other.version === version - 1)?.facts;
    return {
      versions: versions.map((version) => ({
        version: version.version,
        at: version.at,
        by: people.named(version.by),
        ...(version.undoneTo !== undefined && { undoneTo: version.undoneTo }),
        changes: [...deps.describeChanges(before(version), version.facts)],
      })),
    };
  }

  return {
    readFacts: async () => view(),
    async changeFacts({ body, caller }) {
      check(body.facts);
      await saved(() => facts.save({ facts: body.facts, madeFrom: body.version, by: caller.account.id }));
      await note('facts.changed', caller.account.id);
      return view();
    },
    previewFacts: async ({ body }) => ({
      answers: (await deps.preview(check(body.facts))).map(({ question, bubbles }) => ({
        question,
        bubbles: [...bubbles],
      })),
    }),
    readFactsHistory: history,
    async undoFacts({ body, caller }) {
      await saved(() => facts.undo({ to: body.to, madeFrom: body.version, by: caller.account.id }));
      await note('facts.undone', caller.account.id);
      return view();
    },
  };

  function note(action: 'facts.changed' | 'facts.undone', actor: DelegateId): Promise<void> {
    return audit.record({ action, actor, details: { version: facts.version() } });
  }
}

function editable({ permanences, sectors, station }: Facts): Result<'readFacts'>['facts'] {
  return structuredClone({ permanences, sectors, station }) as Result<'readFacts'>['facts'];
}

function hasSameIds(one: readonly { readonly id: string }[], other: readonly { readonly id: string }[]): boolean {
  return one.length === other.length && one.every(({ id }) => other.some((entry) => entry.id === id));
}

async function saved(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isDomainError(error, 'revision-conflict')) throw new Refusal('ChangedMeanwhile');
    throw error instanceof RangeError ? new Refusal('InvalidFacts') : error;
  }
}
