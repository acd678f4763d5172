import type { ReactNode } from 'react';
import type { ReportAccess } from '../api/types.js';
import { Link } from '../app/router.js';
import { GRANT } from '../strings-report-access.js';
import { Notice } from '../ui/index.js';
import type { GivenAccess } from './give.js';
import { Step } from './step.js';
import type { AccessReader } from './who.js';

export interface ResultStepProps {
  readonly reader: AccessReader;
  /** As it was last read. */
  readonly access: ReportAccess;
  readonly result: GivenAccess;
}

/** What the colleague can read now, and what is still closed to them, and why. */
export function ResultStep({ reader, access, result }: ResultStepProps): ReactNode {
  const { displayName: name } = reader;
  const now = result.access ?? access;
  const { canRead, lacks } = now.readers.find(({ id }) => id === reader.id) ?? reader;
  return (
    <Step number={3} title={GRANT.result} takesFocus>
      <Notice kind={result.access ? 'success' : 'info'}>
        {result.access ? GRANT.nowReads(name, canRead, now.reports) : GRANT.nothing(name)}
      </Notice>
      {lacks > 0 && <Notice kind="warning">{GRANT.stillLacks(lacks)}</Notice>}
      {result.unreadable > 0 && <Notice kind="warning">{GRANT.unreadable(result.unreadable)}</Notice>}
      <div className="actions">
        <Link to={{ name: 'reportAccess' }} className="button primary">
          {GRANT.back}
        </Link>
      </div>
    </Step>
  );
}
