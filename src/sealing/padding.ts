import { type Bytes, concat } from './bytes.js';
import { SealingFault } from './fault.js';

/** What is sealed is a multiple of it, in bytes: its length tells no more than that. */
export const BUCKET = 512;
/** With nonce and tag, or key and tag, just under the 64 KiB that the wire carries. */
const MOST_BUCKETS = 127;
/** Its length, big-endian, goes before the text. */
const HEAD = 4;

/** @throws SealingFault `too-long`: above 65,020 bytes. */
export function pad(text: Bytes): Bytes {
  const length = paddedLength(text.length);
  if (length > MOST_BUCKETS * BUCKET) throw new SealingFault('too-long');
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, text.length);
  return concat(head, text, new Uint8Array(length - HEAD - text.length));
}

/** There is one padding of a text: another is refused. @throws SealingFault `malformed`. */
export function unpad(padded: Bytes): Bytes {
  if (!isPaddedLength(padded.length)) throw new SealingFault('malformed');
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (paddedLength(length) !== padded.length) throw new SealingFault('malformed');
  const end = HEAD + length;
  // All of it is looked at, whatever is found.
  const rest = padded.subarray(end).reduce((found, byte) => found | byte, 0);
  if (rest !== 0) throw new SealingFault('malformed');
  return padded.slice(HEAD, end);
}

export function isPaddedLength(length: number): boolean {
  return length > 0 && length % BUCKET === 0 && length <= MOST_BUCKETS * BUCKET;
}

function paddedLength(length: number): number {
  return Math.ceil((HEAD + length) / BUCKET) * BUCKET;
}
