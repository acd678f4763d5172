import type { Chat } from '../client/chat.js';
import type { Keep } from '../client/storage.js';

export interface ShellState {
  readonly isOpen: boolean;
  /** Opened by the reader: the focus may move. False when a reload restored it. */
  readonly takesFocus: boolean;
  /** 0 normal, 1 large, 2 very large. */
  readonly textSize: number;
}

/** Whether the panel is open, and how large its text is. */
export interface Shell {
  state(): ShellState;
  subscribe(listener: () => void): () => void;
  /** @param opener where the focus returns on closing; the bubble when there is none. */
  open(opener?: HTMLElement): void;
  /** Opens without moving the focus. */
  restore(): void;
  close(): void;
  setTextSize(size: number): void;
  /** Empties and closes the panel; what the browser kept of it goes too. */
  leave(): void;
  /** Another tab has left: this one shows nothing any more either. */
  followDeparture(): void;
}

export function createShell({ chat, keep }: { readonly chat: Chat; readonly keep: Keep }): Shell {
  let state: ShellState = { isOpen: false, takesFocus: false, textSize: keep.textSize() };
  let opener: HTMLElement | undefined;
  const listeners = new Set<() => void>();

  function update(change: Partial<ShellState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function show(takesFocus: boolean): void {
    if (state.isOpen) return;
    chat.start();
    keep.saveOpen(true);
    update({ isOpen: true, takesFocus });
  }

  function empty(): void {
    chat.leave();
    keep.forgetAll();
    update({ isOpen: false, takesFocus: false, textSize: 0 });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open(from) {
      opener = from;
      show(true);
    },
    restore: () => show(false),
    close() {
      if (!state.isOpen) return;
      keep.saveOpen(false);
      update({ isOpen: false, takesFocus: !opener?.isConnected });
      opener?.focus();
      opener = undefined;
    },
    setTextSize(textSize) {
      keep.saveTextSize(textSize);
      update({ textSize });
    },
    leave() {
      keep.tellDeparture();
      empty();
    },
    followDeparture: empty,
  };
}
