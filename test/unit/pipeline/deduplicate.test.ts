import { expect, test } from '@jest/globals';
import type { Turn } from '../../../src/pipeline/compose.js';
import { deduplicate } from '../../../src/pipeline/deduplicate.js';
import { buildConversation } from '../../support/build-conversation.js';
import { createMemoryStore } from '../../support/storage-memory.js';

test.each([
  [true, true, 0],
  [false, undefined, 1],
])('what another message has taken the place of is never said: %s', async (isOver, isDropped, passed) => {
  const store = createMemoryStore();
  const received = { externalId: 'b5:1', text: 'Non', isOver: async () => isOver };
  const turn = { conversation: buildConversation({ id: 'c1' }), received } as unknown as Turn;
  let count = 0;
  await deduplicate(store)(turn, async () => {
    count += 1;
  });
  expect(turn.isDropped).toBe(isDropped);
  expect(count).toBe(passed);
});
