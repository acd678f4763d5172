/**
 * CI, and `npm run test:all`, try everything; an ordinary `npm test` tries less of what takes long, so that it is run often.
 * The test command says what that is.
 */
export const IS_THOROUGH = Boolean(process.env.CI) || process.env.TEST_DEPTH === 'all';

/** How many cases, rounds or years: all of them in CI, fewer in an ordinary run. */
export function inDepth(all: number, ordinary: number): number {
  return IS_THOROUGH ? all : ordinary;
}
