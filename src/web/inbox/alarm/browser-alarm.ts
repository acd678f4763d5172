import type { DeskClient } from '../live/desk-client.js';
import { type Alarm, createAlarm } from './engine.js';
import { lead } from './leader.js';
import { showNotice, withdrawNotices } from './notices.js';
import { createSettingsStore } from './settings.js';
import { createSounder, type Sounder } from './sound.js';

/** The alarm of this page, and its voice. */
export interface BrowserAlarm {
  readonly alarm: Alarm;
  readonly sounder: Sounder;
  /** Lets it ring until the returned function is called. */
  readonly start: () => () => void;
}

const ALARMS = new WeakMap<DeskClient, BrowserAlarm>();

/** One for each desk, whoever asks: the ringer, the alarm's page and the queue. It goes when the desk does. */
export function alarmOf(desk: DeskClient): BrowserAlarm {
  const known = ALARMS.get(desk);
  if (known) return known;
  const made = createBrowserAlarm();
  ALARMS.set(desk, made);
  return made;
}

function createBrowserAlarm(): BrowserAlarm {
  const sounder = createSounder(() => alarm.soundChanged());
  const alarm: Alarm = createAlarm({
    outputs: {
      play: sounder.play,
      hush: sounder.hush,
      notify: showNotice,
      withdraw: (callers) => void withdrawNotices(callers),
      soundState: sounder.state,
      isLookedAt: () => document.visibilityState === 'visible' && document.hasFocus(),
    },
    store: createSettingsStore(localStorage),
    now: Date.now,
    later(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  return { alarm, sounder, start: () => start(alarm, sounder) };
}

function start(alarm: Alarm, sounder: Sounder): () => void {
  const onGesture = () => {
    // Refused outside of a gesture: the page goes on saying that a click is needed.
    if (sounder.state() === 'blocked') sounder.unlock().catch(() => undefined);
  };
  const onStorage = () => alarm.reload();
  for (const gesture of ['pointerup', 'keydown'] as const) addEventListener(gesture, onGesture, { capture: true });
  addEventListener('storage', onStorage);
  const giveUp = lead(alarm.setLeading);
  return () => {
    for (const gesture of ['pointerup', 'keydown'] as const) removeEventListener(gesture, onGesture, { capture: true });
    removeEventListener('storage', onStorage);
    giveUp();
    alarm.stop();
    sounder.close();
  };
}
