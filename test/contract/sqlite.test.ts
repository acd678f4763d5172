import { makeSqliteStorage } from '../support/storage-sqlite.js';
import { describeConversationStore } from './conversation-store.contract.js';

describeConversationStore('sqlite', makeSqliteStorage);
