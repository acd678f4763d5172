import { describe, it } from '@jest/globals';
import { makeMongooseStorage } from '../support/storage-mongoose.js';
import { describeStorage } from './storage.contract.js';

const serverUri = process.env.MONGODB_TEST_URI;

if (serverUri) {
  describeStorage('mongoose', () => makeMongooseStorage(serverUri));
} else {
  describe.skip('mongoose: set MONGODB_TEST_URI=mongodb://… to the address of a test server to run it', () => {
    it('keeps the contract of the storage', () => undefined);
  });
}
