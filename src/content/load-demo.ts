import { z } from 'zod';
import { readJson } from './read-json.js';

const text = z.string().min(1).max(1000);
const texts = z.array(text);
const by = z.string().min(1).max(60);

/** What happens in a fictitious conversation: a resident writes, or a delegate of the team does something. */
const step = z.union([
  z.strictObject({ say: text }),
  z.strictObject({ by, do: z.enum(['take', 'give-back', 'close']) }),
  z.strictObject({ by, reply: text }),
  z.strictObject({ by, note: text }),
  z.strictObject({ by, labels: texts }),
  z.strictObject({ by, priority: z.literal('high') }),
]);

/** What a delegate of the team does with a fictitious report. */
const reportStep = z.union([
  z.strictObject({ by, read: z.literal(true) }),
  z.strictObject({ by, assign: by }),
  z.strictObject({ by, reply: text }),
  z.strictObject({ by, note: text }),
  z.strictObject({ by, status: z.enum(['received', 'in-progress', 'forwarded', 'closed']), text: text.optional() }),
]);

const report = z.strictObject({
  minutesAgo: z.int().min(1),
  /** All that its author writes to the assistant, up to the sending. */
  says: texts.min(1),
  steps: z.array(reportStep),
});

const demo = z.strictObject({
  team: z.array(z.strictObject({ login: by, displayName: by, role: z.enum(['coordinator', 'delegate']) })).min(1),
  password: z.string().min(12),
  label: text,
  conversations: z.array(
    z.strictObject({
      minutesAgo: z.int().min(1),
      steps: z.array(step).min(1),
      /** What the resident answers to a delegate, one after the other. */
      answers: texts.default([]),
    }),
  ),
  reports: z.array(report).default([]),
  /** Residents who come while one looks. */
  arrivals: z.array(z.strictObject({ say: texts, answers: texts })),
});

export type Demo = z.output<typeof demo>;
export type DemoStep = z.output<typeof step>;
export type DemoReport = z.output<typeof report>;
export type DemoReportStep = z.output<typeof reportStep>;

/** The fictitious team, conversations and reports of the demonstration. @throws ContentError */
export function loadDemo(corpusDir: URL): Demo {
  return readJson(new URL('demo.json', corpusDir), demo);
}
