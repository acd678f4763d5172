/** Runs one thing after another. Undefined when too many wait already, or what waits weighs too much with it. */
export type OneByOne = <Result>(run: () => Promise<Result>, weight: number) => Promise<Result | undefined>;

/** @param most of what waits, the one that is run included. */
export function createOneByOne(most: { readonly count: number; readonly weight: number }): OneByOne {
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  let weightOfAll = 0;

  return async (run, weight) => {
    if (count >= most.count || weightOfAll + weight > most.weight) return undefined;
    count += 1;
    weightOfAll += weight;
    const result = last.then(run).finally(() => {
      count -= 1;
      weightOfAll -= weight;
    });
    // Told to its caller; the next one runs all the same.
    last = result.catch(() => undefined);
    return result;
  };
}
