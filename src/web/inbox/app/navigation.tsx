import type { ReactNode } from 'react';
import { SHELL, SHORT_PAGES } from '../strings.js';
import { ALL_PAGES, entryOf, type Page } from './pages.js';
import { ReportsBadge } from './reports-badge.js';
import { Link, useRouter } from './router.js';
import { useSession } from './session.js';
import { WaitingBadge } from './waiting-badge.js';

const ON_PHONE = 3;

export interface NavigationListProps {
  readonly withAccount?: boolean;
  readonly onFollow?: () => void;
}

/** Every page that the role may open, in words. */
export function NavigationList({ withAccount = false, onFollow }: NavigationListProps): ReactNode {
  const pages = useAllowedPages();
  const main = pages.filter(({ place }) => place === 'main' || (withAccount && place === 'user'));
  const manage = pages.filter(({ place }) => place === 'manage');
  return (
    <>
      <Entries pages={main} {...(onFollow && { onFollow })} />
      {manage.length > 0 && (
        <>
          <p className="navigation-heading">{SHELL.manage}</p>
          <Entries pages={manage} {...(onFollow && { onFollow })} />
        </>
      )}
    </>
  );
}

/** The first few, for the bottom of a phone's screen. */
export function PhoneBar(): ReactNode {
  const pages = useAllowedPages()
    .filter(({ place }) => place === 'main')
    .slice(0, ON_PHONE);
  return pages.map((page) => (
    <Link key={page.name} to={{ name: page.name }} className="phone-entry">
      <page.icon aria-hidden className="icon" />
      <span>
        {SHORT_PAGES[page.name] ?? page.title}
        <Badge page={page} />
      </span>
    </Link>
  ));
}

function Entries({ pages, onFollow }: { readonly pages: readonly Page[]; readonly onFollow?: () => void }): ReactNode {
  const { route } = useRouter();
  return (
    <ul className="navigation">
      {pages.map((page) => (
        <li key={page.name}>
          <Link
            to={{ name: page.name }}
            className={entryOf(route.name) === page.name ? 'navigation-entry within' : 'navigation-entry'}
            {...(onFollow && { onFollow })}
          >
            <page.icon aria-hidden className="icon" />
            <span>{page.title}</span>
            <Badge page={page} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Badge({ page }: { readonly page: Page }): ReactNode {
  if (page.name === 'queue') return <WaitingBadge />;
  return page.name === 'reports' && <ReportsBadge />;
}

function useAllowedPages(): readonly Page[] {
  const { can } = useSession();
  return ALL_PAGES.filter(({ permission }) => permission === undefined || can(permission));
}
