import type { DialogTurn } from '../dialog-turn.js';
import { asksSomethingElse } from '../interruptible-dialog.js';

/** Groups of letters and digits, or one long group. */
const CODE_LIKE = /(?:[0-9a-z]{4,6}[\s._–—-]+){3,}[0-9a-z*~$=]{1,6}|[0-9a-z]{16,24}/giu;

/** The text that waits for the code, or for a yes. */
export function heldText({ effects }: DialogTurn): string | undefined {
  const [held] = effects.report.held() ?? [];
  return held && 'text' in held ? held.text : undefined;
}

export function isAskedAnew({ decision }: DialogTurn): boolean {
  return decision.kind === 'answer' && decision.intent === 'report.status';
}

export function isForElsewhere(turn: DialogTurn): boolean {
  return turn.language !== undefined || asksSomethingElse(turn);
}

/** Whether a code is mistyped or unknown, the answer is the same. */
export function looksLikeCode(text: string): boolean {
  return Array.from(text.matchAll(CODE_LIKE)).some(([found]) => /\d/.test(found));
}
