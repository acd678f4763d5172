import type { DataKey, EventPlace, OpenedEvent } from '../../src/domain/report-sealing.js';
import { type ChainedEvent, type OpeningPair, placeOfEvent, reportSealing } from '../../src/sealing/index.js';

export const REPORT_ID = 'r1';
export const KEY_ID = 'k1';
const X25519 = { name: 'X25519' };

/** That of an answer to « what » unless its kind is another. */
export function buildPlace({ kind = 'answer', ...overrides }: Partial<EventPlace> = {}): EventPlace {
  return {
    reportId: REPORT_ID,
    keyId: KEY_ID,
    seq: 1,
    kind,
    ...(kind === 'answer' && { step: 'what' }),
    at: 1_795_377_600_000,
    ...overrides,
  };
}

export function buildAnswer(text = 'Des motos tous les soirs.'): OpenedEvent {
  return { body: { step: 'what', text }, previous: '' };
}

/** As the page of a delegate holds one: nothing takes the private key out again. */
export async function makePair(): Promise<OpeningPair> {
  const pair = await crypto.subtle.generateKey(X25519, false, ['deriveBits']);
  if (!('privateKey' in pair)) throw new Error('Not a pair');
  const publicKey = Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url');
  return { privateKey: pair.privateKey, publicKey };
}

/** What is said, in its order; the bodies of `submitted` events are made here. */
export type Said = Partial<EventPlace> & { readonly body?: OpenedEvent['body'] };

export const WHOLE_REPORT: readonly Said[] = [
  { step: 'category', body: { step: 'category', category: 'noise' } },
  { step: 'where', body: { step: 'where', text: 'Place Cassin' } },
  { step: 'where', body: { step: 'where', text: 'Rue de Picardie' } },
  { step: 'what', body: { step: 'what', text: 'Des motos.' } },
  { kind: 'submitted' },
  { kind: 'addition', body: { text: 'Encore ce soir.' } },
  { kind: 'reply', author: 'd1', body: { text: 'Merci.' } },
  { kind: 'status', author: 'd1', body: { status: 'closed' } },
];

/** Seals each event after the one before it, as intake and delegates do. */
export async function sealChain(key: DataKey, said: readonly Said[] = WHOLE_REPORT): Promise<ChainedEvent[]> {
  const events: ChainedEvent[] = [];
  for (const { body = { submitted: events.map(({ digest }) => digest) }, ...overrides } of said) {
    const { kind = 'answer', author, step } = overrides;
    const seq = overrides.seq ?? events.length + 1;
    const at = 1_795_377_600_000 + seq;
    const event = { seq, kind, at, keyId: KEY_ID, ...(author && { author }), ...(step && { step }) };
    const previous = events.at(-1)?.digest ?? '';
    const sealed = await reportSealing.sealEvent(key, placeOfEvent(REPORT_ID, event), { body, previous });
    events.push({ ...event, sealed, digest: await reportSealing.digestOf(sealed) });
  }
  return events;
}

/** The bytes with one bit turned. */
export function flip(sealed: string, at: number, bit = 0): string {
  const bytes = Buffer.from(sealed, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
  return bytes.toString('base64url');
}

export function bytesOf(sealed: string): Buffer {
  return Buffer.from(sealed, 'base64url');
}
