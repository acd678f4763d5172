import { makeSqliteStorage } from '../support/storage-sqlite.js';
import { describeStorage } from './storage.contract.js';

describeStorage('sqlite', makeSqliteStorage);
