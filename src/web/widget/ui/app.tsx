import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../client/chat.js';
import type { WidgetConfig } from '../config.js';
import { countUnread } from '../model/log.js';
import { strings } from '../strings.js';
import { Announcer } from './announcer.js';
import { useStore, useTitleBadge, useVisible } from './hooks.js';
import { Icon } from './icons.js';
import { Panel } from './panel.js';
import type { Shell } from './shell.js';

export interface AppProps {
  readonly chat: Chat;
  readonly shell: Shell;
  readonly config: WidgetConfig;
}

export function App({ chat, shell, config }: AppProps): JSX.Element {
  const { isOpen, takesFocus, textSize } = useStore(shell);
  const state = useStore(chat);
  const [draft, setDraft] = useState('');
  const isVisible = useVisible();
  const isSeen = isOpen && isVisible;
  const unseen = countUnread(state.log, state.seen);
  const unread = isSeen ? 0 : unseen;
  useTitleBadge(unread);

  useEffect(() => {
    if (isSeen && unseen > 0) chat.seeAll();
  }, [isSeen, unseen, chat]);

  function quit(): void {
    setDraft('');
    shell.leave();
    location.replace(config.quitUrl);
  }

  return (
    <div class="root" lang="fr" data-size={textSize} data-side={config.side}>
      <Announcer chat={chat} isOpen={isOpen} />
      {isOpen ? (
        <Panel
          chat={chat}
          shell={shell}
          config={config}
          state={state}
          draft={draft}
          setDraft={setDraft}
          takesFocus={takesFocus}
          quit={quit}
        />
      ) : (
        <Launcher unread={unread} takesFocus={takesFocus} open={() => shell.open()} />
      )}
    </div>
  );
}

interface LauncherProps {
  readonly unread: number;
  /** The panel was just closed: the focus comes back here, unless the page took it elsewhere. */
  readonly takesFocus: boolean;
  readonly open: () => void;
}

function Launcher({ unread, takesFocus, open }: LauncherProps): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  return (
    <button
      ref={button}
      type="button"
      class="launcher"
      aria-haspopup="dialog"
      aria-label={unread > 0 ? strings.openUnread(unread) : strings.open}
      onClick={open}
    >
      <Icon name="chat" />
      {unread > 0 && (
        <span class="badge" aria-hidden="true">
          {unread > 9 ? '9+' : unread}
        </span>
      )}
    </button>
  );
}
