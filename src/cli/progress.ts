import type { Progress } from '../storage/transfer/ports.js';

/** Where progress is shown: a terminal, or a log. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;
/** How often the bar moves, and at which steps lines are printed where there is no terminal. */
const REDRAW_MS = 100;
const LINE_EVERY_PERCENT = 25;

/** A bar that is drawn over itself on a terminal, a line now and then elsewhere. */
export function createProgress(output: ProgressOutput, now: () => number = () => performance.now()): Progress {
  let title = '';
  let total = 0;
  let percent = 0;
  let shownPercent = 0;
  let shownAt = 0;

  function showBar(): void {
    if (now() - shownAt < REDRAW_MS && percent < 100) return;
    shownAt = now();
    const filled = Math.round((percent / 100) * BAR_WIDTH);
    output.write(`\r${title}  ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}  ${percent} % `);
  }

  function showLine(): void {
    if (percent < shownPercent + LINE_EVERY_PERCENT) return;
    shownPercent = percent - (percent % LINE_EVERY_PERCENT);
    output.write(`${title} : ${shownPercent} %\n`);
  }

  const show = output.isTTY ? showBar : showLine;

  return {
    begin(what, expected) {
      title = what;
      total = expected;
      percent = 0;
      shownPercent = 0;
      shownAt = Number.NEGATIVE_INFINITY;
      if (output.isTTY) show();
    },
    reach(done) {
      // The last step is shown by `end`: what was expected may be a little off.
      const reached = total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100));
      if (reached === percent) return;
      percent = reached;
      show();
    },
    end() {
      percent = 100;
      show();
      if (output.isTTY) output.write('\n');
    },
  };
}
