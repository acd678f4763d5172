import { useMemo, useSyncExternalStore } from 'react';
import { useDesk } from '../live/hooks.js';
import { alarmOf, type BrowserAlarm } from './browser-alarm.js';
import type { AlarmState } from './engine.js';

/** The alarm of this page, and how it stands. */
export function useAlarm(): AlarmState & { readonly control: BrowserAlarm } {
  const desk = useDesk();
  const control = useMemo(() => alarmOf(desk), [desk]);
  const state = useSyncExternalStore(control.alarm.subscribe, control.alarm.snapshot);
  return { ...state, control };
}

/**
 * Whether this page would be heard if somebody called now: for the words of an empty queue. `isSet`: it would.
 * `isBlocked`: a click on the page is missing.
 */
export function useAlarmReadiness(): {
  readonly isSet: boolean;
  readonly isBlocked: boolean;
  readonly isMuted: boolean;
} {
  const { settings, sound, mutedUntil, isAvailable } = useAlarm();
  const isMuted = mutedUntil > 0;
  return {
    isSet: isAvailable && settings.isSoundOn && sound === 'ready' && !isMuted,
    isBlocked: settings.isSoundOn && sound === 'blocked',
    isMuted,
  };
}
