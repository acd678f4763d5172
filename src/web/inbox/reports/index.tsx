import '../queue/queue.css';
import './reports.css';
import { type ReactNode, useEffect, useState } from 'react';
import { call } from '../api/client.js';
import { useRouter } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { useLive } from '../live/hooks.js';
import { type OwnKey, UnlockReports, useReportKey } from '../reports-key/index.js';
import { PAGES } from '../strings.js';
import { type ReportsArea as Area, ReportsContext } from './context.js';
import { FiguresPage } from './figures-page.js';
import { ListPage } from './list-page.js';
import { createOpen } from './opening.js';
import type { ReportFilter } from './order.js';
import { createReportList } from './report-list.js';
import { ReportPage } from './report-page.js';

/** The list of reports, one of them, and their figures: all opened in this browser, with the delegate's own key. */
export default function ReportsArea(): ReactNode {
  const { key } = useReportKey();
  if (!key) return <Closed />;
  return <Opened key={key.publicKey} own={key} />;
}

function Closed(): ReactNode {
  return (
    <div className="page">
      <PageTitle>{PAGES.reports}</PageTitle>
      <UnlockReports autoFocus />
    </div>
  );
}

/** What was opened lives as long as this: it goes with the lock, the end of the session, and another page. */
function Opened({ own }: { readonly own: OwnKey }): ReactNode {
  const [area, setArea] = useState<Area>();
  useEffect(() => {
    const open = createOpen(own);
    const list = createReportList({ call, open, now: Date.now });
    setArea({ own, open, list });
    return () => {
      list.stop();
      setArea(undefined);
    };
  }, [own]);
  return (
    area && (
      <ReportsContext value={area}>
        <Content area={area} />
      </ReportsContext>
    )
  );
}

function Content({ area: { list } }: { readonly area: Area }): ReactNode {
  const { route } = useRouter();
  const news = useLive(({ reports }) => reports);
  // Here, so that whoever comes back from a report finds the list as they left it.
  const [filter, setFilter] = useState<ReportFilter>('current');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each news of a report is a reason to read the list again.
  useEffect(() => {
    void list.load({ isBackground: list.snapshot().phase !== 'loading' });
  }, [list, news]);
  if (route.name === 'report') return <ReportPage key={route.id} id={route.id} />;
  return route.name === 'reportFigures' ? <FiguresPage /> : <ListPage filter={filter} onFilter={setFilter} />;
}
