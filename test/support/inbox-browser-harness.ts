import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface BuiltFile {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** Paths of all the scripts and styles that these sources (`queue/index.tsx`) load before they show, from `index.html` on. */
export function loadedFiles(folder: string, ...sources: readonly string[]): readonly string[] {
  const built: Record<string, BuiltFile> = JSON.parse(readFileSync(join(folder, 'inbox', '.files.json'), 'utf8'));
  const seen = new Set<string>();
  const visit = (source: string): readonly string[] => {
    const entry = built[source];
    if (!entry) throw new Error(`The build knows no ${source}`);
    if (seen.has(source)) return [];
    seen.add(source);
    return [entry.file, ...(entry.css ?? []), ...(entry.imports ?? []).flatMap(visit)];
  };
  const files = ['index.html', ...sources].flatMap(visit);
  return [...new Set(files)].map((file) => join(folder, 'inbox', file));
}
