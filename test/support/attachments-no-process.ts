/** A server that has come to its last file descriptor (`ulimit -n`): prints what becomes of a file then. */
import { openSync, writeSync } from 'node:fs';
import { createRewriteApart } from '../../src/attachments/rewrite-apart.js';

const apart = createRewriteApart();
const answer = await withoutDescriptors(() => apart.run(Buffer.of(1)));
writeSync(1, JSON.stringify(answer));

function withoutDescriptors<Result>(run: () => Result): Result {
  for (;;) {
    try {
      openSync('/dev/null', 'r');
    } catch {
      return run();
    }
  }
}
