import { useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import type { ReportAccess } from '../api/types.js';
import { type Loaded, useLoad } from '../api/use-load.js';
import { useLive } from '../live/hooks.js';

/** Who can read what; read again at each news of reports (a grant is one), and when somebody joins or leaves the team. */
export function useAccess(): Loaded<ReportAccess> {
  const loaded = useLoad('report-access', (signal) => call('readReportAccess', { isBackground: true }, signal));
  // The object itself: each news is a new one, also when it tells the same numbers.
  const news = useLive(({ reports }) => reports);
  const team = useLive((state) => state.team.map(({ id }) => id).join());
  const seen = useRef({ news, team });
  const { reload } = loaded;
  useEffect(() => {
    if (seen.current.news === news && seen.current.team === team) return;
    seen.current = { news, team };
    reload();
  }, [reload, news, team]);
  return loaded;
}
