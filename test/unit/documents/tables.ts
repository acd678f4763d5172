import { readFileSync } from 'node:fs';

export const DOCS = new URL('../../../docs/', import.meta.url);

export function readDocument(name: string): string {
  return readFileSync(new URL(name, DOCS), 'utf8');
}

/** The names in a cell like « MICROSOFT_APP_ID, _PASSWORD »: one that begins with a low line goes on from the one before. */
export function namesIn(cell: string): readonly string[] {
  const names: string[] = [];
  for (const name of cell.split(', ')) {
    const stem = names[0]?.slice(0, names[0].lastIndexOf('_')) ?? '';
    names.push(name.startsWith('_') ? stem + name : name);
  }
  return names;
}

/**
 * The rows of the table whose first heading is `heading`, without the headings; marks of code are taken away.
 * @throws Error when there is no such table.
 */
export function rowsOf(document: string, heading: string): readonly (readonly string[])[] {
  const lines = document.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`There is no table under « ${heading} »`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
