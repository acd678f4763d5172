import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { formatDay } from '../../shared/dates.js';
import { useDesk, useServerNow, useWriting } from '../live/hooks.js';
import { lastSeqOf, type Thread } from '../live/state.js';
import type { Message } from '../live/wire.js';
import { useAnnounce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { type DeliveryState, type DeliveryStates, deliveryStates } from './delivery.js';
import { MessageView } from './message-view.js';
import { OutgoingView } from './outgoing-view.js';
import { clockWords } from './paris.js';
import { AUTHORS, LOG } from './strings.js';
import { eventWords, nameOf, type Row, timeline, voiceOf } from './timeline.js';
import { useReadingPlace } from './use-reading-place.js';

/** A part that scrolls must take the focus, so that arrow keys reach it (WCAG 2.1.1). */
const SCROLLS_BY_KEYBOARD = 0;

/** The whole conversation, the assistant's part included. New messages are read aloud; older ones that are loaded are not. */
export function MessageLog({ thread }: { readonly thread: Thread }): ReactNode {
  const { me, live } = useDesk();
  const { messages, typing, firstReadSeq, detail } = thread;
  const { outgoing } = useWriting(thread.id);
  const holder = detail?.card.holder;
  const rows = useMemo(() => timeline({ messages, me, firstReadSeq, holder }), [messages, me, firstReadSeq, holder]);
  const { box, below, onScroll, goToEnd } = useReadingPlace(messages, outgoing.length);
  const delivery = useMemo(() => deliveryStates(messages, detail?.delivery, me), [messages, detail?.delivery, me]);
  const states = outgoing.length === 0 ? delivery : withoutSent(delivery);
  useReadMarks(thread, below === 'nothing');
  useSpokenMessages(thread);

  return (
    <div className="log-frame">
      <div
        ref={box}
        className="log"
        role="log"
        aria-live="off"
        aria-label={LOG.label}
        tabIndex={SCROLLS_BY_KEYBOARD}
        onScroll={onScroll}
      >
        <div className="log-content">
          <Earlier thread={thread} onLoad={live.loadEarlier} />
          {rows.map((row) => (
            <RowView
              key={row.key}
              conversationId={thread.id}
              row={row}
              delivery={row.kind === 'message' ? states.get(row.message.seq) : undefined}
            />
          ))}
          {outgoing.map((item) => (
            <OutgoingView key={item.clientId} conversationId={thread.id} item={item} />
          ))}
          {typing.map(({ author, name }) => (
            <p key={`${author} ${name}`} className="typing">
              <span className="typing-dots" aria-hidden>
                <i />
                <i />
                <i />
              </span>
              {LOG.typing(author === 'resident' ? AUTHORS.theResident : (name ?? AUTHORS.unknownDelegate))}
            </p>
          ))}
        </div>
      </div>
      {below !== 'nothing' && (
        <Button
          className="to-end"
          kind={below === 'news' ? 'primary' : 'secondary'}
          icon={ArrowDown}
          onPress={() => {
            goToEnd();
            box.current?.focus();
          }}
        >
          {below === 'news' ? LOG.toEnd : LOG.goToEnd}
        </Button>
      )}
    </div>
  );
}

/** While something is on its way, only what is wrong with earlier messages is worth the room. */
function withoutSent(states: DeliveryStates): DeliveryStates {
  return new Map([...states].filter(([, { kind }]) => kind === 'failed' || kind === 'uncertain'));
}

function spokenName(message: Message, me: string): string {
  const name = nameOf(message, me);
  return message.edits === undefined ? name : LOG.corrected(name);
}

interface RowViewProps {
  readonly conversationId: string;
  readonly row: Row;
  readonly delivery: DeliveryState | undefined;
}

function RowView({ conversationId, row, delivery }: RowViewProps): ReactNode {
  const now = useServerNow(60_000);
  switch (row.kind) {
    case 'day':
      return (
        <h3 className="day">
          <span>{formatDay(row.at, now, LOG)}</span>
        </h3>
      );
    case 'unread':
      return (
        <p className="unread-line">
          <span>{LOG.unread}</span>
        </p>
      );
    case 'event':
      return (
        <p className="event">
          <span>{row.text}</span> <time dateTime={new Date(row.at).toISOString()}>{clockWords(row.at)}</time>
        </p>
      );
    case 'message':
      return <MessageView conversationId={conversationId} row={row} delivery={delivery} />;
  }
}

function Earlier({ thread, onLoad }: { readonly thread: Thread; readonly onLoad: () => void }): ReactNode {
  if (thread.phase !== 'ready') return null;
  if (!thread.hasEarlier) {
    return <p className="event">{thread.messages.length === 0 ? LOG.empty : LOG.beginning}</p>;
  }
  return (
    <div className="earlier">
      {thread.earlier === 'failed' && <p role="status">{LOG.earlierFailed}</p>}
      <Button onPress={onLoad} isPending={thread.earlier === 'loading'}>
        {thread.earlier === 'loading' ? LOG.earlierLoading : LOG.earlier}
      </Button>
    </div>
  );
}

/** What stands on a page that is in sight, with its end in view, is read. */
function useReadMarks(thread: Thread, isAtEnd: boolean): void {
  const { live } = useDesk();
  const { id, phase } = thread;
  const seq = lastSeqOf(thread);
  useEffect(() => {
    const mark = (): void => {
      if (phase === 'ready' && isAtEnd && seq > 0 && document.visibilityState === 'visible') live.read(id, seq);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [live, id, phase, seq, isAtEnd]);
}

function useSpokenMessages({ messages, phase }: Thread): void {
  const { me } = useDesk();
  const announce = useAnnounce();
  const spoken = useRef<number>(undefined);
  useEffect(() => {
    const after = spoken.current;
    if (phase !== 'ready') return;
    spoken.current = messages.at(-1)?.seq ?? 0;
    if (after === undefined) return;
    const fresh = messages.filter((message) => message.seq > after && voiceOf(message, me) !== 'me');
    const words = fresh.map((message) => eventWords(message, me) ?? `${spokenName(message, me)} : ${message.text}`);
    if (words.length > 0) announce(words.join('\n'));
  }, [messages, phase, me, announce]);
}
