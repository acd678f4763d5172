import {
  Dialog,
  type DialogContext,
  type DialogInstance,
  type DialogReason,
  type DialogTurnResult,
} from 'botbuilder-dialogs';
import type { BeginOptions, DialogTurn } from './dialog-turn.js';

/** A dialog of several questions, which goes on after something else was answered in its middle. */
export abstract class ReturningDialog extends Dialog<BeginOptions> {
  /** Asks its question anew, after something else was answered. Says nothing when that was a danger. */
  abstract comeBack(dc: DialogContext, turn: DialogTurn): Promise<void>;

  /** True when `comeBack` asks something. */
  abstract hasQuestion(state: DialogInstance['state']): boolean;

  /** Takes what corrects an earlier message, and says so. False when it is to be answered as any message. */
  abstract correct(dc: DialogContext, turn: DialogTurn): Promise<boolean>;

  /** Takes what is said to the dialog above this one, when it is a part of what this one is about. It says nothing. */
  overhear?(state: DialogInstance['state'], turn: DialogTurn): Promise<void>;

  /** A dialog that was begun above this one has ended: the root dialog goes on from how it ended. */
  override async resumeDialog(_: DialogContext, __: DialogReason, result?: unknown): Promise<DialogTurnResult> {
    return { ...Dialog.EndOfTurn, result };
  }
}
