/** Tells waiting tests that something may have changed. */
export interface Signal {
  tell(): void;
  /**
   * Resolves with the first value that is not undefined, looked for now and after each change.
   * @throws after `limitMs`, with `describe()`.
   */
  until<T>(look: () => T | undefined, limitMs: number, describe: () => string): Promise<T>;
}

export function createSignal(): Signal {
  const waiting = new Set<() => void>();
  return {
    tell() {
      for (const look of [...waiting]) look();
    },
    until: (look, limitMs, describe) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(again);
          reject(new Error(`not within ${limitMs} ms: ${describe()}`));
        }, limitMs);
        const again = (): void => {
          const found = look();
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(again);
          resolve(found);
        };
        waiting.add(again);
        again();
      }),
  };
}
