import { expect, test } from '@jest/globals';
import { TooManyAttemptsError } from '../../../src/domain/errors.js';
import { ATTEMPT_LIMITS, createAttempts } from '../../../src/inbox/limits.js';

/** More than there are buckets. */
const STRANGERS = 150_000;

test('however many places strangers try from, none is taken for the one where somebody is known', async () => {
  const attempts = createAttempts({ ...ATTEMPT_LIMITS, address: { points: STRANGERS, duration: 60 } });
  const known = await attempts.begin({ login: 'jean', address: '198.51.100.4' });
  await known.succeed();
  let begun = 0;
  for (let n = 0; n < STRANGERS; n += 1) {
    const address = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    const isBegun = await attempts.begin({ login: 'jean', address }).then(() => true, refused);
    if (isBegun) begun += 1;
  }
  expect(begun).toBe(ATTEMPT_LIMITS.login.points);
});

function refused(error: unknown): false {
  if (!(error instanceof TooManyAttemptsError)) throw error;
  return false;
}
