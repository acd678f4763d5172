import type { Clock } from '../../src/domain/clock.js';
import { DomainError } from '../../src/domain/errors.js';
import { checkCharacter, formatReceipt } from '../../src/domain/receipt-symbols.js';
import type { SentStatus } from '../../src/domain/report.js';
import { REPORT_STEPS, type ReportAnswer, type ReportStep } from '../../src/domain/report-answers.js';
import type { FollowUpEntry, ReportDraft } from '../../src/domain/report-intake.js';
import { inOne, isFurther } from '../../src/domain/report-story.js';
import type { ReportServices } from '../../src/pipeline/report-effects.js';

const DAY_MS = 24 * 3_600_000;
const TICKET_MS = 10 * 60_000;
const SYMBOLS = 'ABCDE01234FGHJKMNPQR';

/** The receipt of the first report, and of every other one, that is sent. */
export const RECEIPT = formatReceipt(SYMBOLS, checkCharacter(SYMBOLS) ?? '');

/** Reports without any sealing: what was answered can be looked at. */
export interface ReportShelf {
  readonly services: ReportServices;
  /** What the draft holds, as a delegate would read it. */
  draft(): readonly ReportAnswer[];
  /** What was sent, the last one last. */
  sent(): readonly (readonly ReportAnswer[])[];
  additions(): readonly string[];
  /** In which conversation its author is told of answers. */
  notified(): string | undefined;
  /** What a delegate brings about in the report that was sent. */
  answerAsDelegate(entry: { status?: SentStatus; text?: string }): void;
  /** What the process remembers of the draft, and its tickets, are gone. */
  restart(): void;
  /** The receipt is swept. */
  sweep(): void;
  hasReaders: boolean;
  /** Neither the draft nor the report holds more. */
  isFull: boolean;
  /** What was sent is erased. */
  isErased: boolean;
  attemptsLeft: number;
}

interface Draft {
  readonly id: string;
  /** The parts of each. */
  readonly answers: Map<ReportStep, readonly ReportAnswer[]>;
  readonly readable: Set<ReportAnswer>;
  changedAt: number;
}

export function createReportShelf(clock: Clock): ReportShelf {
  const sent = new Map<string, readonly ReportAnswer[]>();
  const causes = new Map<string, readonly ReportAnswer[]>();
  const tickets = new Map<string, number>();
  const additions: string[] = [];
  const entries: FollowUpEntry[] = [];
  let draft: Draft | undefined;
  let count = 0;
  let status: SentStatus = 'received';
  let notified: string | undefined;
  let isSwept = false;
  let submittedAt = 0;

  const now = () => clock().getTime();

  function waiting(): Draft | undefined {
    if (draft && now() - draft.changedAt >= DAY_MS) draft = undefined;
    return draft;
  }

  function present({ id, answers, readable, changedAt }: Draft): ReportDraft {
    const answered = REPORT_STEPS.filter((step) => answers.has(step));
    const opened = [...answers.values()].map((parts) =>
      inOne(parts.map((part) => (readable.has(part) ? part : undefined))),
    );
    const known = Object.fromEntries(opened.flatMap((answer) => (answer ? [[answer.step, answer]] : [])));
    return { id, answered, known, changedAt, expiresAt: changedAt + DAY_MS };
  }

  function open(): Draft {
    if (!shelf.hasReaders) throw new DomainError('no-reader', 'No reader');
    count += waiting() ? 0 : 1;
    draft ??= { id: `r${count}`, answers: new Map(), readable: new Set(), changedAt: now() };
    return draft;
  }

  function isLive(ticket: string): boolean {
    const until = tickets.get(ticket);
    return until !== undefined && until > now();
  }

  function refuseIfFull(): void {
    if (shelf.isFull) throw new DomainError('too-many-attempts', 'Full');
  }

  function refuseIfErased(): void {
    if (shelf.isErased) throw new DomainError('report-gone', 'Gone');
  }

  const shelf: ReportShelf = {
    hasReaders: true,
    isFull: false,
    isErased: false,
    attemptsLeft: 5,
    draft: () => [...(draft?.answers.values() ?? [])].flat(),
    sent: () => [...sent.values()],
    additions: () => additions,
    notified: () => notified,
    answerAsDelegate(entry) {
      status = entry.status ?? status;
      entries.push({ at: now(), kind: entry.status ? 'status' : 'reply', ...entry });
    },
    restart() {
      draft?.readable.clear();
      tickets.clear();
    },
    sweep() {
      isSwept = true;
    },
    services: {
      intake: {
        canBeRead: async () => shelf.hasReaders,
        draftOf: async () => {
          const found = waiting();
          return found && present(found);
        },
        open: async () => present(open()),
        async answer(_, answers, cause) {
          const found = open();
          refuseIfFull();
          for (const answer of causes.has(cause) ? [] : answers) {
            const before = isFurther(answer) ? (found.answers.get(answer.step) ?? []) : [];
            found.answers.set(answer.step, [...before, answer]);
            found.readable.add(answer);
            found.changedAt = now();
          }
          causes.set(cause, causes.get(cause) ?? answers);
          return present(found);
        },
        async answeredBy(_, cause) {
          const given = causes.get(cause) ?? [];
          return [...(waiting()?.answers ?? [])].flatMap(([step, parts]) =>
            parts.some((part) => given.includes(part)) ? [{ step, isAlone: parts.length === 1 }] : [],
          );
        },
        async discard() {
          draft = undefined;
        },
        async submit(reportId) {
          if (!shelf.hasReaders) throw new DomainError('no-reader', 'No reader');
          if (!sent.has(reportId) && draft?.id !== reportId) throw new DomainError('report-gone', 'Gone');
          if (draft?.id === reportId) sent.set(reportId, [...draft.answers.values()].flat());
          draft = undefined;
          submittedAt = now();
          return { receiptRef: `ref-${reportId}` };
        },
        readReceipt: async (ref) => (isSwept || !sent.has(ref.slice(4)) ? undefined : RECEIPT),
        peekReceipt: async (ref) => (isSwept || !sent.has(ref.slice(4)) ? undefined : RECEIPT),
      },
      followUp: {
        async find(receipt) {
          if (shelf.attemptsLeft === 0) return 'too-many-attempts';
          if (receipt !== RECEIPT || sent.size === 0) {
            shelf.attemptsLeft -= 1;
            return 'unknown';
          }
          const ticket = `t${tickets.size + 1}`;
          tickets.set(ticket, now() + TICKET_MS);
          const changedAt = entries.at(-1)?.at ?? submittedAt;
          return { ticket, status, submittedAt, changedAt, entries: [...entries], notifies: notified !== undefined };
        },
        async add(ticket, text) {
          if (!isLive(ticket)) return false;
          refuseIfErased();
          refuseIfFull();
          if (!shelf.hasReaders) throw new DomainError('no-reader', 'No reader');
          additions.push(text);
          entries.push({ at: now(), kind: 'addition' });
          return true;
        },
        async notifyIn(ticket, conversationId) {
          if (!isLive(ticket)) return false;
          refuseIfErased();
          notified = conversationId;
          return true;
        },
        async notifyAfterSending(_, conversationId) {
          if (isSwept) return false;
          notified = conversationId;
          return true;
        },
      },
    },
  };
  return shelf;
}
