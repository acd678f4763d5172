const LOCK = 'permanence-alarm';
const SIGNS_OF_LIFE = ['pointerdown', 'keydown'] as const;

/**
 * One page of a browser rings, and not each tab: the one that was touched last. Where the browser has no locks, all do.
 * Returns how to give up.
 */
export function lead(onChange: (isLeading: boolean) => void): () => void {
  if (!('locks' in navigator)) return () => undefined;
  const abort = new AbortController();
  let isLeading = false;
  let release: () => void = () => undefined;

  function hold(): Promise<void> {
    isLeading = true;
    onChange(true);
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  async function request(options: LockOptions): Promise<void> {
    try {
      await navigator.locks.request(LOCK, options, hold);
    } catch {
      // Another tab has taken it (or this one has gone): wait for it to be free again.
      isLeading = false;
      if (abort.signal.aborted) return;
      onChange(false);
      await request({ signal: abort.signal });
    }
  }

  const onLife = () => {
    if (!isLeading) void request({ steal: true });
  };
  onChange(false);
  void request({ signal: abort.signal });
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, onLife, { capture: true, passive: true });
  return () => {
    for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, onLife, { capture: true });
    abort.abort();
    release();
  };
}
