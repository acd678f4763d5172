import { SendFailure, type SendFailureCode } from '../delivery-failures.js';
import { ApiFault } from './api.js';

/** Telegram's words of those who can no longer be reached by anybody: they blocked the bot, or left Telegram. */
const OUT_OF_REACH = /blocked by the user|user is deactivated|can't initiate conversation/i;

/** What a failed call means for a message. Any other fault came once the call had begun: what became of it is not known. */
export function sendFailureOf(error: unknown): SendFailure {
  if (!(error instanceof ApiFault)) return new SendFailure('unanswered');
  return new SendFailure(codeOf(error), error.retryAfterMs);
}

function codeOf({ kind, status, description = '' }: ApiFault): SendFailureCode {
  if (kind === 'unreachable' || kind === 'unanswered') return kind;
  if (kind === 'failed') return status === 429 ? 'busy' : 'service-error';
  if (status === 403) return OUT_OF_REACH.test(description) ? 'blocked' : 'not-allowed';
  // An unknown token is answered so; a message that is refused is a 400.
  if (status === 401 || status === 404) return 'not-allowed';
  return status === 400 && /chat not found/i.test(description) ? 'gone' : 'refused';
}

/** The words of a fault that may be logged. */
export function codeOfFault(error: unknown): string {
  return error instanceof ApiFault ? error.message : 'fault';
}

/** A message that was deleted or is as it should be already, a press that is too old: nothing is left to be done. */
export function isOver(error: unknown): boolean {
  return error instanceof ApiFault && error.kind === 'refused' && error.status === 400;
}
