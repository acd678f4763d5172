/**
 * Builds what the server runs: its code, the web pages and widget, and the language model, all into `dist/`.
 *
 *   npm run build                 builds everything
 *   node src/cli/build.ts --if-needed   builds only when a source changed since the last build
 *
 * It runs before there is anything built, on Node's own TypeScript support: it imports nothing of the project.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const STAMP = join(ROOT, 'dist', '.sources');
const SOURCES = ['src/**/*', 'dialogs/**/*', 'corpus/**/*', 'package-lock.json', 'tsconfig.json'];

const STEPS = [
  ['le serveur', 'node_modules/typescript/bin/tsc', '-p', 'src/cli/tsconfig.build.json'],
  [
    'le widget et les pages',
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'src/web/vite.config.ts',
    '--logLevel',
    'warn',
  ],
  // After the widget, whose build empties the folder that both are in.
  [
    'la page des délégués',
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'src/web/inbox/vite.config.ts',
    '--logLevel',
    'warn',
  ],
  ['le modèle de langue', 'dist/src/cli/train.js'],
] as const;

const sources = hashSources();
const isBuilt = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources;
// An installation without development packages runs what it was shipped with.
const canBuild = existsSync(join(ROOT, STEPS[0][1]));

if (!process.argv.includes('--if-needed') || (!isBuilt && canBuild)) build();

function build(): void {
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  for (const [what, script, ...args] of STEPS) {
    console.log(`Construction : ${what}…`);
    const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit' });
    if (status !== 0) {
      console.error(`La construction a échoué (${what}). Le détail est affiché ci-dessus.`);
      process.exit(1);
    }
  }
  writeFileSync(STAMP, sources);
}

function hashSources(): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
