import type { JSX } from 'preact';
import { formatDay } from '../../shared/dates.js';
import { typeset } from '../../shared/typeset.js';
import type { Chat, Phase } from '../client/chat.js';
import type { Log } from '../model/log.js';
import { currentActions, timeline } from '../model/timeline.js';
import { strings } from '../strings.js';
import { GroupView, MarkerView } from './group-view.js';
import { Icon } from './icons.js';
import { nameOf } from './names.js';
import { useReadingPlace } from './reading-place.js';
import { useReportLooks } from './report-looks.js';

export interface LogViewProps {
  readonly chat: Chat;
  readonly log: Log;
  readonly phase: Phase;
  readonly base: string;
}

/** A part that scrolls must take the focus, so that arrow keys reach it (WCAG 2.1.1). */
const SCROLLS_BY_KEYBOARD = 0;

export function LogView({ chat, log, phase, base }: LogViewProps): JSX.Element {
  const { box, content, below, onScroll, goOn } = useReadingPlace(log);
  const actions = currentActions(log);
  useReportLooks(log, base, box);
  const isEmpty = log.messages.length + log.outgoing.length === 0;

  function choose(value: string): void {
    // The pressed button goes away: the focus stays in the conversation, and no phone keyboard comes up.
    box.current?.focus();
    chat.send(value);
  }

  return (
    <div class="log-frame">
      <div
        class={below ? 'log goes-on' : 'log'}
        role="log"
        aria-live="off"
        aria-label={strings.log}
        tabIndex={SCROLLS_BY_KEYBOARD}
        ref={box}
        onScroll={onScroll}
      >
        <div class="log-content" ref={content}>
          {isEmpty && phase === 'connecting' && <Dots label={strings.state.connecting} />}
          {timeline(log).map((row) => {
            if (row.kind === 'marker') return <MarkerView key={row.key} marker={row} />;
            if (row.kind === 'group') return <GroupView key={row.key} group={row} resend={chat.resend} base={base} />;
            return (
              <p class="day" key={row.key}>
                <span>{formatDay(row.at, Date.now(), strings)}</span>
              </p>
            );
          })}
          {log.typing && phase === 'live' && <Dots label={strings.typing(nameOf(log.typing))} />}
          {actions.length > 0 && (
            <fieldset class="actions" aria-label={strings.actions}>
              {actions.map(({ title, value }) => (
                <button key={value} type="button" onClick={() => choose(value)}>
                  {typeset(title)}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      </div>
      {below && (
        <button type="button" class="more" onClick={(event) => goOn(event.currentTarget.offsetHeight)}>
          <Icon name="down" />
          {below === 'news' ? strings.newMessages : strings.readOn}
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
