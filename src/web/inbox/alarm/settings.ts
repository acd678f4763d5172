/** What a delegate has chosen on this device. */
export interface AlarmSettings {
  readonly isSoundOn: boolean;
  /** 10 to 100. */
  readonly volume: number;
  /** Notifications of the open page; the browser may forbid them all the same. */
  readonly notifies: boolean;
  /** Milliseconds since 1970, by the device's clock; 0 when the sound is not muted. */
  readonly mutedUntil: number;
  /** The dangers that were known when it was muted: a new one ends it. */
  readonly mutedDangers: readonly string[];
}

export const DEFAULT_SETTINGS: AlarmSettings = {
  isSoundOn: true,
  volume: 70,
  notifies: true,
  mutedUntil: 0,
  mutedDangers: [],
};

export const MUTE_MS = 10 * 60_000;
export const VOLUME = { least: 10, most: 100, step: 10 } as const;
const KEY = 'permanence.alarm';

export interface SettingsStore {
  read(): AlarmSettings;
  write(settings: AlarmSettings): void;
}

/** Kept in the browser. Where nothing may be kept, the defaults hold: the alarm rings. */
export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>): SettingsStore {
  return {
    read() {
      try {
        return parseSettings(JSON.parse(storage.getItem(KEY) ?? '{}'));
      } catch {
        return DEFAULT_SETTINGS;
      }
    },
    write(settings) {
      try {
        storage.setItem(KEY, JSON.stringify(settings));
      } catch (fault) {
        // A full or forbidden storage: the choice lasts as long as the page.
        if (!(fault instanceof Error)) throw fault;
      }
    },
  };
}

/** Anything may have been stored: what is not understood is the default. */
export function parseSettings(value: unknown): AlarmSettings {
  const stored: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const { isSoundOn, volume, notifies, mutedUntil, mutedDangers } = stored;
  return {
    isSoundOn: typeof isSoundOn === 'boolean' ? isSoundOn : DEFAULT_SETTINGS.isSoundOn,
    volume: isFiniteNumber(volume) ? Math.min(VOLUME.most, Math.max(VOLUME.least, volume)) : DEFAULT_SETTINGS.volume,
    notifies: typeof notifies === 'boolean' ? notifies : DEFAULT_SETTINGS.notifies,
    mutedUntil: isFiniteNumber(mutedUntil) ? mutedUntil : 0,
    mutedDangers: Array.isArray(mutedDangers) ? mutedDangers.filter((id) => typeof id === 'string') : [],
  };
}

interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
