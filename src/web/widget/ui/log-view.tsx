import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, Phase } from '../client/chat.js';
import { formatDay } from '../model/dates.js';
import type { Log } from '../model/log.js';
import { currentActions, timeline } from '../model/timeline.js';
import { strings } from '../strings.js';
import { GroupView } from './group-view.js';
import { Icon } from './icons.js';
import { nameOf } from './names.js';

export interface LogViewProps {
  readonly chat: Chat;
  readonly log: Log;
  readonly phase: Phase;
  readonly base: string;
}

/** Nearer to the end than this counts as reading the end. */
const NEAR_PX = 48;
/** A part that scrolls must take the focus, so that arrow keys reach it (WCAG 2.1.1). */
const SCROLLS_BY_KEYBOARD = 0;

export function LogView({ chat, log, phase, base }: LogViewProps): JSX.Element {
  const { box, content, hasNews, onScroll, scrollToEnd } = useStickyEnd(log);
  const actions = currentActions(log);
  const isEmpty = log.messages.length + log.outgoing.length === 0;

  function choose(value: string): void {
    // The pressed button goes away: the focus stays in the conversation, and no phone keyboard comes up.
    box.current?.focus();
    chat.send(value);
  }

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={strings.log}
        tabIndex={SCROLLS_BY_KEYBOARD}
        ref={box}
        onScroll={onScroll}
      >
        <div class="log-content" ref={content}>
          {isEmpty && phase === 'connecting' && <Dots label={strings.state.connecting} />}
          {timeline(log).map((row) =>
            row.kind === 'day' ? (
              <p class="day" key={row.key}>
                <span>{formatDay(row.at, Date.now(), strings)}</span>
              </p>
            ) : (
              <GroupView key={row.key} group={row} resend={chat.resend} base={base} />
            ),
          )}
          {log.typing && phase === 'live' && <Dots label={strings.typing(nameOf(log.typing))} />}
          {actions.length > 0 && (
            <fieldset class="actions" aria-label={strings.actions}>
              {actions.map(({ title, value }) => (
                <button key={value} type="button" onClick={() => choose(value)}>
                  {title}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      </div>
      {hasNews && (
        <button type="button" class="news" onClick={scrollToEnd}>
          <Icon name="down" />
          {strings.newMessages}
        </button>
      )}
    </div>
  );
}

function Dots({ label }: { readonly label: string }): JSX.Element {
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {label}
    </p>
  );
}

/** Keeps the end in view, unless the reader went back to earlier messages: then it tells that there are new ones. */
function useStickyEnd(log: Log) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasNews, setHasNews] = useState(false);

  function scrollToEnd(): void {
    isAtEnd.current = true;
    setHasNews(false);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }

  function onScroll(): void {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (isAtEnd.current) setHasNews(false);
  }

  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (isAtEnd.current) scrollToEnd();
    else if (!isFirst.current) setHasNews(true);
    isFirst.current = false;
  }, [log.messages.length]);
  useLayoutEffect(() => {
    if (log.outgoing.length > 0) scrollToEnd();
  }, [log.outgoing.length]);
  useLayoutEffect(() => {
    if (isAtEnd.current) scrollToEnd();
  }, [log.typing]);
  useEffect(() => {
    const observer = new ResizeObserver(() => isAtEnd.current && scrollToEnd());
    for (const element of [box.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { box, content, hasNews, onScroll, scrollToEnd };
}
