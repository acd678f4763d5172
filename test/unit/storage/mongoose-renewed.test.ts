import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataCipher } from '../../../src/storage/data-cipher.js';
import { type MongooseDatabase, openMongooseDatabase } from '../../../src/storage/mongoose/database.js';
import { createRecordCodec } from '../../../src/storage/record-codec.js';
import { type Gate, openGate } from '../../support/many/gate.js';
import { type MongooseUnderTest, makeMongooseStorage } from '../../support/storage-mongoose.js';

const serverUri = process.env.MONGODB_TEST_URI ?? '';
const describeWithServer = serverUri ? describe : describe.skip;
const codec = createRecordCodec(createDataCipher(Buffer.alloc(32, 7)));
/** Each call comes so much later than the one before: more than is waited between two renewals. */
const STEP_MS = 6_000;

describeWithServer('connections that are made anew (needs MONGODB_TEST_URI)', () => {
  let gate: Gate;
  let underTest: MongooseUnderTest;
  let db: MongooseDatabase;
  let now: number;

  beforeEach(async () => {
    now = 0;
    const { hostname, port } = new URL(serverUri);
    gate = await openGate({ hostname, port: Number(port || 27017) });
    underTest = await makeMongooseStorage(serverUri);
    const uri = new URL(underTest.uri);
    uri.host = gate.host;
    uri.searchParams.set('serverSelectionTimeoutMS', '200');
    db = await openMongooseDatabase(uri.href, codec, { now: () => now });
  });
  afterEach(async () => {
    await db.close();
    await underTest.dispose();
    await gate.close();
  });

  /** The outcome that fits, or the last one. */
  const askedUntil = async (isOver: (outcome: string) => boolean): Promise<string> => {
    for (let tries = 0; ; tries += 1) {
      now += STEP_MS;
      const outcome = await db.ping().then(
        () => 'answered',
        (error: Error) => error.message,
      );
      if (isOver(outcome) || tries === 60) return outcome;
      await wait(50);
    }
  };
  const isAnswered = (outcome: string): boolean => outcome === 'answered';

  it('are made anew once more when the server was still away, and then it is found', async () => {
    gate.shut();
    // A renewal has begun, and failed: the connection stays closed.
    expect(await askedUntil((outcome) => outcome.includes('NotConnected'))).toMatch(/MongoNotConnectedError/);
    gate.open();
    expect(await askedUntil(isAnswered)).toBe('answered');
    expect(await db.run(() => db.models.meta.findById('storage').lean())).toMatchObject({ _id: 'storage' });
  });

  it('are not made anew once it is closed', async () => {
    const connection = db.models.meta.db;
    const former = connection.getClient();
    gate.shut();
    await askedUntil(() => now >= 4 * STEP_MS);
    gate.open();
    // While the former one is being given up.
    await db.close();
    await wait(100);
    expect(connection.getClient() === former).toBe(true);
    expect(connection.readyState).toBe(0);
  });
});
