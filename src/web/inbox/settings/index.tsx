import './hours.css';
import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { LoadState } from '../ui/index.js';
import { HoursEditor } from './hours-editor.js';
import { HOURS } from './strings.js';

export default function OpeningHoursPage(): ReactNode {
  const { data, problem, reload } = useLoad('hours', (signal) => call('readOpeningHours', {}, signal));
  return (
    <div className="page hours-page">
      <PageTitle>{PAGES.hours}</PageTitle>
      <p>{HOURS.intro}</p>
      {data ? <HoursEditor first={data} /> : <LoadState problem={problem} onRetry={reload} />}
    </div>
  );
}
