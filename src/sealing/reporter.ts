import type { EventBody, EventPlace, ReporterKeys } from '../domain/report-sealing.js';
import { fromBase64url, toBase64url } from './bytes.js';
import { SealingFault } from './fault.js';
import { derivePair, ENC_BYTES, hpkeOpen, hpkeSeal, TAG_BYTES } from './hpke.js';
import { isPaddedLength, pad, unpad } from './padding.js';
import { bytesOfEventPlace } from './places.js';
import { deriveFromReceipt, symbolsOfReceipt } from './receipts.js';
import { readBody, writeBody } from './sealed-json.js';

/** @param publicKey base64url. @throws SealingFault `unfit-key`, `malformed`, `too-long`. */
export async function sealToReporter(publicKey: string, place: EventPlace, body: EventBody): Promise<string> {
  const aad = bytesOfEventPlace('reply', place);
  return toBase64url(await hpkeSeal(publicKey, pad(writeBody(place, body)), { purpose: 'reply', aad }));
}

/** @throws SealingFault `not-a-receipt`. */
export async function keysOfReceipt(receipt: string): Promise<ReporterKeys> {
  const symbols = symbolsOfReceipt(receipt);
  const [lookupId, material] = await Promise.all([
    deriveFromReceipt(symbols, 'lookup'),
    deriveFromReceipt(symbols, 'reporter'),
  ]);
  const pair = await derivePair(material);
  const publicKey = toBase64url(pair.publicKey);
  return {
    lookupId: toBase64url(lookupId),
    publicKey,
    async open(place, sealed) {
      const bytes = fromBase64url(sealed);
      if (!isPaddedLength(bytes.length - ENC_BYTES - TAG_BYTES)) throw new SealingFault('malformed');
      const aad = bytesOfEventPlace('reply', place);
      const padded = await hpkeOpen({ privateKey: pair.privateKey, publicKey }, bytes, { purpose: 'reply', aad });
      return readBody(place, unpad(padded));
    },
  };
}
