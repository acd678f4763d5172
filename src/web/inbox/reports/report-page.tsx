import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { ConnectionNotice } from '../live/connection-notice.js';
import { useDesk } from '../live/hooks.js';
import { ASK_ACCESS, REPORT } from '../strings-reports.js';
import { LoadState, Notice, ProblemNotice, Section, useAnnounce } from '../ui/index.js';
import { Act } from './act.js';
import { Answers } from './answers.js';
import { Assignment } from './assignment.js';
import { CardStanding } from './card-standing.js';
import { useReportList } from './context.js';
import { nameOf } from './document.js';
import { FollowUp } from './follow-up.js';
import { nextToRead } from './order.js';
import { RedactionPage } from './redaction-page.js';
import { Share } from './share.js';
import { useReadMark } from './use-read-mark.js';
import { type OpenedReport, type ReportControl, useReport } from './use-report.js';

/** One report, opened: what its author says, what followed, and what to do. Mounted anew for each. */
export function ReportPage({ id }: { readonly id: string }): ReactNode {
  const control = useReport(id);
  const { opened, problem, reload } = control;
  const [isRedacting, setRedacting] = useState(false);
  useReadMark(opened);
  useHeadingFocus(isRedacting);
  useNews(opened);
  if (opened && isRedacting) return <RedactionPage opened={opened} onBack={() => setRedacting(false)} />;
  return (
    <div className="page report-page">
      <Ways id={id} />
      {opened ? (
        <Whole opened={opened} control={control} onRedact={() => setRedacting(true)} />
      ) : (
        <>
          <PageTitle>{REPORT.title('')}</PageTitle>
          <LoadState problem={problem} onRetry={reload} />
        </>
      )}
    </div>
  );
}

interface WholeProps {
  readonly opened: OpenedReport;
  readonly control: ReportControl;
  readonly onRedact: () => void;
}

function Whole({ opened, control, onRedact }: WholeProps): ReactNode {
  const { detail, whole } = opened;
  return (
    <>
      <header className="report-head">
        <PageTitle>{REPORT.title(nameOf(detail.card))}</PageTitle>
        <CardStanding card={detail.card} withStatus />
        <Readings opened={opened} />
      </header>
      <ConnectionNotice />
      <ProblemNotice problem={control.problem} />
      <Faults opened={opened} />
      <div className="report-columns">
        <div className="stack wide">
          <Section title={REPORT.answers}>
            <Answers whole={whole} />
          </Section>
          <Section title={REPORT.followUp}>
            <FollowUp whole={whole} />
          </Section>
        </div>
        <div className="stack wide">
          <Act opened={opened} onDetail={control.take} />
          <Assignment detail={detail} onDetail={control.take} />
          <Share opened={opened} onRedact={onRedact} />
        </div>
      </div>
    </>
  );
}

function Ways({ id }: { readonly id: string }): ReactNode {
  const next = nextToRead([...useReportList().cards.values()], id);
  return (
    <div className="report-ways">
      <Link to={{ name: 'reports' }} className="button">
        <ArrowLeft aria-hidden className="icon" />
        {REPORT.back}
      </Link>
      {next && (
        <Link to={{ name: 'report', id: next.id }} className="button">
          {REPORT.next}
          <ArrowRight aria-hidden className="icon" />
        </Link>
      )}
    </div>
  );
}

/** What is wrong with the whole of it; what is wrong with a passage is said at the passage. */
function Faults({ opened: { whole } }: { readonly opened: OpenedReport }): ReactNode {
  return (
    <>
      {whole.isDamaged && (
        <Notice kind="danger" title={REPORT.damagedTitle}>
          {REPORT.damaged}
        </Notice>
      )}
      {whole.lacksKeys && (
        <Notice
          kind="warning"
          title={REPORT.lacksKeysTitle}
          actions={
            <Link to={{ name: 'reportAccess' }} className="button">
              {ASK_ACCESS}
            </Link>
          }
        >
          {REPORT.lacksKeys}
        </Notice>
      )}
      {whole.hasLost && (
        <Notice kind="warning" title={REPORT.lostTitle}>
          {REPORT.lost}
        </Notice>
      )}
    </>
  );
}

/** Which delegates have read all that its author wrote. */
function Readings({ opened: { detail } }: { readonly opened: OpenedReport }): ReactNode {
  const { me } = useDesk();
  const last = detail.events.findLast(({ kind }) => kind === 'submitted' || kind === 'addition')?.seq ?? 0;
  const names = detail.readings
    .filter(({ seq }) => seq >= last)
    .map(({ by }) => (by.id === me ? REPORT.me : by.displayName));
  return (
    <p className="quiet-words">{names.length === 0 ? REPORT.readByNobody : REPORT.readBy(names.join(REPORT.and))}</p>
  );
}

/** What takes the place of the whole page begins at its heading, for the eye and for a screen reader. */
function useHeadingFocus(place: boolean): void {
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const content = document.getElementById('contenu');
    content?.scrollTo(0, 0);
    content?.querySelector('h1')?.focus({ preventScroll: true });
  }, [place]);
}

/** Says that something came, without a word of what. */
function useNews(opened: OpenedReport | undefined): void {
  const announce = useAnnounce();
  const { me } = useDesk();
  const known = useRef<number>(undefined);
  const last = opened?.detail.events.at(-1);
  useEffect(() => {
    if (!last) return;
    if (known.current !== undefined && last.seq > known.current && last.author !== me) announce(REPORT.news);
    known.current = last.seq;
  }, [last, me, announce]);
}
