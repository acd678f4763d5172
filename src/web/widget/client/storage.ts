import type { Outgoing } from '../model/log.js';
import type { Session } from './api.js';

/**
 * What the browser keeps, and why so little of it.
 *
 * Shared by all tabs (`localStorage`): the token, so that a reload and a second tab find the conversation; the position
 * last seen, for the badge; the text size. Of one tab (`sessionStorage`, gone with it): what was written and not yet
 * acknowledged, since what people write must not outlive them on a shared computer; and whether the panel is open.
 * A copied tab copies its unsent messages too, but with the same client ids, which the server takes only once.
 *
 * Nothing is written before the panel is first opened. A browser that refuses storage gets a conversation for one page.
 */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Keep {
  session(): Session | undefined;
  saveSession(session: Session): void;
  /** Whether the kept token is young enough for the server to renew it. */
  hasRecentSession(): boolean;
  seen(): number;
  saveSeen(seq: number): void;
  textSize(): number;
  saveTextSize(size: number): void;
  unsent(): readonly Outgoing[];
  saveUnsent(unsent: readonly Outgoing[]): void;
  isOpen(): boolean;
  saveOpen(isOpen: boolean): void;
  /** The conversation is gone: its token and what was not sent go too. */
  forgetConversation(): void;
  /** Leaves no trace. It must not be told to the other tabs by one that was told itself: they would never stop. */
  forgetAll(): void;
  /** Tells the other tabs to do the same. */
  tellDeparture(): void;
  /** Whether a storage event says that another tab left in haste. */
  isDeparture(event: { readonly key: string | null; readonly newValue: string | null }): boolean;
}

const DEPARTED = 'departed';
/** The server renews a token for a day after it expired. */
const RENEWABLE_MS = 24 * 3_600_000;

/** @param scope tells servers apart on one site. */
export function createKeep(scope: string, shared: KeyValues, tab: KeyValues, now: () => number): Keep {
  const names = {
    session: `permanence:session:${scope}`,
    seen: `permanence:seen:${scope}`,
    size: `permanence:size:${scope}`,
    unsent: `permanence:unsent:${scope}`,
    open: `permanence:open:${scope}`,
  };

  function forgetConversation(): void {
    shared.removeItem(names.session);
    shared.removeItem(names.seen);
    tab.removeItem(names.unsent);
  }

  return {
    session: () => parse(shared.getItem(names.session), isSession),
    saveSession: ({ conversationId, token }) =>
      shared.setItem(names.session, JSON.stringify({ conversationId, token, at: now() })),
    hasRecentSession() {
      const kept = parse(shared.getItem(names.session), isKeptSession);
      return kept !== undefined && now() - kept.at < RENEWABLE_MS;
    },
    seen: () => Number(shared.getItem(names.seen)) || 0,
    saveSeen: (seq) => shared.setItem(names.seen, String(seq)),
    textSize: () => Number(shared.getItem(names.size)) || 0,
    saveTextSize: (size) => shared.setItem(names.size, String(size)),
    unsent: () => parse(tab.getItem(names.unsent), isUnsent) ?? [],
    saveUnsent: (unsent) =>
      unsent.length > 0 ? tab.setItem(names.unsent, JSON.stringify(unsent)) : tab.removeItem(names.unsent),
    isOpen: () => tab.getItem(names.open) === '1',
    saveOpen: (isOpen) => tab.setItem(names.open, isOpen ? '1' : '0'),
    forgetConversation,
    tellDeparture: () => shared.setItem(names.session, DEPARTED),
    forgetAll() {
      forgetConversation();
      shared.removeItem(names.size);
      tab.removeItem(names.open);
    },
    isDeparture: ({ key, newValue }) => key === names.session && newValue === DEPARTED,
  };
}

/** Storage that never throws: where the browser forbids it, or it is full, values live as long as the page. */
export function forgivingStorage(open: () => KeyValues): KeyValues {
  const memory = new Map<string, string>();
  function attempt<Result>(action: (storage: KeyValues) => Result, otherwise: () => Result): Result {
    try {
      return action(open());
    } catch {
      return otherwise();
    }
  }
  return {
    getItem: (key) =>
      memory.get(key) ??
      attempt<string | null>(
        (storage) => storage.getItem(key),
        () => null,
      ),
    setItem(key, value) {
      attempt(
        (storage) => {
          storage.setItem(key, value);
          memory.delete(key);
        },
        () => void memory.set(key, value),
      );
    },
    removeItem(key) {
      memory.delete(key);
      attempt(
        (storage) => storage.removeItem(key),
        () => undefined,
      );
    },
  };
}

function parse<Value>(source: string | null, isValid: (value: unknown) => value is Value): Value | undefined {
  try {
    const value: unknown = JSON.parse(source ?? 'null');
    return isValid(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSession(value: unknown): value is Session {
  const { conversationId, token } = (value ?? {}) as Partial<Session>;
  return typeof conversationId === 'string' && typeof token === 'string';
}

function isKeptSession(value: unknown): value is Session & { readonly at: number } {
  return isSession(value) && typeof (value as Session & { at?: unknown }).at === 'number';
}

function isUnsent(value: unknown): value is readonly Outgoing[] {
  return (
    Array.isArray(value) && value.every((one) => typeof one?.clientId === 'string' && typeof one?.text === 'string')
  );
}
