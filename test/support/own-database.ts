import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';

/** A name of its own on the server that MONGODB_TEST_URI names, which nobody else writes to. */
export function ownDatabase(what: string): URL {
  const url = new URL(process.env.MONGODB_TEST_URI ?? '');
  url.pathname = `/permanence_${what}_${randomBytes(6).toString('hex')}`;
  return url;
}

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await createConnection(uri, { retryWrites: false }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

/** What was written is removed, unless the test failed: it is then there to be looked at. */
export async function inOwnDatabase(what: string, use: (uri: string) => Promise<void>): Promise<void> {
  const { href } = ownDatabase(what);
  await use(href);
  await dropDatabase(href);
}
