import type { SentStatus } from '../../../domain/report.js';
import type { DataKey, EventBody } from '../../../domain/report-sealing.js';
import { type OpeningPair, placeOfEvent, reportSealing } from '../../../sealing/index.js';
import type { ReportDetail, ReportEventRequest, ReportKey, ReportReader } from '../api/types.js';
import { openKey } from './opening.js';

/** What a delegate has written, before it is sealed. */
export type Words =
  | { readonly kind: 'reply' | 'note'; readonly text: string }
  /** `text`: a sentence for the author. */
  | { readonly kind: 'status'; readonly status: SentStatus; readonly text?: string };

export interface Writer {
  readonly own: OpeningPair;
  /** The delegate's id. */
  readonly me: string;
}

/** The newest key that is in use and sealed to the whole team, the reader among them; undefined: a new one is needed. */
export function pickKey(keys: readonly ReportKey[], readers: readonly ReportReader[]): ReportKey | undefined {
  return keys.findLast(
    ({ isRetired, sealed, readers: openers }) =>
      !isRetired && sealed !== undefined && readers.every(({ id }) => openers.includes(id)),
  );
}

/** Seals words as the next event of a report. @param at ms, by the server's clock. @throws SealingFault */
export async function sealWords(
  { own, me }: Writer,
  { card, events, readers, reporterKey }: ReportDetail,
  { words, at }: { readonly words: Words; readonly at: number },
): Promise<ReportEventRequest> {
  const { key, id, newKey } = await keyFor(own, card, readers);
  const { kind } = words;
  const placed = { seq: card.lastSeq + 1, kind, at, keyId: id };
  const place = placeOfEvent(card.id, { ...placed, author: me });
  const body: EventBody = words.kind === 'status' ? statusBody(words) : { text: words.text };
  const sealed = await reportSealing.sealEvent(key, place, { body, previous: events.at(-1)?.digest ?? '' });
  key.fill(0);
  const isForReporter = kind === 'reply' || (kind === 'status' && words.text !== undefined);
  return {
    ...placed,
    kind,
    sealed,
    ...(newKey && { newKey }),
    ...(words.kind === 'status' && { status: words.status }),
    ...(isForReporter && { toReporter: await reportSealing.sealToReporter(reporterKey, place, body) }),
  };
}

interface UsableKey extends Pick<ReportEventRequest, 'newKey'> {
  readonly id: string;
  readonly key: DataKey;
}

async function keyFor(
  own: OpeningPair,
  { id: reportId, keys }: ReportDetail['card'],
  readers: readonly ReportReader[],
) {
  const picked = pickKey(keys, readers);
  const opened = picked && (await openKey(own, reportId, picked));
  if (picked && opened && typeof opened !== 'string')
    return { id: picked.id, key: opened } satisfies UsableKey as UsableKey;
  return makeKey(reportId, readers);
}

async function makeKey(reportId: string, readers: readonly ReportReader[]): Promise<UsableKey> {
  const id = crypto.randomUUID();
  const key = reportSealing.makeDataKey();
  const sealedTo = await Promise.all(
    readers.map(async ({ id: delegateId, publicKey }) => {
      return {
        delegateId,
        publicKey,
        sealed: await reportSealing.sealDataKey(key, { reportId, keyId: id }, publicKey),
      };
    }),
  );
  return { id, key, newKey: { sealedTo } };
}

function statusBody({ status, text }: Extract<Words, { kind: 'status' }>): EventBody {
  return text === undefined ? { status } : { status, text };
}
