import type { ReactNode } from 'react';
import { useLive } from '../live/hooks.js';
import { OverdueBanner } from '../reports/overdue-banner.js';
import { PAGES, UNKNOWN } from '../strings.js';
import { ALL_PAGES, pageOf } from './pages.js';
import { Link, useRouter } from './router.js';
import { useSession } from './session.js';
import { PageTitle } from './title.js';

/** The page of the address, if there is one and the role may open it. */
export function PageContent(): ReactNode {
  const { route } = useRouter();
  const { can } = useSession();
  const page = ALL_PAGES.find(({ name }) => name === pageOf(route.name));
  if (!page) return <Nothing title={PAGES.unknown} text={UNKNOWN.text} />;
  if (page.permission !== undefined && !can(page.permission)) {
    return <Nothing title={UNKNOWN.notAllowedTitle} text={UNKNOWN.notAllowed} />;
  }
  return (
    <>
      {route.name === 'queue' && <OverdueReports />}
      <page.Content />
    </>
  );
}

/** Who looks at the queue is told of reports that wait too long as well. */
function OverdueReports(): ReactNode {
  return <OverdueBanner count={useLive(({ reports }) => reports?.overdue ?? 0)} />;
}

function Nothing({ title, text }: { readonly title: string; readonly text: string }): ReactNode {
  return (
    <div className="page">
      <PageTitle>{title}</PageTitle>
      <p>{text}</p>
      <p>
        <Link to={{ name: 'queue' }}>{UNKNOWN.home}</Link>
      </p>
    </div>
  );
}
