import type { WorkerScope } from './scope.js';
import { installWorker } from './worker.js';

// The compiler knows this file's global scope as a page's; it runs in a worker's.
installWorker(globalThis as unknown as WorkerScope);
