/** Runs an action while no other tab runs one. */
export type Alone = <Result>(action: () => Promise<Result>) => Promise<Result>;

/** Tabs may live in processes of their own: what one stores reaches the other a moment after the lock does. */
const STORED_VALUES_ARRIVE_MS = 500;

/**
 * By Web Locks. Browsers give them to secure pages only; elsewhere two tabs opened in one instant may begin two
 * conversations.
 * @param name tells servers apart on one site.
 * @param isKnown whether this tab sees what another one would have stored.
 */
export function oneTabAtATime(name: string, isKnown: () => boolean): Alone {
  const { locks } = navigator;
  if (!locks) return (action) => action();
  return async <Result>(action: () => Promise<Result>): Promise<Result> => {
    const free: { result: Result } | undefined = await locks.request(name, { ifAvailable: true }, async (lock) =>
      lock ? { result: await action() } : undefined,
    );
    if (free) return free.result;
    return (await locks.request(name, async () => {
      await storedValues(isKnown);
      return action();
    })) as Result;
  };
}

/** Resolves once the values are known, or when none has come. */
function storedValues(isKnown: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isKnown()) return resolve();
    const look = (): void => {
      if (isKnown()) finish();
    };
    const finish = (): void => {
      clearTimeout(timer);
      removeEventListener('storage', look);
      resolve();
    };
    const timer = setTimeout(finish, STORED_VALUES_ARRIVE_MS);
    addEventListener('storage', look);
  });
}
