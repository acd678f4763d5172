import './weekly.css';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { API_BASE, call } from '../api/client.js';
import type { Weekly } from '../api/types.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import { dateOf } from '../conversation/paris.js';
import { dayInWords } from '../settings/hours-words.js';
import { PAGES } from '../strings.js';
import { Button, LoadState, Notice } from '../ui/index.js';
import { BarTable } from './bar-table.js';
import { WEEKLY } from './strings.js';
import { weekAfter } from './weeks.js';

export default function WeeklyPage(): ReactNode {
  const [week, setWeek] = useState<string>();
  const { data, problem, reload } = useLoad(`weekly-${week ?? ''}`, (signal) =>
    call('readWeekly', { query: week === undefined ? {} : { week } }, signal),
  );
  return (
    <div className="page">
      <PageTitle>{PAGES.weekly}</PageTitle>
      {data ? <Figures weekly={data} onGo={setWeek} /> : <LoadState problem={problem} onRetry={reload} />}
    </div>
  );
}

interface FiguresProps {
  readonly weekly: Weekly;
  readonly onGo: (week: string) => void;
}

function Figures({ weekly, onGo }: FiguresProps): ReactNode {
  const { from, to, week } = weekly;
  const isCurrent = dateOf(Date.now()) <= to;
  return (
    <>
      <div className="week-head">
        <h2 aria-live="polite">{WEEKLY.week(dayInWords(from), dayInWords(to))}</h2>
        <div className="actions">
          <Button icon={ChevronLeft} onPress={() => onGo(weekAfter(from, -1))}>
            {WEEKLY.previous}
          </Button>
          <Button icon={ChevronRight} isDisabled={isCurrent} onPress={() => onGo(weekAfter(from, 1))}>
            {WEEKLY.next}
          </Button>
        </div>
      </div>
      {isCurrent && <Notice>{WEEKLY.current}</Notice>}
      <section className="section" aria-label={WEEKLY.summary}>
        <h2>{WEEKLY.summary}</h2>
        <ul className="plain summary">
          {sentencesOf(weekly).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <BarTable
        title={WEEKLY.byIntent}
        what={WEEKLY.subject}
        rows={weekly.byIntent.map(({ title, count }) => ({ label: title, count }))}
      />
      <BarTable title={WEEKLY.waits} what={WEEKLY.wait} rows={weekly.waits} />
      <BarTable
        title={WEEKLY.byChannel}
        what={WEEKLY.channel}
        rows={weekly.byChannel.map(({ channel, count }) => ({ label: channel, count }))}
      />
      <div>
        <a
          className="button"
          href={`${API_BASE}/weekly.csv?week=${encodeURIComponent(week)}`}
          download={`permanence-${week}.csv`}
        >
          <Download aria-hidden className="icon" />
          {WEEKLY.download}
        </a>
        <p className="quiet-words">{WEEKLY.downloadHint}</p>
      </div>
    </>
  );
}

function sentencesOf(weekly: Weekly): readonly string[] {
  const { conversations, unsure, emergencies, handoff, callbacks, medianWait } = weekly;
  return [
    conversations === 0 ? WEEKLY.nothing : WEEKLY.conversations(conversations),
    handoff.requested === 0 ? WEEKLY.noRequest : WEEKLY.requests(handoff.requested, handoff.taken, handoff.missed),
    ...(medianWait === undefined ? [] : [WEEKLY.median(medianWait)]),
    ...(callbacks.requested + callbacks.done > 0 ? [WEEKLY.callbacks(callbacks.requested, callbacks.done)] : []),
    ...(unsure > 0 ? [WEEKLY.unsure(unsure)] : []),
    ...(emergencies > 0 ? [WEEKLY.emergencies(emergencies)] : []),
  ];
}
