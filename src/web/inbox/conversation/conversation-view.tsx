import { ArrowLeft, Eye, PanelRight } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Link } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { useDesk, useLive } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { CardFacts } from '../queue/card-facts.js';
import { PAGES } from '../strings.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Spinner } from '../ui/states.js';
import { ContextPanel } from './context-panel.js';
import { DangerBanner } from './danger-banner.js';
import { createCommands, type DeskCommands } from './desk-commands.js';
import { MessageLog } from './message-log.js';
import { MoreActions } from './more-actions.js';
import { OutcomeBar } from './outcome-bar.js';
import { TALK } from './strings.js';
import { useConversationShortcuts } from './use-conversation-shortcuts.js';
import { useDeskActions } from './use-desk-actions.js';
import { WhatNow } from './what-now.js';

/** One conversation: who, what was said, and what to do now. Mounted anew for each. */
export function ConversationView({ id }: { readonly id: string }): ReactNode {
  const { live } = useDesk();
  const thread = useLive((state) => (state.thread?.id === id ? state.thread : undefined));
  const known = useLive((state) => state.cards?.get(id));
  const actions = useDeskActions(id);
  const commands = useMemo(() => createCommands(id, actions.run), [id, actions.run]);
  const [hasJustTaken, setJustTaken] = useState(false);
  const [isContextOpen, setContextOpen] = useState(false);
  const isOpened = thread !== undefined;
  const detail = thread?.detail;

  useEffect(() => {
    // Anew after a lock, which forgets what was said.
    if (!isOpened) live.open(id);
  }, [live, id, isOpened]);
  useEffect(() => () => live.close(id), [live, id]);

  const taking = (act: () => Promise<boolean>) => async (): Promise<void> => {
    setJustTaken(false);
    if (await act()) setJustTaken(true);
  };
  const take = taking(commands.take);
  useConversationShortcuts({ detail, commands, onTake: take, onNote: () => setContextOpen(true) });

  return (
    <>
      <section className="talk" aria-labelledby="talk-title">
        <TalkHeader
          name={detail?.card.pseudonym ?? known?.pseudonym ?? PAGES.conversation}
          detail={detail}
          commands={commands}
          isContextOpen={isContextOpen}
          onToggleContext={() => setContextOpen((isOpen) => !isOpen)}
        />
        {thread?.phase === 'failed' && (
          <Notice kind="danger" isAnnounced actions={<Button onPress={() => live.open(id)}>{TALK.retry}</Button>}>
            {TALK.failed} {thread.problem}
          </Notice>
        )}
        {thread?.phase === 'loading' && <Spinner>{TALK.loading}</Spinner>}
        {thread?.phase === 'ready' && detail && (
          <>
            <DangerBanner detail={detail} commands={commands} pending={actions.pending} />
            <MessageLog thread={thread} />
            <OutcomeBar actions={actions} />
            <WhatNow
              thread={thread}
              detail={detail}
              commands={commands}
              pending={actions.pending}
              hasJustTaken={hasJustTaken}
              onTake={take}
              onReopen={taking(commands.reopen)}
            />
          </>
        )}
      </section>
      {isContextOpen && detail && <ContextPanel detail={detail} onClose={() => setContextOpen(false)} />}
    </>
  );
}

interface TalkHeaderProps {
  readonly name: string;
  readonly detail: Detail | undefined;
  readonly commands: DeskCommands;
  readonly isContextOpen: boolean;
  readonly onToggleContext: () => void;
}

function TalkHeader({ name, detail, commands, isContextOpen, onToggleContext }: TalkHeaderProps): ReactNode {
  return (
    <header className="talk-head">
      <Link to={{ name: 'queue' }} className="button back-to-queue">
        <ArrowLeft aria-hidden className="icon" />
        {TALK.back}
      </Link>
      <div className="talk-name" id="talk-title">
        <PageTitle>{name}</PageTitle>
        {detail && detail.card.channel !== 'directline' && (
          <p className="quiet-words">{TALK.channels[detail.card.channel]}</p>
        )}
        {detail && <CardFacts card={detail.card} withUrgencies={false} />}
        {detail && <Viewers detail={detail} />}
      </div>
      {detail && (
        <div className="talk-tools">
          <MoreActions detail={detail} commands={commands} />
          <Button className="details-button" icon={PanelRight} onPress={onToggleContext} aria-expanded={isContextOpen}>
            {TALK.details}
          </Button>
        </div>
      )}
    </header>
  );
}

function Viewers({ detail }: { readonly detail: Detail }): ReactNode {
  const { me } = useDesk();
  // Of whoever holds it one knows that they look.
  const others = detail.viewers.filter(({ id }) => id !== me && id !== detail.card.holder?.id);
  const names = others.map(({ displayName }) => displayName);
  if (names.length === 0) return null;
  const words = names.length === 1 ? TALK.viewing(names[0] ?? '') : TALK.viewingMany(names.join(TALK.and));
  return (
    <p className="viewers">
      <Eye aria-hidden className="icon" />
      {words}
    </p>
  );
}
