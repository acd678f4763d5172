import { readdirSync, readFileSync } from 'node:fs';
import { expect, jest } from '@jest/globals';
import type { ChannelName } from '../../../src/domain/conversation.js';
import { inDepth } from '../depth.js';
import type { ChatOptions, Line } from '../transcript.js';
import { expectTranscriptOn, type OpenStage } from './stage.js';

const FOLDER = new URL('../../dialogs/', import.meta.url);

/** Every so many transcripts: all of them in CI, fewer in an ordinary run. */
const EVERY = inDepth(1, 6);

/** What a channel says in words of its own. */
export interface OwnWords {
  readonly channel: ChannelName;
  /** The lines that may be its own, or that it leaves out. */
  readonly robot: RegExp;
}

/**
 * Runs the tests of all dialogs in the calling file, their transcripts on this stage. Those of another channel alone are left
 * out. @returns how many were played, once they were.
 */
export async function playAllTranscripts(openStage: OpenStage, own?: OwnWords): Promise<() => number> {
  const real = await import('../transcript.js');
  let found = 0;
  let played = 0;
  const expectTranscript = async (options: ChatOptions, lines: readonly Line[]): Promise<void> => {
    found += 1;
    if (found % EVERY !== 0 || (options.channel ?? own?.channel) !== own?.channel) return;
    played += 1;
    await expectTranscriptOn(openStage, options, own ? await inOwnWords(options, lines, own) : lines);
  };

  /** The transcript as the dialogs say it for this channel: buttons, cards and all but a few words are the same. */
  async function inOwnWords(options: ChatOptions, lines: readonly Line[], { channel, robot }: OwnWords) {
    const told = await real.play(real.openChat({ ...options, channel }), lines);
    expect(told.filter(isNotWords)).toEqual(lines.filter(isNotWords));
    const [here, there] = [told, lines].map((some) => new Set(some.map(([, words]) => words)));
    const differing = [...told, ...lines].filter(([, words]) => !here?.has(words) || !there?.has(words));
    expect(differing.filter(([, words]) => !robot.test(words))).toEqual([]);
    return told;
  }
  jest.unstable_mockModule('../transcript.js', () => ({ ...real, expectTranscript }));
  for (const file of readdirSync(FOLDER).filter(hasTranscripts)) {
    await import(`../../dialogs/${file.replace(/\.ts$/, '.js')}`);
  }
  return () => played;
}

const isNotWords = ([kind]: Line): boolean => kind !== 'robot';

function hasTranscripts(file: string): boolean {
  const isTest = file.endsWith('.test.ts') && !file.startsWith('on-');
  return isTest && readFileSync(new URL(file, FOLDER), 'utf8').includes('expectTranscript(');
}
