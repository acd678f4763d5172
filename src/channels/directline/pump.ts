/**
 * Returns a wake-up. It runs `step` until that resolves to false (nothing is left), once more for every wake-up that
 * came meanwhile, and never twice at once. A fault goes to `onFault` and ends the run.
 */
export function createPump(step: () => Promise<boolean>, onFault: (error: unknown) => void): () => void {
  let isWanted = false;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        if (await step()) isWanted = true;
      }
    } catch (error) {
      onFault(error);
    } finally {
      isRunning = false;
    }
  }

  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
