import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { BeginOptions, Responder } from './dialog-turn.js';
import type { DialogEnding } from './interruptible-dialog.js';
import { say } from './say.js';

/** Answers one kind of question in one turn. */
export class AnswerDialog extends Dialog<BeginOptions> {
  readonly #respond: Responder;

  constructor(intent: string, respond: Responder) {
    super(intent);
    this.#respond = respond;
  }

  override async beginDialog(dc: DialogContext, options?: BeginOptions): Promise<DialogTurnResult> {
    if (!options) throw new Error(`The dialog "${this.id}" begins with a turn`);
    await say(dc.context, await this.#respond(options.turn), options.turn);
    return dc.endDialog();
  }

  /** It waits for nothing: a fault has left it on the stack. The message is still to be answered. */
  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return dc.endDialog({ kind: 'left' } satisfies DialogEnding);
  }
}
