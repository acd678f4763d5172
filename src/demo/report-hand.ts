import type { z } from 'zod';
import type { SentStatus } from '../domain/report.js';
import type { DataKey, EventBody } from '../domain/report-sealing.js';
import type * as wire from '../inbox/schemas/reports.js';
import {
  type OpeningPair,
  openDataKey,
  openEvents,
  placeOfEvent,
  reportSealing,
  type Unopened,
  verifyChain,
} from '../sealing/index.js';

export type ReportDetail = z.output<typeof wire.reportDetail>;
type EventRequest = z.output<typeof wire.reportEventRequest>;
type MissingKey = z.output<typeof wire.missingKeys>['keys'][number];
type UsableKey = Pick<EventRequest, 'keyId' | 'newKey'> & { readonly key: DataKey };

/** What a delegate writes. */
export type Words =
  | { readonly kind: 'reply' | 'note'; readonly text: string }
  /** `text`: a sentence for the author. */
  | { readonly kind: 'status'; readonly status: SentStatus; readonly text?: string };

export interface ReadReport {
  /** In their order: what is said, or why it cannot be read. */
  readonly events: readonly (EventBody | Unopened)[];
  /** Nothing was altered, moved or taken out, as far as the keys of this delegate go. */
  readonly isComplete: boolean;
}

/** What a delegate's page does with reports, without a page. */
export interface ReportHand {
  read(detail: ReportDetail): Promise<ReadReport>;
  /** The body of `appendToReport`. @param at the server's time: that of the detail, unless given. */
  seal(detail: ReportDetail, words: Words, at?: number): Promise<EventRequest>;
  /** One key, opened and sealed again to a colleague. */
  regrant(key: MissingKey, publicKey: string): Promise<MissingKey>;
}

/** @param me the delegate's id. */
export function createReportHand(me: string, own: OpeningPair): ReportHand {
  async function usableKey({ card: { id: reportId, keys }, readers }: ReportDetail): Promise<UsableKey> {
    const usable = keys.findLast((key) => !key.isRetired && readers.every(({ id }) => key.readers.includes(id)));
    if (usable?.sealed !== undefined) {
      return { keyId: usable.id, key: await openDataKey(usable.sealed, { reportId, keyId: usable.id }, own) };
    }
    const place = { reportId, keyId: crypto.randomUUID() };
    const key = reportSealing.makeDataKey();
    const sealedTo = readers.map(async ({ id: delegateId, publicKey }) => {
      return { delegateId, publicKey, sealed: await reportSealing.sealDataKey(key, place, publicKey) };
    });
    return { keyId: place.keyId, key, newKey: { sealedTo: await Promise.all(sealedTo) } };
  }

  return {
    async read({ card, events }) {
      const openings = await openEvents(card.id, events, await openKeys(card, own));
      return {
        events: openings.map(({ opened }) => (typeof opened === 'string' ? opened : opened.body)),
        isComplete: verifyChain(events, openings).isComplete,
      };
    },
    async seal(detail, words, at = detail.now) {
      const { card, events, reporterKey } = detail;
      const { key, ...used } = await usableKey(detail);
      const head = { seq: card.lastSeq + 1, kind: words.kind, at, keyId: used.keyId };
      const place = placeOfEvent(card.id, { ...head, author: me });
      const { kind: _, ...body } = words;
      const sealed = await reportSealing.sealEvent(key, place, { body, previous: events.at(-1)?.digest ?? '' });
      const isForAuthor = words.kind !== 'note' && words.text !== undefined;
      return {
        ...head,
        ...used,
        sealed,
        ...(words.kind === 'status' && { status: words.status }),
        ...(isForAuthor && { toReporter: await reportSealing.sealToReporter(reporterKey, place, body) }),
      };
    },
    async regrant({ reportId, keyId, sealed }, publicKey) {
      const place = { reportId, keyId };
      const key = await openDataKey(sealed, place, own);
      return { ...place, sealed: await reportSealing.sealDataKey(key, place, publicKey) };
    },
  };
}

async function openKeys(
  { id: reportId, keys }: ReportDetail['card'],
  own: OpeningPair,
): Promise<ReadonlyMap<string, DataKey>> {
  const opened = keys.map(async ({ id: keyId, sealed }): Promise<[string, DataKey][]> => {
    return sealed === undefined ? [] : [[keyId, await openDataKey(sealed, { reportId, keyId }, own)]];
  });
  return new Map((await Promise.all(opened)).flat());
}
