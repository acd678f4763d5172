import type { ReactNode } from 'react';
import type { InvitationView } from '../api/types.js';
import { Link } from '../app/router.js';
import { LINK } from '../strings-auth.js';
import { Notice } from '../ui/index.js';

/** What new keys mean for the reports, before they are made: nothing of it can be undone afterwards. */
export function ReportWords({ kind }: Pick<InvitationView, 'kind'>): ReactNode {
  if (kind === 'setup') return null;
  if (kind === 'invitation') return <p className="quiet-words">{LINK.reports}</p>;
  return (
    <Notice
      kind="warning"
      title={LINK.resetTitle}
      actions={
        <Link to={{ name: 'queue' }} className="button">
          {LINK.resetRecover}
        </Link>
      }
    >
      <div className="stack tight">
        {LINK.resetLoss.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p>{LINK.resetKeeps}</p>
      </div>
    </Notice>
  );
}
