import type { Account } from './account.js';
import { DomainError } from './errors.js';

/** TOTP (RFC 6238): six digits, steps of 30 s, SHA-1, as every authenticator app has it. */
export interface Totp {
  /** Base32, as apps want it. */
  encode(secret: Uint8Array): string;
  /** `otpauth:` (Key URI Format). */
  uri(account: { readonly login: string; readonly secret: string }): string;
  /** The step whose code this is, among those around `at`; nothing when it is none of them. */
  stepOf(secret: string, code: string, at: Date, window: StepWindow): number | undefined;
}

/** How many steps before and after the present one are accepted. */
export interface StepWindow {
  readonly past: number;
  readonly future: number;
}

/** Clocks of phones drift (RFC 6238, 5.2). */
export const DRIFT: StepWindow = { past: 1, future: 1 };
/** Choosing a new password takes minutes; the code was shown when the recovery began, and the key is 256 bits long. */
export const DURING_RECOVERY: StepWindow = { past: 10, future: 1 };

/**
 * Checks the code against the account's second factor. A code works once: the step must be stored with `withStep`.
 * @returns the step; nothing when the account has no second factor.
 * @throws DomainError `second-factor-needed` without a code, `wrong-code`.
 */
export function checkCode(
  totp: Totp,
  { secondFactor }: Account,
  code: string | undefined,
  { at, window = DRIFT }: { at: Date; window?: StepWindow },
): number | undefined {
  if (!secondFactor) return undefined;
  if (code === undefined) throw new DomainError('second-factor-needed', 'The code is missing');
  const step = totp.stepOf(secondFactor.secret, code, at, window);
  if (step === undefined || step <= secondFactor.lastUsedStep) throw new DomainError('wrong-code', 'Wrong code');
  return step;
}

/** The account with this step's code, and all before, used up. */
export function withStep(account: Account, step: number | undefined): Account {
  if (!account.secondFactor || step === undefined) return account;
  return { ...account, secondFactor: { ...account.secondFactor, lastUsedStep: step } };
}

export function withoutSecondFactor(account: Account): Account {
  const { secondFactor: _, ...rest } = account;
  return rest;
}
