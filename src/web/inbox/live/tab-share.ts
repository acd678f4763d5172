/**
 * Over HTTP/1.1 a browser opens six connections to a server at most, for all its tabs together: streams of forgotten tabs
 * would use them up, and no tab could do anything. A tab in sight always follows; of those out of sight, only so many.
 */
export interface TabShare {
  /** Call it when the tab comes into sight or leaves it. */
  change(isVisible: boolean): void;
  stop(): void;
}

export interface TabShareDependencies {
  /** The browser's locks; undefined where there are none (not over HTTPS or localhost): every tab follows. */
  readonly locks: Locks | undefined;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/** What is used of `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    run: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
}

const HIDDEN_TABS = 3;

export function createTabShare({ locks, onPause, onResume }: TabShareDependencies): TabShare {
  let isVisible = true;
  let isPaused = false;
  let release: () => void = () => undefined;

  async function takePlace(): Promise<void> {
    for (let place = 0; place < HIDDEN_TABS && locks; place++) {
      const isTaken = await tryPlace(locks, `permanence-flux-${place}`);
      if (isTaken) return;
    }
    if (!locks || isVisible) return;
    isPaused = true;
    onPause();
  }

  function tryPlace(from: Locks, name: string): Promise<boolean> {
    return new Promise((resolve) => {
      from
        .request(name, { ifAvailable: true }, (lock) => {
          const isMine = lock !== null && !isVisible;
          resolve(isMine || isVisible);
          return isMine ? held() : undefined;
        })
        .catch(() => resolve(true));
    });
  }

  /** Holds the place until it is let go. */
  function held(): Promise<void> {
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  return {
    change(isNowVisible) {
      if (isNowVisible === isVisible) return;
      isVisible = isNowVisible;
      release();
      if (!isVisible) void takePlace();
      else if (isPaused) {
        isPaused = false;
        onResume();
      }
    },
    stop: () => release(),
  };
}
