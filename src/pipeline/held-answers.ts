import type { Conversation } from '../domain/conversation.js';
import type { JsonObject } from '../domain/json.js';
import type { ReportAnswer } from '../domain/report-answers.js';
import type { Confidences } from './confidences.js';

/** Answers to a report that wait in memory for a yes. */
export interface HeldAnswers {
  /** As this turn found them. */
  readonly found: readonly ReportAnswer[] | undefined;
  /** In place of what was held before, once the turn is committed; undefined: nothing is held from then on. */
  replace(answers: readonly ReportAnswer[] | undefined): void;
  /** The state of the dialogs with the name of what is held. */
  nameIn(dialogState: JsonObject): JsonObject;
}

/**
 * The answers are among the words that are kept in memory only; the conversation's state names them. So it is the commit
 * that says what is held: a turn that is overtaken has changed nothing, one that is run again finds what it had found, or
 * what came between, and so does another process.
 */
export async function findHeld(
  { id, dialogState }: Pick<Conversation, 'id' | 'dialogState'>,
  confidences: Pick<Confidences, 'learn' | 'find' | 'keep'>,
): Promise<HeldAnswers> {
  const before = heldNameOf(dialogState);
  if (before !== undefined) await confidences.learn(before);
  const text = before === undefined ? undefined : confidences.find(before);
  let name = text === undefined ? undefined : before;
  return {
    found: text === undefined ? undefined : JSON.parse(text),
    replace(answers) {
      name = answers && confidences.keep(id, JSON.stringify(answers));
    },
    nameIn: (state) => ({ ...withoutHeld(state), ...(name !== undefined && { held: name }) }),
  };
}

/** What the dialogs themselves keep. */
export function withoutHeld({ held: _, ...state }: JsonObject): JsonObject {
  return state;
}

/** Drops what `before` names once `after` is what is stored, unless that names it as well. */
export function dropHeld(before: JsonObject, after: JsonObject, confidences: Pick<Confidences, 'drop'>): void {
  const name = heldNameOf(before);
  if (name !== undefined && name !== heldNameOf(after)) confidences.drop(name);
}

function heldNameOf({ held }: JsonObject): string | undefined {
  return typeof held === 'string' ? held : undefined;
}
