import { type ApartOptions, createRewriteApart, type RewriteApart } from '../../src/attachments/rewrite-apart.js';

/** Runs the sources as they are, in a process of its own for each file. */
export function openRewriteApart(options: ApartOptions = {}): RewriteApart {
  return createRewriteApart({
    entry: new URL('../../src/attachments/child.ts', import.meta.url),
    nodeArguments: ['--no-warnings', '--import', new URL('storage-child-hooks.ts', import.meta.url).href],
    ...options,
  });
}
