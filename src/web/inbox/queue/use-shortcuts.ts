import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What single keys do on this device; nothing of anybody's is kept here. */
const STORAGE_KEY = 'permanence-raccourcis';
const CHANGED = 'permanence-raccourcis';

/** Whether shortcuts are on (WCAG 2.1.4 asks that they can be turned off); they are, unless turned off on this device. */
export function useShortcutsSetting(): readonly [isOn: boolean, set: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, readSetting);
  return [isOn, writeSetting];
}

/** Runs what belongs to a key, while nobody types and no window is open over the page. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      const act = latest.current[event.key];
      if (!act || !readSetting() || isElsewhere(event.target)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

const TYPED_IN =
  'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=alertdialog]';

function isElsewhere(target: EventTarget | null): boolean {
  const isTyping = target instanceof Element && target.closest(TYPED_IN) !== null;
  return isTyping || document.querySelector('[role=dialog], [role=alertdialog]') !== null;
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'non';
  } catch {
    // Storage that is refused leaves them on.
    return true;
  }
}

function writeSetting(isOn: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? 'oui' : 'non');
  } finally {
    dispatchEvent(new Event(CHANGED));
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener(CHANGED, listener);
  addEventListener('storage', listener);
  return () => {
    removeEventListener(CHANGED, listener);
    removeEventListener('storage', listener);
  };
}
