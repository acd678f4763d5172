import { ChartColumn, FileLock2, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { ConnectionNotice } from '../live/connection-notice.js';
import { AccessPrompt } from '../report-access/prompt.js';
import { PAGES } from '../strings.js';
import { REPORTS } from '../strings-reports.js';
import { Button, Choices, EmptyState, LoadState, ProblemNotice } from '../ui/index.js';
import { useReportList, useReports } from './context.js';
import { OpeningProgress } from './opening-progress.js';
import { filterReports, orderReports, type ReportFilter } from './order.js';
import { OverdueBanner } from './overdue-banner.js';
import { ReportCardView } from './report-card-view.js';
import type { ReportListState } from './report-pages.js';

const FILTERS: readonly ReportFilter[] = ['unread', 'current', 'closed'];

export interface FilterProps {
  readonly filter: ReportFilter;
  readonly onFilter: (filter: ReportFilter) => void;
}

/** Every report as a card, what is to be read first. */
export function ListPage(props: FilterProps): ReactNode {
  const { list } = useReports();
  const state = useReportList();
  return (
    <div className="page">
      <div className="page-head">
        <PageTitle>{PAGES.reports}</PageTitle>
        <div className="actions">
          <Link to={{ name: 'reportFigures' }} className="button">
            <ChartColumn aria-hidden className="icon" />
            {REPORTS.figures}
          </Link>
          <Link to={{ name: 'reportAccess' }} className="button">
            <UsersRound aria-hidden className="icon" />
            {REPORTS.access}
          </Link>
        </div>
      </div>
      <p className="quiet-words">{REPORTS.intro}</p>
      <ConnectionNotice />
      <OverdueBanner count={state.overdue} />
      <AccessPrompt />
      {state.phase === 'ready' ? (
        <Cards state={state} {...props} />
      ) : (
        <LoadState problem={state.problem} onRetry={() => void list.load()} />
      )}
    </div>
  );
}

function Cards({ state, filter, onFilter }: FilterProps & { readonly state: ReportListState }): ReactNode {
  const { list } = useReports();
  const ordered = orderReports(state.cards.values());
  const shown = filterReports(ordered, filter);
  return (
    <>
      <div className="report-filter">
        <Choices
          label={REPORTS.filter}
          value={filter}
          onChange={onFilter}
          options={FILTERS.map((id) => ({
            id,
            label: `${REPORTS.filters[id]} (${filterReports(ordered, id).length}${state.next === undefined ? '' : '+'})`,
          }))}
        />
      </div>
      <OpeningProgress opening={state.opening} />
      {shown.length === 0 ? (
        <EmptyState icon={FileLock2} title={REPORTS.empty[filter]}>
          {filter === 'current' && REPORTS.emptyHint}
        </EmptyState>
      ) : (
        <ul className="plain cards" aria-label={REPORTS.filters[filter]}>
          {shown.map((card) => (
            <li key={card.id}>
              <ReportCardView card={card} summary={state.summaries.get(card.id)} />
            </li>
          ))}
        </ul>
      )}
      <ProblemNotice problem={state.problem} />
      <More state={state} onMore={() => void list.more()} />
    </>
  );
}

function More({ state, onMore }: { readonly state: ReportListState; readonly onMore: () => void }): ReactNode {
  if (state.next === undefined) return state.cards.size > 0 && <p className="quiet-words">{REPORTS.end}</p>;
  return (
    <div>
      <Button onPress={onMore} isPending={state.isReadingMore}>
        {REPORTS.more}
      </Button>
    </div>
  );
}
