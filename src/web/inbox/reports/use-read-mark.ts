import { useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import { useDesk } from '../live/hooks.js';
import { useReports } from './context.js';
import type { OpenedReport } from './use-report.js';
import { readUpTo } from './whole-report.js';

/** Signs that somebody is there. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Notes how far the report was read, once it is open before somebody's eyes. What comes while it is open counts once
 * somebody moves: nobody may be there.
 */
export function useReadMark(opened: OpenedReport | undefined): void {
  const { me } = useDesk();
  const { list } = useReports();
  const noted = useRef(0);
  const isFirst = useRef(true);
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
    const events = isFirst.current ? (['visibilitychange'] as const) : SIGNS;
    if (isFirst.current) note();
    isFirst.current = false;
    for (const name of events) document.addEventListener(name, note, { passive: true });
    return () => {
      for (const name of events) document.removeEventListener(name, note);
    };
  }, [opened, me, list]);
}
