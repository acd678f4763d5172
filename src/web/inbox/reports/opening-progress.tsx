import { type ReactNode, useEffect, useRef } from 'react';
import { REPORTS } from '../strings-reports.js';
import { useAnnounce } from '../ui/index.js';
import type { ReportListState } from './report-pages.js';

/** Fewer are open before anybody could read it. */
const WORTH_SHOWING = 8;

/** How far the opening is; read aloud at its end only. */
export function OpeningProgress({ opening }: Pick<ReportListState, 'opening'>): ReactNode {
  const announce = useAnnounce();
  const isShown = opening !== undefined && opening.total >= WORTH_SHOWING;
  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && !isShown) announce(REPORTS.opened);
    wasShown.current = isShown;
  }, [isShown, announce]);
  if (!isShown) return null;
  const words = REPORTS.opening(opening.done, opening.total);
  return (
    <div className="opening-progress">
      <p>{words}</p>
      <progress value={opening.done} max={opening.total} aria-label={words} />
    </div>
  );
}
