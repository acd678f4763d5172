import type { ReactNode } from 'react';
import { useAccess } from '../report-access/use-access.js';
import { lossWithout } from '../report-access/who.js';
import { TEAM } from '../strings-team.js';
import { Notice, Spinner } from '../ui/index.js';

export interface ReportWordsProps {
  readonly id: string;
  readonly name: string;
}

/** What suspending an account does to the reports, before it is done. */
export function DisableWords({ id, name }: ReportWordsProps): ReactNode {
  return (
    <div className="stack">
      <p>{TEAM.disableText(name)}</p>
      <LossWords id={id} name={name} />
      <ul className="plain stack tight">
        {TEAM.disableReports.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** What new keys do to the reports, and the way that keeps them. */
export function ResetWords({ id, name }: ReportWordsProps): ReactNode {
  return (
    <div className="stack">
      <p>{TEAM.resetText}</p>
      <LossWords id={id} name={name} />
      <p>{TEAM.resetReports(name)}</p>
      <Notice title={TEAM.resetKeepsTitle}>{TEAM.resetKeeps(name)}</Notice>
    </div>
  );
}

/** How many reports nobody could read any more; where that cannot be known, that there may be some. */
function LossWords({ id, name }: ReportWordsProps): ReactNode {
  const { data, problem } = useAccess();
  if (!data)
    return problem ? <Notice kind="warning">{TEAM.lossUnknown}</Notice> : <Spinner>{TEAM.lossChecking}</Spinner>;
  const { count, isExact } = lossWithout(data, id);
  if (count === 0) return null;
  return (
    <Notice kind="danger" title={TEAM.lossTitle(count, isExact)} isAnnounced>
      {TEAM.loss(name)}
    </Notice>
  );
}
