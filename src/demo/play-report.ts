import type { DemoReport, DemoReportStep } from '../content/load-demo.js';
import type { DemoDelegate } from './demo-delegate.js';
import type { DemoResident } from './demo-resident.js';

export interface ReportStage {
  readonly resident: DemoResident;
  readonly team: ReadonlyMap<string, DemoDelegate>;
  /** Lets some time pass. */
  pass(): void;
}

/** A resident walks through a report as any other would, and delegates work on it. @throws Error when none was sent. */
export async function playReport({ says, steps }: DemoReport, { resident, team, pass }: ReportStage): Promise<void> {
  const [reader] = team.values();
  if (!reader) throw new Error('A report needs somebody who reads it');
  const known = new Set(await reader.reports.ids());
  for (const text of says) {
    await resident.say(text);
    pass();
  }
  const id = (await reader.reports.ids()).find((each) => !known.has(each));
  if (id === undefined) throw new Error('No report was sent');
  for (const step of steps) {
    await perform(step, id, team);
    pass();
  }
}

async function perform(step: DemoReportStep, id: string, team: ReadonlyMap<string, DemoDelegate>): Promise<void> {
  const { reports } = delegateNamed(step.by, team);
  if ('read' in step) return reports.read(id);
  if ('assign' in step) return reports.assign(id, delegateNamed(step.assign, team).id);
  if ('reply' in step) return reports.write(id, { kind: 'reply', text: step.reply });
  if ('note' in step) return reports.write(id, { kind: 'note', text: step.note });
  const { status, text } = step;
  return reports.write(id, { kind: 'status', status, ...(text !== undefined && { text }) });
}

export function delegateNamed(login: string, team: ReadonlyMap<string, DemoDelegate>): DemoDelegate {
  const delegate = team.get(login);
  if (!delegate) throw new Error(`Nobody of the team is called ${login}`);
  return delegate;
}
