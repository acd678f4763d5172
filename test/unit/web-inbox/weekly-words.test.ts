import { expect, test } from '@jest/globals';
import { WEEKLY } from '../../../src/web/inbox/weekly/strings.js';

test.each([
  [1, 0, 0, 'Une personne a demandé un délégué : elle attend encore ou a renoncé.'],
  [1, 1, 0, 'Une personne a demandé un délégué : elle a eu une réponse.'],
  [1, 0, 1, 'Une personne a demandé un délégué : elle n’a pas eu de réponse.'],
  [3, 0, 0, '3 personnes ont demandé un délégué : 3 attendent encore ou ont renoncé.'],
  [
    8,
    6,
    1,
    '8 personnes ont demandé un délégué : 6 ont eu une réponse, 1 n’a pas eu de réponse, 1 attend encore ou a renoncé.',
  ],
  // A delegate may take a conversation that nobody asked for.
  [2, 3, 0, '2 personnes ont demandé un délégué : 2 ont eu une réponse.'],
])('%i asked, %i answered, %i missed', (requested, taken, missed, words) => {
  expect(WEEKLY.requests(requested, taken, missed).replaceAll('\u00a0', ' ')).toBe(words);
});
