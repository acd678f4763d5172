import { FileClock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useRouter } from '../app/router.js';
import { REPORT_NEWS } from '../strings.js';

/** Reports that nobody has read for too long; nothing when there is none. */
export function OverdueBanner({ count }: { readonly count: number }): ReactNode {
  const { route } = useRouter();
  if (count === 0) return null;
  return (
    <section className="overdue-banner" aria-labelledby="overdue-title">
      <FileClock aria-hidden className="icon" />
      <div>
        <h2 id="overdue-title">{REPORT_NEWS.overdueTitle(count)}</h2>
        <p>{count === 1 ? REPORT_NEWS.overdue : REPORT_NEWS.overdueMany}</p>
      </div>
      {route.name !== 'reports' && (
        <Link to={{ name: 'reports' }} className="button">
          {REPORT_NEWS.read}
        </Link>
      )}
    </section>
  );
}
