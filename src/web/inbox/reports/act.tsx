import { type ReactNode, useState } from 'react';
import type { ReportDetail } from '../api/types.js';
import { ACT } from '../strings-reports.js';
import { Notice, ProblemNotice, Section, Tabs } from '../ui/index.js';
import { type Draft, NOTHING, useDrafts } from './drafts.js';
import { StatusForm, TextForm } from './forms.js';
import type { Words } from './sealing-new.js';
import type { OpenedReport } from './use-report.js';
import { useSending } from './use-sending.js';

type TabName = Words['kind'];

export interface ActProps {
  readonly opened: OpenedReport;
  readonly onDetail: (detail: ReportDetail) => Promise<void>;
}

/** What delegates add: an answer, a private note, or where it stands. What is typed is in the page's memory only. */
export function Act({ opened, onDetail }: ActProps): ReactNode {
  const [tab, setTab] = useState<TabName>('reply');
  const { id } = opened.detail.card;
  const { drafts, change: changeDraft } = useDrafts(id);
  const change = (kind: TabName) => (draft: Draft) => changeDraft(id, kind, () => draft);
  const sending = useSending({
    opened,
    onDetail,
    // What was typed while it was on its way has not been sent.
    onSent: (words) => changeDraft(id, words.kind, (draft) => (isJust(draft, words) ? NOTHING : draft)),
  });
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

/** The draft is what was sent, and nothing more. */
function isJust({ text, status }: Draft, words: Words): boolean {
  const isSameStatus = words.kind !== 'status' || status === undefined || status === words.status;
  return isSameStatus && text.trim() === (words.text ?? '');
}
