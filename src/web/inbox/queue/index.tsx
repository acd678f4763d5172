import './queue.css';
import '../conversation/conversation.css';
import '../conversation/attachment.css';
import type { ReactNode } from 'react';
import { useRouter } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { ConversationView } from '../conversation/conversation-view.js';
import { ConnectionNotice } from '../live/connection-notice.js';
import { PAGES } from '../strings.js';
import { Spinner } from '../ui/states.js';
import { Idle } from './idle.js';
import { QueueList } from './queue-list.js';
import { ShortcutsHelp } from './shortcuts-help.js';
import { QUEUE } from './strings.js';
import { useQueue } from './use-queue.js';
import { useShortcuts } from './use-shortcuts.js';

/** The queue with the conversation beside it; on a narrow screen one of them at a time. */
export default function QueuePage(): ReactNode {
  const { route } = useRouter();
  const shownId = route.name === 'conversation' ? route.id : undefined;
  const sections = useQueue();
  useQueueKeys(shownId);
  return (
    <div className="desk" data-view={shownId === undefined ? 'queue' : 'conversation'}>
      <ConnectionNotice />
      <div className="desk-columns">
        <div className="queue">
          {shownId === undefined ? <PageTitle>{PAGES.queue}</PageTitle> : <p className="queue-title">{PAGES.queue}</p>}
          {sections ? <QueueList sections={sections} shownId={shownId} /> : <Spinner>{QUEUE.loading}</Spinner>}
          {sections?.length === 0 && shownId !== undefined && <p className="quiet-words">{QUEUE.empty}</p>}
          <ShortcutsHelp />
        </div>
        {shownId === undefined ? (
          sections && <Idle sections={sections} />
        ) : (
          <ConversationView key={shownId} id={shownId} />
        )}
      </div>
    </div>
  );
}

/** j and k: the card after and before the one that is shown, as the queue stands now. */
function useQueueKeys(shownId: string | undefined): void {
  const { navigate } = useRouter();
  const ids = useQueue()?.flatMap(({ items }) => items.map(({ card }) => card.id)) ?? [];
  const go = (step: 1 | -1): void => {
    const place = shownId === undefined ? -1 : ids.indexOf(shownId);
    const id = ids[place < 0 ? 0 : place + step];
    if (id !== undefined) navigate({ name: 'conversation', id });
  };
  useShortcuts({ j: () => go(1), k: () => go(-1) });
}
