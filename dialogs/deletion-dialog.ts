import type { Answers } from '../src/domain/answers.js';
import type { Content } from '../src/domain/message.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { InterruptibleDialog, type Reply } from './interruptible-dialog.js';

export interface DeletionDependencies {
  readonly answers: Answers;
  readonly readTurn: ReadTurn;
}

/** Erases the conversation, and a report that was not sent, after one confirmation. Anything but a clear yes keeps everything, and says so. */
export class DeletionDialog extends InterruptibleDialog {
  readonly #answers: Answers;

  constructor({ answers, readTurn }: DeletionDependencies) {
    super('privacy.delete', readTurn);
    this.#answers = answers;
  }

  protected override answerAtOnce(): undefined {
    return undefined;
  }

  protected override takeNotes(): object {
    return {};
  }

  protected override question(): readonly Content[] {
    return this.#answers.render('privacy.delete.ask');
  }

  protected override questionAgain(): readonly Content[] {
    return this.#answers.render('privacy.delete.ask-again');
  }

  protected override async receive({ channel, command, effects }: DialogTurn): Promise<Reply | undefined> {
    if (command === 'dont-know') return { kind: 'said', contents: this.cancelled() };
    if (command !== 'yes' && command !== 'erase') return undefined;
    const hasDraft = (await effects.report.draft()) !== undefined;
    if (hasDraft) await effects.report.discard();
    effects.report.hold();
    const count = await effects.countMessages();
    effects.eraseHistory();
    const id = this.#answers.inChannel(hasDraft ? 'privacy.deleted.draft' : 'privacy.deleted', channel);
    return { kind: 'said', contents: this.#answers.render(id, { count: String(count) }), hasErased: true };
  }

  protected override cancelled(): readonly Content[] {
    return this.#answers.render('privacy.kept');
  }

  protected override prefaceOnLeaving(): string {
    return this.#answers.phrase('nothing-erased');
  }
}
