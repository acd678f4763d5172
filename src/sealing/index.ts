import type { ReportSealing } from '../domain/report-sealing.js';
import { makeDataKey, sealDataKey } from './data-keys.js';
import { digestOf, openEvent, sealEvent } from './events.js';
import { makeReceipt } from './receipts.js';
import { keysOfReceipt, sealToReporter } from './reporter.js';

export {
  type ChainedEvent,
  type ChainFindings,
  type EventFinding,
  type Opening,
  openEvents,
  type Unopened,
  verifyChain,
} from './chain.js';
export { openDataKey } from './data-keys.js';
export { isSealingFault, SealingFault, type SealingFaultCode } from './fault.js';
export type { CryptographicKey, OpeningPair } from './hpke.js';
export { type PlacedEvent, placeOfEvent } from './places.js';

/** By WebCrypto and HPKE, in Node and in browsers. It keeps nothing. */
export const reportSealing: ReportSealing = {
  makeDataKey,
  sealDataKey,
  sealEvent,
  openEvent,
  digestOf,
  sealToReporter,
  makeReceipt,
  keysOfReceipt,
};
