const PATIENCE_MS = 10_000;

/** Waits until something outside of the page's reach has come true: the policy forbids scripts that ask again and again. */
export async function soon(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('It has not come true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
