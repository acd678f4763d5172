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
      <LossWords id={id} title={TEAM.closedTitle} text={TEAM.closed(name)} unknown={TEAM.closedUnknown} />
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
      <LossWords id={id} title={TEAM.lossTitle} text={TEAM.loss(name)} unknown={TEAM.lossUnknown} />
      <p>{TEAM.resetReports(name)}</p>
      <Notice title={TEAM.resetKeepsTitle}>{TEAM.resetKeeps(name)}</Notice>
    </div>
  );
}

interface LossWordsProps extends Pick<ReportWordsProps, 'id'> {
  readonly title: (count: number, isExact: boolean) => string;
  readonly text: string;
  readonly unknown: string;
}

/** How many reports nobody could read any more; where that cannot be known, that there may be some. */
function LossWords({ id, title, text, unknown }: LossWordsProps): ReactNode {
  const { data, problem } = useAccess();
  if (!data) return problem ? <Notice kind="warning">{unknown}</Notice> : <Spinner>{TEAM.lossChecking}</Spinner>;
  const { count, isExact } = lossWithout(data, id);
  if (count === 0) return null;
  return (
    <Notice kind="danger" title={title(count, isExact)} isAnnounced>
      {text}
    </Notice>
  );
}
