import { Download, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useSession } from '../app/session.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { Button } from '../ui/button.js';
import { ProblemNotice } from '../ui/notice.js';
import { Callbacks } from './callbacks.js';
import { Labels } from './labels.js';
import { Notes } from './notes.js';
import { momentWords } from './paris.js';
import { saveFile } from './save-file.js';
import { CONTEXT } from './strings.js';

export interface ContextPanelProps {
  readonly detail: Detail;
  readonly onClose: () => void;
}

/** What is known beside the messages; folded until it is asked for. */
export function ContextPanel({ detail, onClose }: ContextPanelProps): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(60_000);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const others = detail.viewers.filter(({ id }) => id !== me).map(({ displayName }) => displayName);
  return (
    <aside className="context" aria-labelledby="context-title">
      <div className="context-head">
        <h2 id="context-title" ref={heading} tabIndex={-1}>
          {CONTEXT.title}
        </h2>
        <Button kind="quiet" icon={X} onPress={onClose}>
          {CONTEXT.close}
        </Button>
      </div>
      <p className="quiet-words">{CONTEXT.since(momentWords(detail.createdAt, now))}</p>
      <Callbacks detail={detail} />
      <Notes detail={detail} />
      <Labels detail={detail} />
      <section className="context-part">
        <h3>{CONTEXT.viewers}</h3>
        <p>{others.length === 0 ? CONTEXT.nobodyElse : others.join(', ')}</p>
      </section>
      <Transcript id={detail.card.id} />
    </aside>
  );
}

function Transcript({ id }: { readonly id: string }): ReactNode {
  const { can } = useSession();
  const download = useAction(async () => saveFile(await call('readTranscript', { params: { id } })));
  if (!can('export-transcript')) return null;
  return (
    <section className="context-part">
      <Button icon={Download} onPress={() => void download.run()} isPending={download.isBusy}>
        {CONTEXT.transcript}
      </Button>
      <p className="quiet-words">{CONTEXT.transcriptHint}</p>
      <ProblemNotice problem={download.problem} />
    </section>
  );
}
