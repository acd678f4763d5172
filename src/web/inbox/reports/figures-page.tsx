import { ArrowLeft, Download, Square } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../api/client.js';
import { type ApiProblem, isAbort, problemFrom } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { Link } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { dateOf } from '../conversation/paris.js';
import { saveFile } from '../conversation/save-file.js';
import { COMMON, PAGES } from '../strings.js';
import { CATEGORIES, FIGURES, REPORT } from '../strings-reports.js';
import { Button, Notice, ProblemNotice, Section, Select, useAnnounce } from '../ui/index.js';
import { useReportList, useReports } from './context.js';
import { type Counted, countFigures, figuresAsCsv } from './figures.js';
import { FiguresTable } from './figures-table.js';
import type { ReportListState } from './report-pages.js';

type Phase = 'counting' | 'stopped' | 'failed' | 'done';

/** How many reports, by subject and month, counted here: the server does not know what they are about. */
export function FiguresPage(): ReactNode {
  const { phase, problem, start, stop } = useCounting();
  const state = useReportList();
  return (
    <div className="page">
      <div className="report-ways">
        <Link to={{ name: 'reports' }} className="button">
          <ArrowLeft aria-hidden className="icon" />
          {REPORT.back}
        </Link>
      </div>
      <PageTitle>{PAGES.reportFigures}</PageTitle>
      <p>{FIGURES.intro}</p>
      {phase === 'counting' && (
        <div className="actions">
          <p>{FIGURES.counting(state.summaries.size)}</p>
          <Button icon={Square} onPress={stop}>
            {FIGURES.stop}
          </Button>
        </div>
      )}
      {phase === 'stopped' && (
        <Notice kind="warning" actions={<Button onPress={start}>{FIGURES.again}</Button>}>
          {FIGURES.stopped}
        </Notice>
      )}
      {phase === 'failed' && (
        <ProblemNotice problem={problem} actions={<Button onPress={start}>{COMMON.retry}</Button>} />
      )}
      {phase === 'done' && <Counts state={state} />}
    </div>
  );
}

/** Reads and opens everything there is; it can be stopped. */
function useCounting() {
  const { list } = useReports();
  const announce = useAnnounce();
  const [phase, setPhase] = useState<Phase>('counting');
  const [problem, setProblem] = useState<ApiProblem>();
  const life = useRef<AbortController>(undefined);

  const start = useCallback(() => {
    const abort = new AbortController();
    life.current?.abort();
    life.current = abort;
    setPhase('counting');
    list.readAll(abort.signal).then(
      () => {
        setPhase('done');
        announce(FIGURES.done(list.snapshot().cards.size));
      },
      (fault: unknown) => {
        if (isAbort(fault)) return;
        setProblem(problemFrom(fault));
        setPhase('failed');
      },
    );
  }, [list, announce]);
  const stop = useCallback(() => {
    life.current?.abort();
    setPhase('stopped');
  }, []);
  useEffect(() => {
    start();
    return () => life.current?.abort();
  }, [start]);
  return { phase, problem, start, stop };
}

function Counts({ state }: { readonly state: ReportListState }): ReactNode {
  const counted = useMemo(() => countedOf(state), [state]);
  const years = [...new Set(counted.map(({ month }) => month.slice(0, 4)))].toSorted().reverse();
  const [period, setPeriod] = useState('');
  const chosen = counted.filter(({ month }) => month.startsWith(period));
  const figures = countFigures(chosen);
  const download = useAction(async () => {
    await call('noteFiguresExport', { body: { reports: chosen.length } });
    const words = { ...FIGURES, categories: CATEGORIES };
    saveFile({ text: figuresAsCsv(figures, words), fileName: FIGURES.fileName(period || FIGURES.all) });
  });
  if (counted.length === 0) return <p>{FIGURES.none}</p>;
  return (
    <Section title={FIGURES.table}>
      <div className="figures-period">
        <Select
          label={FIGURES.period}
          value={period || FIGURES.all}
          onChange={(id) => setPeriod(id === FIGURES.all ? '' : id)}
          options={[
            { id: FIGURES.all, label: FIGURES.everything },
            ...years.map((year) => ({ id: year, label: year })),
          ]}
        />
      </div>
      <p>{FIGURES.done(figures.all.total)}</p>
      {figures.all.unopened > 0 && <Notice kind="warning">{FIGURES.unopenedWhy(figures.all.unopened)}</Notice>}
      <FiguresTable figures={figures} />
      <div className="actions">
        <Button icon={Download} onPress={() => void download.run()} isPending={download.isBusy}>
          {FIGURES.download}
        </Button>
      </div>
      <p className="quiet-words">{FIGURES.downloadHint}</p>
      <ProblemNotice problem={download.problem} />
    </Section>
  );
}

function countedOf({ cards, summaries }: ReportListState): readonly Counted[] {
  return [...cards.values()].map(({ id, submittedAt }): Counted => {
    const category = summaries.get(id)?.category;
    return { month: dateOf(submittedAt).slice(0, 7), ...(category && { category }) };
  });
}
