import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../src/domain/account.js';
import { checkCode, DURING_RECOVERY, withoutSecondFactor, withStep } from '../../../src/domain/second-factor.js';
import { createTotp } from '../../../src/inbox/totp.js';

const totp = createTotp({ issuer: 'Permanence' });
/** RFC 6238, appendix B: the secret of SHA-1, and codes cut to six digits. */
const SECRET = totp.encode(Buffer.from('12345678901234567890'));
const VECTORS: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];
const at = (seconds: number): Date => new Date(seconds * 1000);
const accountWith = (lastUsedStep: number) => ({ secondFactor: { secret: SECRET, since: 0, lastUsedStep } }) as Account;

describe('codes', () => {
  test('the secret is base32 as apps want it', () => {
    expect(SECRET).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });

  test.each(VECTORS)('RFC 6238 at %i s', (seconds, code) => {
    expect(totp.stepOf(SECRET, code, at(seconds), { past: 0, future: 0 })).toBe(Math.floor(seconds / 30));
  });

  test('are found one step away, and their step is told', () => {
    const window = { past: 1, future: 1 };
    expect(totp.stepOf(SECRET, '050471', at(1111111111 + 30), window)).toBe(37037037);
    expect(totp.stepOf(SECRET, '050471', at(1111111111 - 30), window)).toBe(37037037);
    expect(totp.stepOf(SECRET, '050471', at(1111111111 + 60), window)).toBeUndefined();
    expect(totp.stepOf(SECRET, '050471', at(1111111111 - 60), window)).toBeUndefined();
    expect(totp.stepOf(SECRET, '050471', at(1111111111 + 300), DURING_RECOVERY)).toBe(37037037);
    expect(totp.stepOf(SECRET, '050471', at(1111111111 + 330), DURING_RECOVERY)).toBeUndefined();
  });
});

describe('checking', () => {
  const now = { at: at(1111111111) };

  test('accounts without one need no code', () => {
    expect(checkCode(totp, {} as Account, undefined, now)).toBeUndefined();
    expect(withStep({} as Account, 5)).toEqual({});
  });

  test('a code is needed, right, and new', () => {
    expect(() => checkCode(totp, accountWith(0), undefined, now)).toThrow(
      expect.objectContaining({ code: 'second-factor-needed' }),
    );
    expect(() => checkCode(totp, accountWith(0), '000000', now)).toThrow(
      expect.objectContaining({ code: 'wrong-code' }),
    );
    const step = checkCode(totp, accountWith(37037036), '050471', now);
    expect(step).toBe(37037037);
    const used = withStep(accountWith(0), step);
    expect(() => checkCode(totp, used, '050471', now)).toThrow(expect.objectContaining({ code: 'wrong-code' }));
    expect(withoutSecondFactor(used)).not.toHaveProperty('secondFactor');
  });
});
