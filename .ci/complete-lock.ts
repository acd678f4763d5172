/**
 * Completes package-lock.json with the optional platform packages (`@scope/tool-darwin-arm64` and the like)
 * that the registry used to generate it did not list. Without them `npm ci` refuses the lock with
 * "Missing: … from lock file", here and on the platforms that need them.
 *
 * Run it after every `npm install`: `npm run lock:complete`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockedPackage {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const LOCK = new URL('../package-lock.json', import.meta.url);
const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const lock = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, LockedPackage> };
const added: string[] = [];

for (const [owner, entry] of Object.entries(lock.packages)) {
  delete entry.resolved;
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(owner, name) || !/^\d/.test(range)) continue;
    lock.packages[`${owner}/node_modules/${name}`.replace(/^\//, '')] = platformEntry(name, range, entry.dev === true);
    added.push(`${name}@${range}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock was complete.' : `Added ${added.length}: ${added.join(', ')}`);

/** Looks the name up as Node would from `owner`: in its own node_modules, then in each parent's. */
function isLocked(owner: string, name: string): boolean {
  for (let place = owner; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
    if (lock.packages[place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`]) return true;
    if (place === '') return false;
    if (!place.includes('/node_modules/')) place = '/node_modules/';
  }
}

function platformEntry(name: string, version: string, dev: boolean): LockedPackage {
  const words = name.split(/[-/.]/).flatMap((word) => (word === 'musleabihf' ? ['musl'] : [word]));
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.filter((word) => CPU.includes(word));
  return { version, ...(dev && { dev }), optional: true, ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }) };
}
