import './audit.css';
import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import type { AuditEntry, AuditPage as Page } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import { clockWords, dateOf } from '../conversation/paris.js';
import { dayInWords } from '../settings/hours-words.js';
import { PAGES } from '../strings.js';
import { Button, EmptyState, LoadState, ProblemNotice, Select } from '../ui/index.js';
import { type AuditDay, byDay } from './days.js';
import { AUDIT, type AuditKind } from './strings.js';

const ALL_KINDS: readonly AuditKind[] = ['all', 'reading', 'accounts', 'settings'];

export default function AuditPage(): ReactNode {
  const { data, problem, reload } = useLoad('audit', (signal) => call('readAudit', {}, signal));
  return (
    <div className="page">
      <PageTitle>{PAGES.audit}</PageTitle>
      <p>{AUDIT.intro}</p>
      <details className="section guarantee">
        <summary>
          <ShieldCheck aria-hidden className="icon" />
          {AUDIT.guaranteeTitle}
        </summary>
        <p>{AUDIT.guarantee}</p>
      </details>
      {data ? <Entries first={data} /> : <LoadState problem={problem} onRetry={reload} />}
    </div>
  );
}

function Entries({ first }: { readonly first: Page }): ReactNode {
  const [entries, setEntries] = useState<readonly AuditEntry[]>(first.entries);
  const [next, setNext] = useState(first.next);
  const [kind, setKind] = useState<AuditKind>('all');
  const more = useAction(async (before: number) => {
    const page = await call('readAudit', { query: { before } });
    setEntries((known) => [...known, ...page.entries.filter(({ seq }) => !known.some((one) => one.seq === seq))]);
    setNext(page.next);
  });
  const days = byDay(entries, kind, dateOf);
  if (entries.length === 0) return <EmptyState title={AUDIT.empty} />;
  return (
    <>
      <div className="audit-kind">
        <Select
          label={AUDIT.show}
          value={kind}
          onChange={setKind}
          options={ALL_KINDS.map((id) => ({
            id,
            label: AUDIT.kinds[id],
            ...(id === 'reading' && { description: AUDIT.readingHint }),
          }))}
        />
      </div>
      {days.length === 0 && <p>{AUDIT.nothing}</p>}
      {days.map((day) => (
        <Day key={day.date} day={day} />
      ))}
      <ProblemNotice problem={more.problem} />
      {next === undefined ? (
        <p className="quiet-words">{AUDIT.end}</p>
      ) : (
        <div className="actions">
          <Button isPending={more.isBusy} onPress={() => void more.run(next)}>
            {AUDIT.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Day({ day: { date, entries } }: { readonly day: AuditDay }): ReactNode {
  return (
    <section className="section">
      <h2>{AUDIT.entries(dayInWords(date))}</h2>
      <ul className="plain audit-entries">
        {entries.map(({ seq, at, text }) => (
          <li key={seq}>
            <time dateTime={new Date(at).toISOString()}>{clockWords(at)}</time>
            <span className="audit-text">{text}</span>
            <span className="quiet-words small-words">{AUDIT.number(seq)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
