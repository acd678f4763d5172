import { useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import type { ReportAccess } from '../api/types.js';
import { type Loaded, useLoad } from '../api/use-load.js';
import { useLive } from '../live/hooks.js';

/** Who can read what; read again when a report changes or somebody joins or leaves the team. */
export function useAccess(): Loaded<ReportAccess> {
  const loaded = useLoad('report-access', (signal) => call('readReportAccess', { isBackground: true }, signal));
  const news = useLive(({ reports, team }) => [reports?.changedAt, ...team.map(({ id }) => id)].join());
  const seen = useRef(news);
  const { reload } = loaded;
  useEffect(() => {
    if (seen.current === news) return;
    seen.current = news;
    reload();
  }, [reload, news]);
  return loaded;
}
