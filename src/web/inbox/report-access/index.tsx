import type { ReactNode } from 'react';
import { useRouter } from '../app/router.js';
import { useSession } from '../app/session.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { ACCESS } from '../strings-report-access.js';
import { LoadState, Notice, Section } from '../ui/index.js';
import { GiveAccess } from './give-access.js';
import { ReaderRow } from './reader-row.js';
import { useAccess } from './use-access.js';
import { inOrder } from './who.js';
import './report-access.css';

/** « Accès aux signalements »: who can read, and the steps that give a colleague access. */
export default function ReportAccessPage(): ReactNode {
  const { route } = useRouter();
  return route.name === 'giveAccess' ? <GiveAccess key={route.id} id={route.id} /> : <Readers />;
}

function Readers(): ReactNode {
  const { session } = useSession();
  const { data, problem, reload } = useAccess();
  const ownId = session.account.id;
  return (
    <div className="page">
      <div>
        <PageTitle>{PAGES.reportAccess}</PageTitle>
        <p className="quiet-words">{ACCESS.intro}</p>
      </div>
      {data ? (
        <>
          {data.lost > 0 && (
            <Notice kind="danger" title={ACCESS.lostTitle(data.lost)}>
              {ACCESS.lost}
            </Notice>
          )}
          {data.readers.length === 1 && (
            <Notice kind="warning" title={ACCESS.alone}>
              {ACCESS.aloneText}
            </Notice>
          )}
          <Section title={ACCESS.who}>
            {data.reports === 0 && <p className="quiet-words">{ACCESS.none}</p>}
            <ul className="rows">
              {inOrder(data, ownId).map((reader) => (
                <ReaderRow key={reader.id} reader={reader} reports={data.reports} isSelf={reader.id === ownId} />
              ))}
            </ul>
          </Section>
        </>
      ) : (
        <LoadState problem={problem} onRetry={reload} />
      )}
      <Section title={ACCESS.how}>
        <ul className="rules">
          {ACCESS.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
