import { useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import { useDesk } from '../live/hooks.js';
import { useReports } from './context.js';
import type { OpenedReport } from './use-report.js';
import { readUpTo } from './whole-report.js';

/** Notes how far the report was read, once it is open before somebody's eyes. */
export function useReadMark(opened: OpenedReport | undefined): void {
  const { me } = useDesk();
  const { list } = useReports();
  const noted = useRef(0);
  useEffect(() => {
    if (!opened) return;
    const { detail, whole } = opened;
    const known = detail.readings.find(({ by }) => by.id === me)?.seq ?? 0;
    const seq = readUpTo(whole);
    const note = (): void => {
      if (document.visibilityState === 'hidden' || seq <= Math.max(known, noted.current)) return;
      noted.current = seq;
      call('markReportRead', { params: { id: detail.card.id }, body: { seq }, isBackground: true }).then(
        () => void list.load({ isBackground: true }),
        () => {
          // One that is lost is made good at the next opening; until then the report stays among those to read.
          noted.current = 0;
        },
      );
    };
    note();
    document.addEventListener('visibilitychange', note);
    return () => document.removeEventListener('visibilitychange', note);
  }, [opened, me, list]);
}
