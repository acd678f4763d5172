/** Runs one thing after another. Undefined when too many wait already. */
export type OneByOne = <Result>(run: () => Promise<Result>) => Promise<Result | undefined>;

export function createOneByOne(most: number): OneByOne {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return async (run) => {
    if (waiting >= most) return undefined;
    waiting += 1;
    const result = last.then(run).finally(() => {
      waiting -= 1;
    });
    // Told to its caller; the next one runs all the same.
    last = result.catch(() => undefined);
    return result;
  };
}
