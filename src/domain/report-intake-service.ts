import { randomUUID } from 'node:crypto';
import { isDomainError } from './errors.js';
import type { Report } from './report.js';
import { REPORT_STEPS, type ReportAnswer, type ReportStep } from './report-answers.js';
import { placeOf, standingAnswers, withoutReplaced, withSealedEvent } from './report-events.js';
import type { AnsweredBy, ReportDraft, ReportIntake } from './report-intake.js';
import { type KeyInHand, takeKey } from './report-intake-keys.js';
import { wipe } from './report-keys.js';
import { noReader, type ReportParts, reportFull, reportGone } from './report-parts.js';
import { createReportReceipts } from './report-receipts.js';
import { inOne, isFurther } from './report-story.js';
import { createSubmission } from './report-submission.js';

const HOUR_MS = 60 * 60 * 1000;
/** More changes than anybody makes to six answers: so many may still be listed in the one that sends them. */
export const MOST_DRAFT_EVENTS = 200;
const MAX_TRIES = 20;

/**
 * Every call is one compare-and-set of the whole report, or none: a process killed before it has left nothing, one killed
 * after it has left all of the answer, and the same message run again finds its own id in the report. Only `submit`
 * writes twice; see there.
 */
export function createReportIntake(parts: ReportParts): ReportIntake {
  const { store, isOver, now } = parts;
  const { readReceipt, peekReceipt } = createReportReceipts(parts);

  async function find(conversationId: string): Promise<Report | undefined> {
    const draft = await store.draftOf(conversationId);
    return draft && !isOver(draft, now()) ? draft : undefined;
  }

  /** Undefined when another call began one at the same time, or just before: it is there to be found. */
  async function begin(conversationId: string): Promise<Report | undefined> {
    const over = await store.draftOf(conversationId);
    if (over && !isOver(over, now())) return undefined;
    if (over && !(await store.remove(over.id, over.rev))) return undefined;
    const at = now();
    const head = { id: randomUUID(), rev: 0, status: 'draft', conversationId, createdAt: at, changedAt: at } as const;
    const draft: Report = { ...head, keys: [], events: [], readings: [] };
    try {
      await store.create(draft);
    } catch (error) {
      if (isDomainError(error, 'duplicate')) return undefined;
      throw error;
    }
    return draft;
  }

  async function open(conversationId: string): Promise<ReportDraft> {
    if ((await parts.readers()).length === 0) throw noReader();
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const draft = (await find(conversationId)) ?? (await begin(conversationId));
      if (draft) return toDraft(parts, draft);
    }
    throw reportGone();
  }

  async function discard(conversationId: string): Promise<void> {
    for (let draft = await store.draftOf(conversationId); draft; draft = await store.draftOf(conversationId)) {
      parts.keys.forget(draft.id);
      // Only as it was seen: one that is sent meanwhile is a draft no more.
      if (await store.remove(draft.id, draft.rev)) return;
    }
  }

  return {
    canBeRead: async () => (await parts.readers()).length > 0,
    async draftOf(conversationId) {
      const draft = await find(conversationId);
      return draft && toDraft(parts, draft);
    },
    open,
    async answer(conversationId, answers, cause) {
      const draft = await find(conversationId);
      if (!draft) throw reportGone();
      return toDraft(parts, await seal(parts, draft.id, { answers, cause }));
    },
    async answeredBy(conversationId, cause) {
      const draft = await find(conversationId);
      return draft ? standingBy(draft, cause) : [];
    },
    discard,
    submit: createSubmission(parts),
    readReceipt,
    peekReceipt,
  };
}

interface Said {
  readonly answers: readonly ReportAnswer[];
  readonly cause: string;
}

/** Seals what of this message is not in the report yet. */
async function seal(parts: ReportParts, reportId: string, said: Said): Promise<Report> {
  let inHand: KeyInHand | undefined;
  try {
    const { report, isStored } = await parts.change(reportId, async (draft, at) => {
      if (draft.status !== 'draft' || parts.isOver(draft, at)) throw reportGone();
      const answers = newAnswers(draft, said);
      if (answers.length === 0) return undefined;
      if (draft.events.length + answers.length >= MOST_DRAFT_EVENTS) throw reportFull();
      if (inHand) wipe(inHand.key);
      inHand = await takeKey(parts, draft, at);
      const { keyId, key } = inHand;
      let next = inHand.report;
      for (const body of answers) {
        const head = { kind: 'answer', step: body.step, at, keyId, cause: said.cause } as const;
        next = await withSealedEvent(parts.sealing, next, { head, body, key });
        if (!isFurther(body)) next = { ...next, events: withoutReplaced(next.events, body.step) };
      }
      return next;
    });
    if (isStored && inHand) parts.keys.keep(reportId, inHand.keyId, inHand.key);
    return report;
  } finally {
    if (inHand) wipe(inHand.key);
  }
}

/** By message and question: one message may answer several, in several calls. */
function newAnswers({ events }: Report, { answers, cause }: Said): readonly ReportAnswer[] {
  return answers.filter(({ step }) => !events.some((event) => event.cause === cause && event.step === step));
}

function standingBy(draft: Report, cause: string): readonly AnsweredBy[] {
  const standing = standingAnswers(draft);
  return REPORT_STEPS.flatMap((step) => {
    const parts = standing.filter((event) => event.step === step);
    return parts.some((event) => event.cause === cause) ? [{ step, isAlone: parts.length === 1 }] : [];
  });
}

async function toDraft(parts: ReportParts, draft: Report): Promise<ReportDraft> {
  const standing = standingAnswers(draft);
  const keyIds = new Set(standing.map(({ keyId }) => keyId));
  await parts.keys.learn(draft.id, [...keyIds], draft.changedAt);
  const opened = await Promise.all(
    standing.map(async (event) => ({ step: event.step, part: await openIfKnown(parts, draft.id, event) })),
  );
  const partsOf = (step: ReportStep) => opened.filter((each) => each.step === step).map(({ part }) => part);
  const answered = REPORT_STEPS.filter((step) => standing.some((event) => event.step === step));
  const known = answered.map((step) => inOne(partsOf(step))).filter((answer) => answer !== undefined);
  return {
    id: draft.id,
    answered,
    known: Object.fromEntries(known.map((answer) => [answer.step, answer])),
    changedAt: draft.changedAt,
    expiresAt: draft.changedAt + parts.settings.draftHours * HOUR_MS,
  };
}

async function openIfKnown(
  { keys, sealing }: ReportParts,
  reportId: string,
  event: Report['events'][number],
): Promise<ReportAnswer | undefined> {
  const key = keys.copyOf(reportId, event.keyId);
  if (!key || event.sealed === null) return undefined;
  try {
    const { body } = await sealing.openEvent(key, placeOf(reportId, event), event.sealed);
    return isAnswerTo(body, event.step) ? body : undefined;
  } finally {
    wipe(key);
  }
}

function isAnswerTo(body: object, step: ReportStep | undefined): body is ReportAnswer {
  return 'step' in body && body.step === step;
}
