import { render } from 'preact';
import { realTimers } from '../shared/timers.js';
import { createApi } from './client/api.js';
import { createChat } from './client/chat.js';
import { createLine } from './client/line.js';
import { oneTabAtATime } from './client/one-tab-at-a-time.js';
import { createSessions } from './client/sessions.js';
import { createKeep, forgivingStorage, type Keep } from './client/storage.js';
import { inkOn, type WidgetConfig } from './config.js';
import { hostStyle } from './host-style.js';
import styles from './styles.css?inline';
import { App } from './ui/app.js';
import { createShell, type Shell } from './ui/shell.js';
import { watchObstructions, watchVisibleHeight } from './ui/window.js';

/** Under this width the panel covers the page, so it does not come back by itself after a reload. */
const NARROW = '(max-width: 480px), (max-height: 480px)';

/** Defines `<permanence-widget>`, whose methods `open()` and `close()` are there for the page's own buttons. */
export function defineWidget(name: string, config: WidgetConfig): void {
  customElements.define(
    name,
    class extends HTMLElement {
      #shell: Shell | undefined;
      #stop: (() => void) | undefined;

      connectedCallback(): void {
        if (this.#shell) return;
        const { shell, stop } = mount(this, config);
        this.#shell = shell;
        this.#stop = stop;
      }

      disconnectedCallback(): void {
        // Moved within the page, it is connected again before this runs.
        queueMicrotask(() => {
          if (this.isConnected) return;
          this.#stop?.();
          this.#shell = undefined;
        });
      }

      open(): void {
        this.#shell?.open();
      }

      close(): void {
        this.#shell?.close();
      }
    },
  );
}

function mount(host: HTMLElement, config: WidgetConfig): { readonly shell: Shell; readonly stop: () => void } {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hostStyle + styles);
  shadow.adoptedStyleSheets = [sheet];

  const keep = createKeep(
    config.base,
    forgivingStorage(() => localStorage),
    forgivingStorage(() => sessionStorage),
    Date.now,
  );
  const chat = assembleChat(config, keep);
  const shell = createShell({ chat, keep });
  render(<App chat={chat} shell={shell} config={config} />, shadow);
  const root = shadow.firstElementChild as HTMLElement;
  setAppearance(root, config);

  if (keep.hasRecentSession()) chat.start();
  const isWide = !matchMedia(NARROW).matches;
  if (isWide && (keep.isOpen() || config.opensAtOnce)) shell.restore();

  const end = new AbortController();
  const { signal } = end;
  addEventListener('online', chat.nudge, { signal });
  addEventListener('offline', chat.cut, { signal });
  document.addEventListener('visibilitychange', () => document.hidden || chat.nudge(), { signal });
  addEventListener('pageshow', (event) => event.persisted && chat.nudge(), { signal });
  addEventListener('storage', (event) => keep.isDeparture(event) && shell.followDeparture(), { signal });
  document.addEventListener(
    'click',
    (event) => {
      const opener = openerOf(event);
      if (opener) shell.open(opener);
    },
    { signal },
  );
  const stops = [watchObstructions(host, root), watchVisibleHeight(root)];

  return {
    shell,
    stop() {
      end.abort();
      for (const stop of stops) stop();
      chat.pause();
      render(null, shadow);
    },
  };
}

function assembleChat(config: WidgetConfig, keep: Keep) {
  const timers = realTimers;
  const api = createApi(config.base, (...request) => fetch(...request));
  const alone = oneTabAtATime(`permanence:${config.base}`, () => keep.session() !== undefined);
  return createChat({
    api,
    keep,
    timers,
    sessions: createSessions({ api, keep, alone }),
    line: createLine({ api, timers, openSocket: (url) => new WebSocket(url) }),
    random: Math.random,
    newId: () => crypto.getRandomValues(new Uint32Array(4)).join('-'),
  });
}

function setAppearance(root: HTMLElement, { accent, offset }: WidgetConfig): void {
  root.style.setProperty('--offset', `${offset}px`);
  if (!accent) return;
  root.style.setProperty('--accent', accent);
  root.style.setProperty('--on-accent', inkOn(accent));
}

/** Any element of the page with `data-permanence-open` opens the widget. */
function openerOf({ target }: Event): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-permanence-open]')) || undefined;
}
