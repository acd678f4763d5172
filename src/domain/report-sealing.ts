import type { ReportEventKind, SentStatus } from './report.js';
import type { ReportAnswer, ReportStep } from './report-answers.js';

/** 32 bytes of AES-256-GCM. */
export type DataKey = Uint8Array<ArrayBuffer>;

/** Where a data key belongs. */
export interface KeyPlace {
  readonly reportId: string;
  readonly keyId: string;
}

/** Where an event belongs: sealed to it as additional data, so that it opens nowhere else. */
export interface EventPlace extends KeyPlace {
  readonly seq: number;
  readonly kind: ReportEventKind;
  readonly step?: ReportStep;
  readonly author?: string;
  readonly at: number;
}

/** What an event says, by its kind. */
export type EventBody =
  | ReportAnswer
  /** The digest of every event before it, in their order. */
  | { readonly submitted: readonly string[] }
  /** An addition, a reply or a note. */
  | { readonly text: string }
  | { readonly status: SentStatus; readonly text?: string };

export interface OpenedEvent {
  readonly body: EventBody;
  /** `digest` of the event before it; empty for the first. */
  readonly previous: string;
}

/** What the receipt of a report gives to whoever holds it. */
export interface ReporterKeys {
  /** 32 bytes, base64url. The server keeps its SHA-256 only. */
  readonly lookupId: string;
  /** X25519, base64url. */
  readonly publicKey: string;
  /** Opens what `sealToReporter` sealed. @throws SealingFault */
  open(place: EventPlace, sealed: string): Promise<EventBody>;
}

/**
 * Seals and opens reports, alike in Node and in browsers. Everything sealed is base64url. Whatever does not open throws
 * `SealingFault` (src/sealing): altered, moved, or not for this key.
 */
export interface ReportSealing {
  makeDataKey(): DataKey;
  /** HPKE (RFC 9180) base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. @param publicKey base64url. */
  sealDataKey(key: DataKey, place: KeyPlace, publicKey: string): Promise<string>;
  /** Padded to a multiple of 512 bytes; a random nonce of 96 bits. */
  sealEvent(key: DataKey, place: EventPlace, event: OpenedEvent): Promise<string>;
  openEvent(key: DataKey, place: EventPlace, sealed: string): Promise<OpenedEvent>;
  /** SHA-256 of the sealed bytes, base64url. */
  digestOf(sealed: string): Promise<string>;
  sealToReporter(publicKey: string, place: EventPlace, body: EventBody): Promise<string>;
  /** 100 random bits and their check character: `ABCDE-FGHJK-MNPQR-STVWX-Y`. */
  makeReceipt(): string;
  /** @param receipt as `findReceiptCode` gives it. */
  keysOfReceipt(receipt: string): Promise<ReporterKeys>;
}
