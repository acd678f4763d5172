import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INDEXES, QUERIES } from '../../src/storage/mongoose/queries.js';
import { makeMongooseStorage } from '../support/storage-mongoose.js';
import { callsOfPorts, watchPorts } from '../support/storage-ports.js';
import { faultOf, lineOf, linesOf } from '../support/storage-queries.js';
import type { StorageUnderTest } from '../support/storage-under-test.js';
import { startWire, type Wire } from '../support/storage-wire.js';
import { describeStorage } from './storage.contract.js';

const serverUri = process.env.MONGODB_TEST_URI;

if (serverUri) {
  describeAdapter(serverUri);
} else {
  describe.skip('mongoose: set MONGODB_TEST_URI=mongodb://… to the address of a test server to run it', () => {
    it('keeps the contract of the storage', () => undefined);
  });
}

/** The contract, over a line that is listened to, then what was heard. */
function describeAdapter(uri: string): void {
  const ports = callsOfPorts();
  let wire: Wire;

  beforeAll(async () => {
    wire = await startWire(new URL(uri));
  });
  afterAll(() => wire.stop());

  describeStorage(
    'mongoose',
    async (): Promise<StorageUnderTest> => watchPorts(await makeMongooseStorage(wire.through(uri)), ports),
  );

  describe('over the whole contract of the storage: mongoose', () => {
    const ofAdapter = () => wire.commands().filter(({ client }) => client === 'permanence');

    it('every port was called in every way', () => {
      expect(ports.uncalled()).toEqual([]);
    });

    it('sends declared queries only, and all of them', () => {
      const declared = new Set(QUERIES.map(lineOf));
      const sent = new Set(
        ofAdapter()
          .flatMap(linesOf)
          .map((readings) => readings.find((line) => declared.has(line)) ?? readings[0]),
      );
      expect([...sent].filter((line) => line === undefined || !declared.has(line))).toEqual([]);
      expect([...declared].filter((line) => !sent.has(line))).toEqual([]);
    });

    it('has an index for each of them, and uses each index', () => {
      expect(QUERIES.flatMap((query) => faultOf(query) ?? [])).toEqual([]);
      const used = new Set(QUERIES.map(({ by }) => by));
      expect(Object.keys(INDEXES).filter((name) => !used.has(name as keyof typeof INDEXES))).toEqual([]);
    });

    it('lets no query of a server run without a limit', () => {
      const endless = ofAdapter().filter(({ name, body }) => name === 'find' && body.maxTimeMS === undefined);
      // Of the few documents on the database itself, read when it is opened.
      expect(endless.filter(({ collection }) => collection !== 'meta')).toEqual([]);
    });
  });
}
