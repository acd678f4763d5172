import { operatorMessage } from '../operator-message.js';
import { type Check, type Finding, fault } from './finding.js';

export interface Examination {
  readonly sections: readonly { readonly title: string; readonly findings: readonly Finding[] }[];
  readonly faults: number;
}

/** No check takes longer: what does not answer by then does not answer. */
const LIMIT_MS = 15_000;

/** Runs all checks side by side; one that throws or hangs does not keep the others from ending. */
export async function examine(checks: readonly Check[], limitMs = LIMIT_MS): Promise<Examination> {
  const all = await Promise.all(
    checks.map(async (check) => ({ title: check.title, findings: await run(check, limitMs) })),
  );
  const sections = all.filter(({ findings }) => findings.length > 0);
  const faults = sections.flatMap(({ findings }) => findings).filter(({ level }) => level === 'fault').length;
  return { sections, faults };
}

async function run(check: Check, limitMs: number): Promise<readonly Finding[]> {
  const limit = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(() => limit.resolve([fault('pas de réponse', NO_ANSWER)]), limitMs);
  try {
    return await Promise.race([check.run(), limit.promise]);
  } catch (error) {
    return [fault('l’examen n’a pas abouti', operatorMessage(error) ?? `Relancez-le. (${nameOf(error)})`)];
  } finally {
    clearTimeout(timer);
  }
}

const NO_ANSWER = 'Vérifiez que le service est démarré et que le réseau y mène, puis relancez l’examen.';

/** The message of an error may hold an address or a secret. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

const MARKS: Readonly<Record<Finding['level'], string>> = { well: '✓', advice: '!', fault: '✗' };

/** For a terminal or a log. */
export function renderExamination({ sections, faults }: Examination): string {
  const lines = sections.flatMap(({ title, findings }) => [title, ...findings.flatMap(linesOf), '']);
  const end =
    faults === 0
      ? 'Rien à corriger.'
      : faults === 1
        ? 'Un point est à corriger (✗).'
        : `${faults} points sont à corriger (✗).`;
  return [...lines, end].join('\n');
}

function linesOf({ level, words, remedy }: Finding): readonly string[] {
  const [first = '', ...rest] = remedy?.split('\n') ?? [];
  return [`  ${MARKS[level]} ${words}`, ...(remedy ? [`    → ${first}`, ...rest.map((line) => `      ${line}`)] : [])];
}
