import { type ReactNode, useRef, useState } from 'react';
import type { SentStatus } from '../../../domain/report.js';
import { call } from '../api/client.js';
import type { ReportDetail } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useUnsavedGuard } from '../app/router.js';
import { useDesk } from '../live/hooks.js';
import { ACT, STATUSES } from '../strings-reports.js';
import { Notice, ProblemNotice, Section, Tabs, useAnnounce } from '../ui/index.js';
import { createSubmission, type Submission } from './append.js';
import { useReports } from './context.js';
import { type Draft, StatusForm, TextForm } from './forms.js';
import type { Words } from './sealing-new.js';
import type { OpenedReport } from './use-report.js';

type TabName = Words['kind'];
type Drafts = Readonly<Record<TabName, Draft>>;

export interface ActProps {
  readonly opened: OpenedReport;
  readonly onDetail: (detail: ReportDetail) => Promise<void>;
}

const NOTHING: Draft = { text: '' };
const EMPTY: Drafts = { reply: NOTHING, note: NOTHING, status: NOTHING };

/** What delegates add: an answer, a private note, or where it stands. What is typed is in this page's memory only. */
export function Act({ opened, onDetail }: ActProps): ReactNode {
  const [tab, setTab] = useState<TabName>('reply');
  const [drafts, setDrafts] = useState(EMPTY);
  const sending = useSending({ opened, onDetail, onSent: (kind) => setDrafts((all) => ({ ...all, [kind]: NOTHING })) });
  useUnsavedGuard(Object.values(drafts).some(({ text }) => text.trim() !== ''));
  const change = (kind: TabName) => (draft: Draft) => setDrafts((all) => ({ ...all, [kind]: draft }));
  const common = { isPending: sending.isBusy };
  return (
    <Section title={ACT.title}>
      {sending.isGuarded && (
        <Notice kind="warning" isAnnounced>
          {ACT.guarded}
        </Notice>
      )}
      {sending.doneWords && <Notice kind="success">{sending.doneWords}</Notice>}
      <ProblemNotice problem={sending.problem} />
      <Tabs
        label={ACT.title}
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            id: 'reply',
            label: ACT.tabs.reply,
            content: (
              <TextForm
                {...common}
                kind="reply"
                draft={drafts.reply}
                onChange={change('reply')}
                onSubmit={(text) => sending.send({ kind: 'reply', text })}
              />
            ),
          },
          {
            id: 'note',
            label: ACT.tabs.note,
            content: (
              <TextForm
                {...common}
                kind="note"
                draft={drafts.note}
                onChange={change('note')}
                onSubmit={(text) => sending.send({ kind: 'note', text })}
              />
            ),
          },
          {
            id: 'status',
            label: ACT.tabs.status,
            content: (
              <StatusForm
                {...common}
                now={opened.detail.card.status}
                draft={drafts.status}
                onChange={change('status')}
                onSubmit={(status, text) => sending.send({ kind: 'status', status, ...(text !== '' && { text }) })}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}

interface SendingOptions extends ActProps {
  readonly onSent: (kind: TabName) => void;
}

function useSending({ opened, onDetail, onSent }: SendingOptions) {
  const { own } = useReports();
  const { me } = useDesk();
  const announce = useAnnounce();
  const [isGuarded, setGuarded] = useState(false);
  const [doneWords, setDoneWords] = useState<string>();
  const pending = useRef<Submission>(undefined);

  const action = useAction(async (words: Words) => {
    setGuarded(false);
    setDoneWords(undefined);
    // The same words tried again are the same submission: it knows what the server may have already.
    const isSame = pending.current && JSON.stringify(pending.current.words) === JSON.stringify(words);
    const submission =
      isSame && pending.current ? pending.current : createSubmission({ call, own, me, now: Date.now }, words);
    pending.current = submission;
    const { outcome, detail } = await submission.send(opened);
    await onDetail(detail);
    setGuarded(outcome === 'guarded');
    if (outcome === 'guarded') return;
    pending.current = undefined;
    onSent(words.kind);
    setDoneWords(doneWordsOf(words));
    announce(doneWordsOf(words));
  });
  return {
    isGuarded,
    doneWords,
    isBusy: action.isBusy,
    problem: action.problem,
    send: (words: Words) => void action.run(words),
  };
}

function doneWordsOf(words: Words): string {
  if (words.kind === 'status') return ACT.statusSet(STATUSES[words.status satisfies SentStatus].toLowerCase());
  return words.kind === 'reply' ? ACT.sent : ACT.noteAdded;
}
