import { useRef, useState } from 'react';
import type { SentStatus } from '../../../domain/report.js';
import { call } from '../api/client.js';
import type { ReportDetail } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useDesk } from '../live/hooks.js';
import { ACT, STATUSES } from '../strings-reports.js';
import { useAnnounce } from '../ui/announcer.js';
import { createSubmission, type Submission } from './append.js';
import { useReports } from './context.js';
import type { Words } from './sealing-new.js';
import type { OpenedReport } from './use-report.js';

export interface SendingOptions {
  readonly opened: OpenedReport;
  readonly onDetail: (detail: ReportDetail) => Promise<void>;
  readonly onSent: (words: Words) => void;
}

/** Seals and sends what a delegate writes: one thing at a time, and never twice. */
export function useSending({ opened, onDetail, onSent }: SendingOptions) {
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
    onSent(words);
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
