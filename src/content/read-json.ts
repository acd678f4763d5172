import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Data files that do not hold what they must. `faults` are in French, one a line, each naming file and place. */
export class ContentError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ContentError';
    this.faults = faults;
  }
}

/** What zod says of faults for which a schema has no words of its own. */
const frenchErrors = z.locales.fr().localeError;

/** @throws ContentError when the file is absent, is no JSON, or does not fit the schema. */
export function readJson<Output>(file: URL, schema: z.ZodType<Output>): Output {
  const name = file.pathname.split('/corpus/').at(-1) ?? file.pathname;
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ContentError([`corpus/${name} : illisible (${(error as Error).message})`]);
  }
  const result = schema.safeParse(data, { error: frenchErrors });
  if (result.success) return result.data;
  throw new ContentError(
    result.error.issues.map((issue) => `corpus/${name} : ${issue.path.join('.') || '(racine)'} : ${issue.message}`),
  );
}
