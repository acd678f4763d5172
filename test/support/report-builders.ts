import { randomUUID } from 'node:crypto';
import type { Report } from '../../src/domain/report.js';
import type { WaitingReceipt } from '../../src/storage/ports/report-store.js';

const AT = Date.UTC(2026, 2, 4, 14);

const KEYS: Report['keys'] = [
  { id: 'key', createdAt: AT, sealedTo: [{ delegateId: 'anne', publicKey: 'public', sealed: 'sealed key' }] },
];

/** As stores keep it: what is said to be sealed is not. */
export function buildDraft(overrides: Partial<Report> = {}): Report {
  return {
    id: randomUUID(),
    rev: 0,
    status: 'draft',
    conversationId: 'one',
    createdAt: AT,
    changedAt: AT,
    keys: KEYS,
    events: [
      { seq: 1, kind: 'answer', step: 'what', at: AT, keyId: 'key', digest: 'digest', sealed: 'sealed', cause: 'm1' },
    ],
    readings: [],
    ...overrides,
  };
}

export function buildSent(overrides: Partial<Omit<Report, 'conversationId'>> = {}): Report {
  const { conversationId: _, ...draft } = buildDraft();
  const id = randomUUID();
  return {
    ...draft,
    id,
    submittedAt: AT,
    events: [
      { seq: 1, kind: 'answer', step: 'what', at: AT, keyId: 'key', digest: 'digest 1', sealed: 'sealed 1' },
      { seq: 2, kind: 'submitted', at: AT, keyId: 'key', digest: 'digest 2', sealed: 'sealed 2' },
    ],
    lookupHash: `hash of ${id}`,
    reporterKey: 'reporter key',
    receiptRef: `ref of ${id}`,
    ...overrides,
    status: overrides.status === undefined || overrides.status === 'draft' ? 'received' : overrides.status,
  };
}

/** Everything in it is made from `text`. */
export function buildReceipt(text: string): WaitingReceipt {
  return { ref: text, code: text, reportId: text, createdAt: AT };
}
