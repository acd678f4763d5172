/**
 * Sends as many different messages as its argument says through the built recogniser and detector, then looks for them in
 * its own heap. Prints one JSON line. Run by no-trace.test.ts, apart from it, so that the test's own strings are not found.
 */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import type * as CreateNlu from '../../../src/nlu/create-nlu.js';

const ROOT = new URL('../../../', import.meta.url);
const NOW = new Date('2026-11-23T09:00:00Z');
const MESSAGES = Number(process.argv[2]);

/** Built at run time, so that the searched word stands in no source text. */
const mark = (at: number) => `${['zq', 'xj', 'kw'].join('')}${at.toString(36)}`;

const { createNlu }: typeof CreateNlu = await import(new URL('dist/src/nlu/create-nlu.js', ROOT).href);
const before = process.memoryUsage.rss();
const startedAt = performance.now();
const nlu = await createNlu({ corpusDir: new URL('corpus/fr/', ROOT), modelFile: new URL('dist/model/fr.json', ROOT) });
const loadedIn = performance.now() - startedAt;
globalThis.gc?.();
const loaded = process.memoryUsage.rss();

async function send(from: number, to: number): Promise<number> {
  for (let at = from; at < to; at += 1) {
    const text = `bonjour ${mark(at)} je veux signaler du bruit 06 12 34 56 78`;
    await nlu.recognizer.recognise(text, NOW);
    await nlu.emergency.assess(text);
  }
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

const halfway = await send(0, MESSAGES / 2);
const after = await send(MESSAGES / 2, MESSAGES);
const snapshot = writeHeapSnapshot(join(tmpdir(), `permanence-nlu-${process.pid}.heapsnapshot`));
const kept = readFileSync(snapshot, 'utf8').split(mark(0).slice(0, 6)).length - 1;
rmSync(snapshot);
const MIB = 2 ** 20;
process.stdout.write(
  `${JSON.stringify({ kept, grownMiB: (after - halfway) / MIB, loadMs: loadedIn, addedMiB: (loaded - before) / MIB })}\n`,
);
