import { describe, expect, it } from '@jest/globals';
import { callsOfPorts, watchPorts } from '../support/storage-ports.js';
import { makeSqliteStorage } from '../support/storage-sqlite.js';
import { describeStorage } from './storage.contract.js';

const ports = callsOfPorts();

describeStorage('sqlite', async () => watchPorts(await makeSqliteStorage(), ports));

describe('over the whole contract of the storage: sqlite', () => {
  it('every port was called in every way', () => {
    expect(ports.uncalled()).toEqual([]);
  });
});
