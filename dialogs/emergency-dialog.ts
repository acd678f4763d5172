import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import type { Answers } from '../src/domain/answers.js';
import {
  createEmergencyAnswer,
  createEmergencyFollowUp,
  type EmergencyFollowUp,
} from '../src/domain/emergency-answer.js';
import type { EmergencyKind, Facts } from '../src/domain/facts.js';
import type { Content } from '../src/domain/message.js';
import type { Command, ReplyWords, Situation } from '../src/domain/reply-words.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { InterruptibleDialog, type Reply } from './interruptible-dialog.js';
import { ReturningDialog } from './returning-dialog.js';
import type { Wording } from './wording.js';

export interface EmergencyDependencies {
  readonly answers: Answers;
  readonly facts: Facts;
  readonly replies: ReplyWords;
  readonly wording: Wording;
  readonly readTurn: ReadTurn;
}

interface Told {
  readonly kinds: readonly EmergencyKind[];
}

/** The buttons of the two questions: they mean the same whenever they are pressed. */
const SITUATION_OF: Readonly<Partial<Record<Command, Situation>>> = {
  happening: 'happening',
  over: 'over',
  safe: 'safe',
  unsafe: 'unsafe',
};

/**
 * After the numbers for a danger: « Est-ce en train de se passer ? », or whether they are safe when somebody thinks of
 * dying. The numbers themselves come before any dialog; here they are said only when nothing else has said them.
 */
export class EmergencyDialog extends InterruptibleDialog<Told> {
  readonly #deps: EmergencyDependencies;
  readonly #followUp: EmergencyFollowUp;

  constructor(deps: EmergencyDependencies) {
    super('emergency', deps.readTurn);
    this.#deps = deps;
    this.#followUp = createEmergencyFollowUp(deps);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    await this.#letOverhear(dc);
    return super.continueDialog(dc);
  }

  /** What is told of the danger goes with what it interrupted. */
  async #letOverhear(dc: DialogContext): Promise<void> {
    for (const { id, state } of dc.stack) {
      const dialog = dc.findDialog(id);
      if (dialog instanceof ReturningDialog) await dialog.overhear?.(state, this.#deps.readTurn(dc.context));
    }
  }

  /** A button of an earlier question, of which nothing else is known any more. */
  protected override answerAtOnce({ command, channel }: DialogTurn): readonly Content[] | undefined {
    const situation = command && SITUATION_OF[command];
    const kinds: readonly EmergencyKind[] = situation === 'happening' || situation === 'over' ? [] : ['suicide'];
    return situation && this.#answer(situation, kinds, channel);
  }

  /** A second danger adds to the first. */
  protected override takeNotes({ danger }: DialogTurn, before?: Told): Told {
    return { kinds: [...new Set([...(before?.kinds ?? []), ...(danger?.kinds ?? [])])] };
  }

  protected override question({ kinds }: Told, { channel, danger }: DialogTurn): readonly Content[] {
    const question = this.#deps.answers.render(isOfSuicide(kinds) ? 'emergency.ask.safety' : 'emergency.ask');
    if (danger?.level === 2) return question;
    return [...createEmergencyAnswer(this.#deps)({ kinds, level: 2 }, channel), ...question];
  }

  protected override questionAgain({ kinds }: Told): readonly Content[] {
    const id = isOfSuicide(kinds) ? 'emergency.ask.safety.again' : 'emergency.ask.again';
    return this.#deps.answers.render(id, this.#deps.wording.numbers());
  }

  protected override async receive(turn: DialogTurn, { kinds }: Told): Promise<Reply | undefined> {
    if (turn.danger?.level === 2) return undefined;
    if (turn.command === 'dont-know') return { kind: 'said', contents: this.#followUp.doubtful(kinds) };
    const situation = this.#situationOf(turn, kinds);
    return situation && { kind: 'said', contents: this.#answer(situation, kinds, turn.channel) };
  }

  protected override cancelled(): readonly Content[] {
    return this.#deps.answers.render('emergency.left', this.#deps.wording.numbers());
  }

  #situationOf({ command, decision, text }: DialogTurn, kinds: readonly EmergencyKind[]): Situation | undefined {
    if (command === 'yes') return isOfSuicide(kinds) ? 'safe' : 'happening';
    if (command === 'no') return isOfSuicide(kinds) ? 'unsafe' : 'over';
    const told = (command && SITUATION_OF[command]) ?? this.#deps.replies.situationOf(text);
    if (told || decision.kind === 'answer' || isOfSuicide(kinds)) return told;
    // « oui il casse tout »: to take it for a danger costs nothing. « non mais … » may mean anything.
    const [first = ''] = text.trim().split(/[\s,.]/);
    return this.#deps.replies.commandOf(first) === 'yes' ? 'happening' : undefined;
  }

  #answer(situation: Situation, kinds: readonly EmergencyKind[], channel: string): readonly Content[] {
    const isUrgent = situation === 'happening' || situation === 'unsafe';
    return isUrgent ? this.#followUp.happening(kinds, channel) : this.#followUp.over(kinds, channel);
  }
}

function isOfSuicide(kinds: readonly EmergencyKind[]): boolean {
  return kinds.includes('suicide');
}
