import type { ReactNode } from 'react';
import { Link } from '../app/router.js';
import { useSession } from '../app/session.js';
import { PROMPT } from '../strings-report-access.js';
import { Notice } from '../ui/index.js';
import { useAccess } from './use-access.js';
import { selfIn, waitingColleagues } from './who.js';

/**
 * Above the list of the reports: what this delegate cannot read yet, and colleagues who wait for access. Nothing while
 * everybody reads everything, or while it is not known.
 */
export function AccessPrompt(): ReactNode {
  const { session } = useSession();
  const { data } = useAccess();
  if (!data) return null;
  const ownId = session.account.id;
  const ownLacks = selfIn(data, ownId)?.lacks ?? 0;
  return (
    <>
      {ownLacks > 0 && (
        <Notice
          kind="warning"
          title={PROMPT.ownLacks(ownLacks)}
          actions={
            <Link to={{ name: 'reportAccess' }} className="button">
              {PROMPT.ownHow}
            </Link>
          }
        >
          {PROMPT.ownWhy}
        </Notice>
      )}
      {waitingColleagues(data, ownId).map(({ id, displayName, lacks }) => (
        <Notice
          key={id}
          kind="info"
          title={PROMPT.lacks(displayName, lacks)}
          actions={
            <Link to={{ name: 'giveAccess', id }} className="button">
              {PROMPT.give}
              <span className="visually-hidden">{` : ${displayName}`}</span>
            </Link>
          }
        />
      ))}
    </>
  );
}
