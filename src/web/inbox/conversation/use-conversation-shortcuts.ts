import type { Detail } from '../live/wire.js';
import { useShortcuts } from '../queue/use-shortcuts.js';
import { COMPOSER_ID } from './composer.js';
import type { DeskCommands } from './desk-commands.js';
import { NOTE_ID } from './notes.js';

interface ShortcutsInput {
  readonly detail: Detail | undefined;
  readonly commands: DeskCommands;
  readonly onTake: () => Promise<void>;
  /** Shows where notes are written. */
  readonly onNote: () => void;
}

/** t, r, g and n: the same as the buttons, and only while those are there. */
export function useConversationShortcuts({ detail, commands, onTake, onNote }: ShortcutsInput): void {
  const allows = (action: Detail['actions'][number]): boolean => detail?.actions.includes(action) ?? false;
  useShortcuts({
    t: () => {
      if (allows('take')) void onTake();
    },
    r: () => document.getElementById(COMPOSER_ID)?.focus(),
    g: () => {
      if (allows('give-back')) void commands.giveBack();
    },
    n: () => {
      onNote();
      // It is drawn first.
      setTimeout(() => document.getElementById(NOTE_ID)?.focus());
    },
  });
}
