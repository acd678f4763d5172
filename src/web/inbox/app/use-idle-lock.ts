import { useEffect, useRef } from 'react';
import { listenToOtherTabs, tellOtherTabs } from './other-tabs.js';

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
const CHECK_MS = 10_000;

export interface IdleLock {
  readonly minutes: number;
  readonly lock: () => void;
  /** Tells the server that somebody reads: it locks an idle session by itself, and sees calls only. */
  readonly keepAwake: () => void;
}

/**
 * Locks after so many minutes without a key or a pointer in any tab. A clock is compared, and not a timer trusted: a
 * laptop that sleeps stops timers.
 */
export function useIdleLock({ minutes, lock, keepAwake }: IdleLock): void {
  const latest = useRef({ lock, keepAwake });
  latest.current = { lock, keepAwake };

  useEffect(() => {
    let lastSeen = Date.now();
    let lastTold = 0;
    let lastAwake = lastSeen;
    const check = () => {
      if (Date.now() - lastSeen >= minutes * 60_000) latest.current.lock();
    };
    const onLife = () => {
      check();
      lastSeen = Date.now();
      if (lastSeen - lastTold < CHECK_MS) return;
      lastTold = lastSeen;
      if (lastSeen - lastAwake >= (minutes * 60_000) / 4) {
        lastAwake = lastSeen;
        latest.current.keepAwake();
      }
      tellOtherTabs('active');
    };
    const stop = listenToOtherTabs((news) => {
      if (news === 'active') lastSeen = Date.now();
    });
    const timer = setInterval(check, CHECK_MS);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, onLife, { capture: true, passive: true });
    document.addEventListener('visibilitychange', check);
    return () => {
      stop();
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, onLife, { capture: true });
      document.removeEventListener('visibilitychange', check);
    };
  }, [minutes]);
}
