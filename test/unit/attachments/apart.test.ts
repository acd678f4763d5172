import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createDeflate, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { openRewriteApart } from '../../support/attachments.js';
import { buildPdf, buildPhoto, FILE_CANARY, fillWithTraps } from '../../support/files.js';

const HOSTILE = new URL('../../support/attachments-hostile-child.ts', import.meta.url);
const LIMITS = { time: 1500, memory: 400_000_000 };

/** By what they run (Linux, proc(5)). */
function childrenLeft(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    const [status, command] = ['status', 'cmdline'].map((name) => read(`/proc/${pid}/${name}`));
    return status?.includes(`\nPPid:\t${process.pid}\n`) && command?.includes('child.ts');
  }).length;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Its list of objects is packed twice: more than a gigabyte of blanks. */
async function pdfBomb(): Promise<Buffer> {
  const blanks = Array(40).fill(Buffer.alloc(2 ** 25, ' '));
  const once = await buffer(Readable.from(blanks).pipe(createDeflate({ level: 1 })));
  const twice = deflateSync(once);
  const objects = `/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode] /Length ${twice.length}`;
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${objects} >>\nstream\n`),
    twice,
    Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 2 0 R >>\n%%EOF'),
  ]);
}

describe('a process of its own for each file', () => {
  it('gives back what is left of it, and ends', async () => {
    const apart = openRewriteApart();
    const photo = await apart.run(await buildPhoto(80, 40));
    expect(photo).toMatchObject({ kind: 'image' });
    const pdf = await apart.run(await buildPdf({ change: fillWithTraps }));
    expect(pdf).toMatchObject({ kind: 'pdf' });
    expect('bytes' in pdf && Buffer.from(pdf.bytes).includes(FILE_CANARY)).toBe(false);
    expect(await apart.run(Buffer.from('PK\x03\x04'))).toEqual({ refused: 'kind' });
    expect(await apart.run((await buildPhoto()).subarray(0, 100))).toEqual({ refused: 'damaged' });
    expect(childrenLeft()).toBe(0);
  });

  it.each([
    ['never ends', 0],
    ['takes more and more memory', 1],
    ['crashes', 2],
    ['ends without an answer', 3],
    ['goes away', 4],
    ['fills what JavaScript has', 5],
  ])('refuses a file that makes it do so: it %s', async (_, act) => {
    const apart = openRewriteApart({ entry: HOSTILE, nodeArguments: ['--no-warnings'], limits: LIMITS });
    const startedAt = performance.now();
    expect(await apart.run(Buffer.of(act))).toEqual({ refused: 'damaged' });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(childrenLeft()).toBe(0);
  });

  it('refuses a PDF that unpacks to far more than there is room for, and the server takes no more for it', async () => {
    const file = await pdfBomb();
    expect(file.length).toBeLessThan(3_000_000);
    const before = process.memoryUsage().rss;
    let most = before;
    const looking = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 10);
    expect(await openRewriteApart().run(file)).toEqual({ refused: 'damaged' });
    clearInterval(looking);
    expect(most - before).toBeLessThan(100_000_000);
    expect(childrenLeft()).toBe(0);
  });

  it('knows nothing of the server’s secrets', async () => {
    process.env.FILES_TEST_SECRET = 'secret';
    const result = await openRewriteApart({ entry: HOSTILE, nodeArguments: ['--no-warnings'] }).run(Buffer.of(6));
    delete process.env.FILES_TEST_SECRET;
    if (!('bytes' in result)) throw new Error('No answer');
    expect(Buffer.from(result.bytes).toString()).not.toContain('secret');
  });

  it('says that it cannot be had', async () => {
    const nowhere = openRewriteApart({ entry: new URL('file:///nowhere/child.js') });
    expect(await nowhere.run(Buffer.of(1))).toMatchObject({ refused: expect.stringMatching(/damaged|unavailable/) });
  });

  it('is unavailable where none can be begun', async () => {
    const apart = openRewriteApart({ nodeArguments: ['\0'] });
    expect(await apart.run(Buffer.of(1))).toEqual({ refused: 'unavailable' });
  });

  it('is unavailable to a server without descriptors', () => {
    const argument = (file: string): string => fileURLToPath(new URL(`../../support/${file}`, import.meta.url));
    const hooks = new URL('../../support/storage-child-hooks.ts', import.meta.url).href;
    const server = spawnSync(
      'sh',
      ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, '--no-warnings', '--import', hooks].concat(
        argument('attachments-no-process.ts'),
      ),
      { encoding: 'utf8' },
    );
    expect(server).toMatchObject({ stdout: '{"refused":"unavailable"}', stderr: '' });
  });

  it('is ended when the server ends', async () => {
    const apart = openRewriteApart({ entry: HOSTILE, nodeArguments: ['--no-warnings'] });
    const answer = apart.run(Buffer.of(0));
    apart.close();
    expect(await answer).toEqual({ refused: 'damaged' });
    expect(childrenLeft()).toBe(0);
  });
});
