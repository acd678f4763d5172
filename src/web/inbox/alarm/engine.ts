import { type Caller, type Picture, type Urgency, urgencyOf } from './picture.js';
import { type AlarmSettings, MUTE_MS, type SettingsStore } from './settings.js';

/** `blocked`: the browser waits for the reader to touch the page. */
export type SoundState = 'ready' | 'blocked' | 'unsupported';

/** What the alarm does to the world. */
export interface AlarmOutputs {
  /** Plays once; `volume` is 0 to 1. */
  play(urgency: Urgency, volume: number): void;
  /** Silence at once. */
  hush(): void;
  notify(caller: Caller): void;
  /** Takes back the notifications of these callers. */
  withdraw(callers: Picture): void;
  soundState(): SoundState;
  /** The reader looks at this page: what it shows needs no notification. */
  isLookedAt(): boolean;
}

export interface AlarmDependencies {
  readonly outputs: AlarmOutputs;
  readonly store: SettingsStore;
  readonly now: () => number;
  /** Calls back once after so many milliseconds, until the returned function is called. */
  readonly later: (ms: number, callback: () => void) => () => void;
}

export interface AlarmState {
  readonly picture: Picture;
  readonly urgency: Urgency | undefined;
  readonly isAvailable: boolean;
  /** Somebody calls whom the reader is to hear. */
  readonly isCalled: boolean;
  /** The sound repeats now, or would if the browser let it. */
  readonly isRinging: boolean;
  /** Muted until then; 0 when it is not. */
  readonly mutedUntil: number;
  readonly settings: AlarmSettings;
  readonly sound: SoundState;
}

export interface Alarm {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => AlarmState;
  /** Who calls now, and whether the reader is to be called. */
  update(input: { readonly picture: Picture; readonly isAvailable: boolean }): void;
  /** Only one page of a browser is to be heard: the others stay silent. */
  setLeading(isLeading: boolean): void;
  /** The browser lets sounds through now, or no longer. */
  soundChanged(): void;
  configure(change: Partial<Pick<AlarmSettings, 'isSoundOn' | 'volume' | 'notifies'>>): void;
  /** Another page of this browser has changed the settings. */
  reload(): void;
  mute(): void;
  unmute(): void;
  stop(): void;
}

/** Between two soundings. */
export const REPEAT_MS: Readonly<Record<Urgency, number>> = { waiting: 8_000, emergency: 4_000 };

/**
 * Rings while somebody calls and the reader is available: at once for whoever is new, then again and again until they are
 * taken. A danger rings for everybody. A muted alarm rings again for a danger that was not known when it was muted.
 */
export function createAlarm({ outputs, store, now, later }: AlarmDependencies): Alarm {
  const listeners = new Set<() => void>();
  let picture: Picture = [];
  let isAvailable = false;
  let isLeading = true;
  let settings = store.read();
  let known: ReadonlySet<string> = new Set();
  let notified: Picture = [];
  let cancelRing: (() => void) | undefined;
  let cancelUnmute: (() => void) | undefined;
  let state = describe();

  function describe(): AlarmState {
    const isCalled = heard().length > 0;
    const isMuted = settings.mutedUntil > now();
    return {
      picture,
      urgency: urgencyOf(picture),
      isAvailable,
      isCalled,
      isRinging: isCalled && settings.isSoundOn && !isMuted,
      mutedUntil: isMuted ? settings.mutedUntil : 0,
      settings,
      sound: outputs.soundState(),
    };
  }

  function heard(): Picture {
    return isAvailable ? picture : picture.filter(({ urgency }) => urgency === 'emergency');
  }

  function publish(): void {
    state = describe();
    for (const listener of listeners) listener();
  }

  function save(change: Partial<AlarmSettings>): void {
    settings = { ...settings, ...change };
    store.write(settings);
  }

  /** Sounds once, tells whoever looks elsewhere, and does so again later. */
  function ring(): void {
    cancelRing?.();
    cancelRing = undefined;
    const { urgency, isCalled, isRinging } = describe();
    if (urgency === undefined || !isCalled || !isLeading) return;
    if (isRinging) outputs.play(urgency, settings.volume / 100);
    notifyNew();
    cancelRing = later(REPEAT_MS[urgency], ring);
  }

  function silence(): void {
    cancelRing?.();
    cancelRing = undefined;
    outputs.hush();
  }

  function notifyNew(): void {
    if (!settings.notifies || outputs.isLookedAt()) return;
    for (const caller of heard().filter((one) => !notified.some((other) => isSame(one, other)))) outputs.notify(caller);
    notified = heard();
  }

  function withdrawGone(): void {
    const gone = notified.filter((one) => !heard().some((other) => isSame(one, other)));
    if (gone.length === 0) return;
    notified = notified.filter((one) => !gone.includes(one));
    outputs.withdraw(gone);
  }

  /** A danger that was not there when the sound was muted is worth being disturbed for. */
  function liftMute(): void {
    const dangers = picture.filter(({ urgency }) => urgency === 'emergency');
    if (settings.mutedUntil > now() && dangers.some(({ id }) => !settings.mutedDangers.includes(id))) {
      save({ mutedUntil: 0, mutedDangers: [] });
    }
  }

  function watchMute(): void {
    cancelUnmute?.();
    cancelUnmute = undefined;
    const left = settings.mutedUntil - now();
    if (left <= 0) return;
    cancelUnmute = later(left, () => {
      publish();
      ring();
    });
  }

  /** After anything has changed. */
  function settle({ isNew }: { readonly isNew: boolean }): void {
    liftMute();
    watchMute();
    withdrawGone();
    const { isCalled, isRinging } = describe();
    if (!isCalled || !isLeading) silence();
    else if (isNew || !cancelRing) ring();
    if (!isRinging) outputs.hush();
    publish();
  }

  function setMute(change: Pick<AlarmSettings, 'mutedUntil' | 'mutedDangers'>): void {
    save(change);
    settle({ isNew: change.mutedUntil === 0 });
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    update(input) {
      const wasAvailable = isAvailable;
      ({ picture, isAvailable } = input);
      const keys = new Set(picture.map(keyOf));
      const isNew = [...keys].some((key) => !known.has(key)) || isAvailable !== wasAvailable;
      known = keys;
      settle({ isNew });
    },
    setLeading(leads) {
      if (leads === isLeading) return;
      isLeading = leads;
      settle({ isNew: false });
    },
    soundChanged: () => settle({ isNew: outputs.soundState() === 'ready' && state.sound !== 'ready' }),
    configure(change) {
      save(change);
      settle({ isNew: change.isSoundOn === true });
    },
    reload() {
      settings = store.read();
      settle({ isNew: false });
    },
    mute() {
      const dangers = picture.filter(({ urgency }) => urgency === 'emergency');
      setMute({ mutedUntil: now() + MUTE_MS, mutedDangers: dangers.map(({ id }) => id) });
    },
    unmute: () => setMute({ mutedUntil: 0, mutedDangers: [] }),
    stop() {
      cancelUnmute?.();
      cancelUnmute = undefined;
      silence();
      outputs.withdraw(notified);
      picture = [];
      known = new Set();
      notified = [];
      publish();
    },
  };
}

function isSame(one: Caller, other: Caller): boolean {
  return keyOf(one) === keyOf(other);
}

/** Somebody who waits and then is in danger calls anew. */
function keyOf({ id, urgency }: Caller): string {
  return `${urgency}:${id}`;
}
