import { readdirSync, readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { inDepth } from '../depth.js';
import type { ChatOptions, Line } from '../transcript.js';
import { expectTranscriptOn, type OpenStage } from './stage.js';

const FOLDER = new URL('../../dialogs/', import.meta.url);

/** Every so many transcripts: all of them in CI, fewer in an ordinary run. */
const EVERY = inDepth(1, 6);

/**
 * Runs the tests of all dialogs in the calling file, their transcripts on this stage. Those of one channel alone are left to
 * it. @returns how many were played, once they were.
 */
export async function playAllTranscripts(openStage: OpenStage): Promise<() => number> {
  const real = await import('../transcript.js');
  let found = 0;
  let played = 0;
  const expectTranscript = async (options: ChatOptions, lines: readonly Line[]): Promise<void> => {
    found += 1;
    if (found % EVERY !== 0 || options.channel !== undefined) return;
    played += 1;
    await expectTranscriptOn(openStage, options, lines);
  };
  jest.unstable_mockModule('../transcript.js', () => ({ ...real, expectTranscript }));
  for (const file of readdirSync(FOLDER).filter(hasTranscripts)) {
    await import(`../../dialogs/${file.replace(/\.ts$/, '.js')}`);
  }
  return () => played;
}

function hasTranscripts(file: string): boolean {
  const isTest = file.endsWith('.test.ts') && !file.startsWith('on-');
  return isTest && readFileSync(new URL(file, FOLDER), 'utf8').includes('expectTranscript(');
}
