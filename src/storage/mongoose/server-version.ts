import { setupFaults } from '../setup-faults.js';

const OLDEST_MONGODB = 6;
const OLDEST_AMAZON = 5;
const AMAZON = /\.docdb(-elastic)?\.amazonaws\.com(\.cn)?$/;

export interface ServerVersion {
  /** What `buildInfo` gives. Engines that are compatible name the version of MongoDB that they are compatible with. */
  readonly version: string;
  readonly hosts: readonly string[];
}

/** Amazon's engine is compatible with MongoDB 5 and has what is needed here. @throws ConfigError */
export function refuseOldServer({ version, hosts }: ServerVersion): void {
  const oldest = hosts.some((host) => AMAZON.test(host)) ? OLDEST_AMAZON : OLDEST_MONGODB;
  const major = Number.parseInt(version, 10);
  // One that says something else is not judged by it.
  if (major < oldest) throw setupFaults.oldMongodb(version);
}
