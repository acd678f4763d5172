import type { TurnContext } from 'botbuilder';
import { type ActionTemplate, type Answers, foldText } from '../src/domain/answers.js';
import type { Clock } from '../src/domain/clock.js';
import type { Facts, Sector } from '../src/domain/facts.js';
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
  readonly facts: Facts;
  readonly clock: Clock;
}

type Reading = Pick<DialogTurn, 'decision' | 'entities' | 'command'>;

const UNSURE: Decision = { kind: 'unsure' };

/** Buttons come before reply words, and those before the recogniser: the surer reading wins. */
export function createTurnReader({ answers, replies, facts, clock }: TurnReaderDependencies): ReadTurn {
  /** The names of the sectors are buttons too, and mean the same whenever they are pressed. */
  function sectorOf(text: string): Sector | undefined {
    return facts.sectors.find(({ name }) => foldText(name) === foldText(text));
  }

  function readButton(text: string): Reading | undefined {
    const meaning = answers.meaningOf(text);
    const intent = meaning && intentOf(meaning);
    if (intent) return { decision: answer(intent), entities: {} };
    const command = meaning && commandOf(meaning);
    if (command) return { decision: UNSURE, entities: {}, command };
    const sector = sectorOf(text);
    return sector && { decision: answer('contact.email'), entities: { sector: sector.id } };
  }

  function readWords(text: string, recognition: Recognition | undefined): Reading {
    const command = replies.commandOf(text);
    const { decision, entities } = recognition ?? { decision: UNSURE, entities: {} };
    return { decision, entities, ...(command && { command }) };
  }

  return (context) => {
    const text = context.activity.text ?? '';
    const button = readButton(text);
    const reading = button ?? readWords(text, context.turnState.get(RECOGNITION));
    const effects: TurnEffects = context.turnState.get(TURN_EFFECTS);
    return { text, now: clock(), ...reading, isButton: button !== undefined, effects };
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
