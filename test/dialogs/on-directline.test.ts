import { expect, test } from '@jest/globals';
import { playAllTranscripts } from '../support/stages/all-transcripts.js';
import { onDirectLine } from '../support/stages/directline.js';

const played = await playAllTranscripts(onDirectLine);

test('they were played on Direct Line', () => {
  expect(played()).toBeGreaterThan(40);
});
