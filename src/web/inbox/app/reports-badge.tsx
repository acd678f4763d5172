import type { ReactNode } from 'react';
import { useLive } from '../live/hooks.js';
import { REPORT_NEWS } from '../strings.js';
import { VisuallyHidden } from '../ui/index.js';

/** How many reports no delegate has read. */
export function ReportsBadge(): ReactNode {
  const count = useLive(({ reports }) => reports?.unread ?? 0);
  if (count === 0) return null;
  return (
    <span className="badge">
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{` : ${REPORT_NEWS.unread(count)}`}</VisuallyHidden>
    </span>
  );
}
