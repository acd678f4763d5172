import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs';
import type { BeginOptions, Responder } from './dialog-turn.js';
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
}
