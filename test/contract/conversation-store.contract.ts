import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import type { MakeStorage, StorageUnderTest } from '../support/storage-under-test.js';
import { describeConversationStoreAtRest } from './conversation-store-at-rest.contract.js';
import { describeCommits } from './conversation-store-commits.contract.js';
import { describeCreation } from './conversation-store-creation.contract.js';
import { describeErasure } from './conversation-store-erasure.contract.js';
import { describeInboxLists } from './conversation-store-lists.contract.js';
import { describeMessages } from './conversation-store-messages.contract.js';
import { describeConversationStoreModel } from './conversation-store-model.contract.js';
import { describeRemoval } from './conversation-store-removal.contract.js';

/** What every adapter promises. It never asks which one it tests. */
export function describeConversationStore(name: string, makeStorage: MakeStorage): void {
  describe(`conversation store: ${name}`, () => {
    describe('on one database', () => {
      let underTest: StorageUnderTest;
      let storage: Storage;
      let store: ConversationStore;

      beforeAll(async () => {
        underTest = await makeStorage();
        storage = await underTest.open();
        store = storage.conversations;
      });
      afterAll(() => underTest.dispose());

      describeCreation(() => store);
      describeCommits(() => store);
      describeMessages(() => store);
      describeErasure(() => store);

      it('answers a ping', async () => {
        await expect(storage.ping()).resolves.toBeUndefined();
      });
    });

    describeRemoval(makeStorage);
    describeInboxLists(makeStorage);
    describeConversationStoreAtRest(makeStorage);
    describeConversationStoreModel(makeStorage);
  });
}
