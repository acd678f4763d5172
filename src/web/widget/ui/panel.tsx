import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat, ChatState } from '../client/chat.js';
import type { WidgetConfig } from '../config.js';
import { standing } from '../model/timeline.js';
import { strings } from '../strings.js';
import { Composer } from './composer.js';
import { ConnectionNotice } from './connection-notice.js';
import { EmergencyStrip } from './emergency-strip.js';
import { EraseDialog, ErasedNotice } from './erase.js';
import { Header } from './header.js';
import { isTouch } from './hooks.js';
import { LogView } from './log-view.js';
import { Menu } from './menu.js';
import type { Shell } from './shell.js';
import { Waiting } from './waiting.js';

export interface PanelProps {
  readonly chat: Chat;
  readonly shell: Shell;
  readonly config: WidgetConfig;
  readonly state: ChatState;
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly takesFocus: boolean;
  readonly quit: () => void;
}

type View = 'talk' | 'menu' | 'erase';

export function Panel({ chat, shell, config, state, draft, setDraft, takesFocus, quit }: PanelProps): JSX.Element {
  const [view, setView] = useState<View>('talk');
  const heading = useRef<HTMLHeadingElement>(null);
  const menuButton = useRef<HTMLButtonElement>(null);
  const textBox = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    if (takesFocus) (isTouch() ? heading : textBox).current?.focus();
  }, [takesFocus]);

  function stopWaiting(): void {
    chat.send(strings.waiting.stopText);
    setView('talk');
    // What was pressed goes away.
    (isTouch() ? heading : textBox).current?.focus();
  }

  function leaveView(): void {
    setView('talk');
    menuButton.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // The page's own shortcuts are not for what is typed here.
    event.stopPropagation();
    if (event.key !== 'Escape' || event.isComposing) return;
    if (view === 'talk') shell.close();
    else leaveView();
  }

  return (
    <div class="panel" role="dialog" aria-labelledby="title" onKeyDown={onKeyDown}>
      <Header
        title={config.title ?? strings.title}
        log={state.log}
        isMenuOpen={view === 'menu'}
        toggleMenu={() => setView(view === 'menu' ? 'talk' : 'menu')}
        close={shell.close}
        quit={quit}
        heading={heading}
        menuButton={menuButton}
      />
      <EmergencyStrip />
      <div class="body">
        {view === 'menu' && (
          <Menu
            shell={shell}
            privacyUrl={new URL('confidentialite', config.base).href}
            canErase={state.phase !== 'erased' && state.phase !== 'refused'}
            leaveDelegate={standing(state.log) === 'delegate' ? stopWaiting : undefined}
            erase={() => setView('erase')}
            quit={quit}
            dismiss={() => setView('talk')}
          />
        )}
        {view === 'erase' && <EraseDialog chat={chat} cancel={leaveView} done={() => setView('talk')} />}
        {view !== 'erase' && state.phase === 'erased' && (
          <ErasedNotice
            restart={() => {
              chat.restart();
              heading.current?.focus();
            }}
          />
        )}
        {view !== 'erase' && state.phase !== 'erased' && (
          <>
            <ConnectionNotice phase={state.phase} since={state.since} />
            <Waiting log={state.log} stop={stopWaiting} />
            <LogView chat={chat} log={state.log} phase={state.phase} base={config.base} />
            {state.phase !== 'refused' && (
              <Composer draft={draft} setDraft={setDraft} send={chat.send} typing={chat.typing} textBox={textBox} />
            )}
          </>
        )}
      </div>
    </div>
  );
}
