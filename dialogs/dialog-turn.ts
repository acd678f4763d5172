import type { TurnContext } from 'botbuilder';
import type { ActionTemplate, Answers } from '../src/domain/answers.js';
import type { Clock } from '../src/domain/clock.js';
import type { Content } from '../src/domain/message.js';
import { type Command, isCommand, type ReplyWords } from '../src/domain/reply-words.js';
import { TURN_EFFECTS, type TurnEffects } from '../src/domain/turn-effects.js';
import {
  type Decision,
  type Entities,
  INTENTS,
  type Intent,
  RECOGNITION,
  type Recognition,
} from '../src/nlu/intent-recognizer.js';

/** What a dialog knows of the message that it answers. */
export interface DialogTurn {
  readonly text: string;
  readonly now: Date;
  readonly decision: Decision;
  readonly entities: Entities;
  /** Set when the whole message says it, typed or by a button. */
  readonly command?: Command;
  /** True when the words are those of a button, so that nothing is left to guess. */
  readonly isButton: boolean;
  readonly effects: TurnEffects;
  /** What the dialog that was just left has to say about it. */
  readonly preface?: string;
}

export type ReadTurn = (context: TurnContext) => DialogTurn;

/** Given to every dialog that begins. It is not stored. */
export interface BeginOptions {
  readonly turn: DialogTurn;
}

/** Makes the answer to a turn, at most three bubbles. */
export type Responder = (turn: DialogTurn) => readonly Content[] | Promise<readonly Content[]>;

export interface TurnReaderDependencies {
  readonly answers: Answers;
  readonly replies: ReplyWords;
  readonly clock: Clock;
}

/** Buttons come before reply words, and those before the recogniser: the surer reading wins. */
export function createTurnReader({ answers, replies, clock }: TurnReaderDependencies): ReadTurn {
  return (context) => {
    const text = context.activity.text ?? '';
    const meaning = answers.meaningOf(text);
    const recognition: Recognition | undefined = context.turnState.get(RECOGNITION);
    const effects: TurnEffects = context.turnState.get(TURN_EFFECTS);
    const command = meaning ? commandOf(meaning) : replies.commandOf(text);
    const pressed = meaning && intentOf(meaning);
    return {
      text,
      now: clock(),
      decision: pressed ? answer(pressed) : (recognition?.decision ?? { kind: 'unsure' }),
      entities: pressed ? {} : (recognition?.entities ?? {}),
      ...(command && { command }),
      isButton: meaning !== undefined,
      effects,
    };
  };
}

/** A decision without a doubt. */
export function answer(intent: Intent): Decision {
  return { kind: 'answer', intent };
}

function commandOf(meaning: ActionTemplate['meaning']): Command | undefined {
  return 'command' in meaning && isCommand(meaning.command) ? meaning.command : undefined;
}

function intentOf(meaning: ActionTemplate['meaning']): Intent | undefined {
  return 'intent' in meaning ? INTENTS.find((intent) => intent === meaning.intent) : undefined;
}
