import type { ReactNode } from 'react';
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
  return <page.Content />;
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
