import { afterAll, expect } from '@jest/globals';
import { playAllTranscripts } from '../support/stages/all-transcripts.js';
import { onDirectLine } from '../support/stages/directline.js';

const played = await playAllTranscripts(onDirectLine);

afterAll(() => {
  expect(played()).toBeGreaterThan(40);
});
