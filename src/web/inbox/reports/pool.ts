/**
 * Does something with each item, a few at a time, in their order. Ends early, without a word, once `signal` is aborted.
 * @throws whatever `run` throws first; nothing new is begun after it.
 */
export async function forEachOf<Item>(
  items: readonly Item[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (const item of rest) {
      if (signal.aborted || hasFailed) return;
      await run(item).catch((fault: unknown) => {
        hasFailed = true;
        throw fault;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
}
