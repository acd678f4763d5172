import { describe, expect, test } from '@jest/globals';
import { ApiProblem } from '../../../src/web/inbox/api/problem.js';
import type { Session } from '../../../src/web/inbox/api/types.js';
import { dateWithYear, dayAndTime, timeOf } from '../../../src/web/inbox/app/dates.js';
import { nextState, type SessionState } from '../../../src/web/inbox/app/session-state.js';
import { importPrivateKey } from '../../../src/web/inbox/crypto/key-pair.js';

const session = (overrides: Partial<Session> = {}, publicKey = 'A'.repeat(43)): Session => ({
  account: { id: 'jean', login: 'jean.martin', displayName: 'Jean', role: 'delegate', isAvailable: true },
  keys: {
    salt: 'A'.repeat(22),
    kdf: { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 },
    publicKey,
    wrappedPrivateKey: 'A',
    fingerprint: '00000',
  },
  isLocked: false,
  idleLockMinutes: 15,
  secondFactor: 'off',
  permissions: [],
  isDemo: false,
  ...overrides,
});
const privateKey = await importPrivateKey(new Uint8Array(32).fill(7));
const problem = new ApiProblem({ status: 0, code: 'Offline', detail: 'Hors ligne.' });
const inside: SessionState = { status: 'in', session: session(), privateKey };
const locked: SessionState = { status: 'locked', session: session({ isLocked: true }) };
const out: SessionState = { status: 'out', hasEnded: false };

describe('the session of the page', () => {
  test('the private key is gone as soon as it is locked', () => {
    expect(nextState(inside, { type: 'locked' })).toEqual({ status: 'locked', session: session({ isLocked: true }) });
    expect(nextState(inside, { type: 'read', session: session({ isLocked: true }) })).toEqual(locked);
  });

  test('a reading keeps the private key of the same keys only', () => {
    expect(nextState(inside, { type: 'read', session: session() })).toHaveProperty('privateKey', privateKey);
    const other = nextState(inside, { type: 'read', session: session({}, 'B'.repeat(43)) });
    expect(other).not.toHaveProperty('privateKey');
  });

  test('whoever enters brings their own key, or none', () => {
    expect(nextState(locked, { type: 'entered', session: session(), privateKey })).toEqual(inside);
    expect(nextState(inside, { type: 'entered', session: session() })).toEqual({ status: 'in', session: session() });
  });

  test('a key opened late is held by the same keys, and by nobody else', () => {
    const { publicKey } = session().keys;
    const opened = { type: 'opened', publicKey, privateKey } as const;
    expect(nextState({ status: 'in', session: session() }, opened)).toEqual(inside);
    expect(nextState(locked, opened)).toBe(locked);
    expect(nextState(out, opened)).toBe(out);
    const other: SessionState = { status: 'in', session: session({}, 'B'.repeat(43)) };
    expect(nextState(other, opened)).toBe(other);
  });

  test('an end is told to those who did not ask for it', () => {
    expect(nextState(inside, { type: 'ended', byChoice: false })).toEqual({ status: 'out', hasEnded: true });
    expect(nextState(locked, { type: 'ended', byChoice: true })).toEqual({ status: 'out', hasEnded: false });
    expect(nextState({ status: 'loading' }, { type: 'ended', byChoice: false })).toEqual(out);
    expect(nextState({ status: 'out', hasEnded: true }, { type: 'ended', byChoice: false })).toEqual({
      status: 'out',
      hasEnded: true,
    });
  });

  test('a cut line takes nothing off the screen of somebody at work', () => {
    expect(nextState(inside, { type: 'unreachable', problem })).toBe(inside);
    expect(nextState({ status: 'loading' }, { type: 'unreachable', problem })).toEqual({
      status: 'unreachable',
      problem,
    });
  });

  test('nobody outside is locked', () => {
    expect(nextState(out, { type: 'locked' })).toBe(out);
  });
});

describe('dates as people say them', () => {
  const at = Date.UTC(2026, 10, 25, 13, 5);

  test('in the town’s time, with the weekday', () => {
    expect(dayAndTime(at)).toBe('mercredi 25 novembre à 14\u00a0h\u00a005');
    expect(dateWithYear(at)).toBe('25 novembre 2026');
    expect(timeOf(Date.UTC(2026, 6, 1, 7, 0))).toBe('9\u00a0h');
  });
});
