import type { TurnContext } from 'botbuilder';
import { type ActionTemplate, type Answers, foldText } from '../src/domain/answers.js';
import type { Clock } from '../src/domain/clock.js';
import { DANGER, type Danger } from '../src/domain/danger.js';
import type { Facts, Sector } from '../src/domain/facts.js';
import type { Content } from '../src/domain/message.js';
import { type Command, isCommand, type ReplyWords, type Topic } from '../src/domain/reply-words.js';
import type { ReportWords } from '../src/domain/report-words.js';
import { TURN_EFFECTS, type TurnEffects } from '../src/domain/turn-effects.js';
import {
  type Decision,
  type Entities,
  INTENTS,
  type Intent,
  type OtherLanguage,
  RECOGNITION,
  type Recognition,
} from '../src/nlu/intent-recognizer.js';
import { type AnswerSources, sourcesIn } from './report/report-sources.js';
import type { Setting } from './say.js';

/** What a dialog knows of the message that it answers. */
export interface DialogTurn extends Setting {
  /** The message's id in its channel; of a correction, that of the message that it corrects. */
  readonly id: string;
  /** Its own, of a correction too. */
  readonly ownId: string;
  readonly text: string;
  readonly now: Date;
  readonly decision: Decision;
  readonly entities: Entities;
  /** Several things asked for at once, in their order; one or none otherwise. */
  readonly requests: readonly Intent[];
  /** Set when it is written in another language than French. */
  readonly language?: OtherLanguage;
  /** The danger that it tells of; at level 2 the numbers to call have been said already. */
  readonly danger?: Danger;
  /** What « et … ? » names, perhaps nothing; absent unless the message goes on like this. */
  readonly followUp?: readonly Topic[];
  /** Set when the whole message says it, typed or by a button. */
  readonly command?: Command;
  /** True when the words are those of a button, so that nothing is left to guess. */
  readonly isButton: boolean;
  /** True when it tells what happens, in words of the resident's own. */
  readonly tellsStory: boolean;
  readonly effects: TurnEffects;
  readonly sources: AnswerSources;
  /** What the resident writes through: `directline`, `telegram` … */
  readonly channel: string;
  /** The dialog that this message interrupts, and that goes on after the answer. */
  readonly within?: string;
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
  readonly reportWords: Pick<ReportWords, 'tellsStory'>;
  readonly clock: Clock;
}

type Reading = Pick<DialogTurn, 'decision' | 'entities' | 'requests' | 'language' | 'command' | 'followUp'>;

const UNSURE: Decision = { kind: 'unsure' };
const NOTHING_READ: Reading = { decision: UNSURE, entities: {}, requests: [] };

/** Buttons come before reply words, and those before the recogniser: the surer reading wins. */
export function createTurnReader({ answers, replies, facts, reportWords, clock }: TurnReaderDependencies): ReadTurn {
  /** The names of the sectors are buttons too, and mean the same whenever they are pressed. */
  function sectorOf(text: string): Sector | undefined {
    return facts.sectors.find(({ name }) => foldText(name) === foldText(text));
  }

  /** « Le soir » says when something took place, too. */
  function readButton(text: string, recognition: Recognition | undefined): Reading | undefined {
    const meaning = answers.meaningOf(text);
    const intent = meaning && intentOf(meaning);
    if (intent) return { ...NOTHING_READ, decision: answer(intent) };
    const command = meaning && commandOf(meaning);
    const happened = recognition?.entities.happened;
    if (command) return { ...NOTHING_READ, command, entities: happened ? { happened } : {} };
    const sector = sectorOf(text);
    return sector && { ...NOTHING_READ, decision: answer('contact.email'), entities: { sector: sector.id } };
  }

  function readWords(text: string, recognition: Recognition | undefined): Reading {
    const { decision, entities, requests, language } = recognition ?? NOTHING_READ;
    const isCallback =
      requests.length < 2 && intentDecided(decision) === 'handoff.request' && replies.asksForCallback(text);
    const command = replies.commandOf(text) ?? (isCallback ? 'callback' : undefined);
    const followUp = replies.followUpOf(text);
    return {
      decision,
      entities,
      requests,
      ...(language && !command && { language }),
      ...(command && { command }),
      ...(followUp && { followUp }),
    };
  }

  /** Whatever else a message says, a danger under way is what it is about. */
  function readDanger(recognition: Recognition | undefined): Reading {
    const language = recognition?.language;
    return { ...NOTHING_READ, decision: answer('emergency'), ...(language && { language }) };
  }

  return (context) => {
    const text = context.activity.text ?? '';
    const recognition: Recognition | undefined = context.turnState.get(RECOGNITION);
    const danger: Danger | undefined = context.turnState.get(DANGER);
    const effects: TurnEffects = context.turnState.get(TURN_EFFECTS);
    const channel = context.activity.channelId ?? '';
    const ownId = context.activity.id ?? '';
    const id = effects.corrects?.externalId ?? ownId;
    const told = {
      id,
      ownId,
      text,
      now: clock(),
      effects,
      sources: sourcesIn(context),
      channel,
      ...(danger && { danger }),
    };
    const tellsStory = reportWords.tellsStory(text);
    if (danger?.level === 2) return { ...told, ...readDanger(recognition), isButton: false, tellsStory };
    const button = readButton(text, recognition);
    const isButton = button !== undefined;
    return { ...told, ...(button ?? readWords(text, recognition)), isButton, tellsStory: tellsStory && !isButton };
  };
}

/** A decision without a doubt. */
export function answer(intent: Intent): Decision {
  return { kind: 'answer', intent };
}

function intentDecided(decision: Decision): Intent | undefined {
  return decision.kind === 'answer' ? decision.intent : undefined;
}

/** True when it tells of a danger under way, or asks about one. */
export function isOfDanger({ danger, decision }: DialogTurn): boolean {
  return danger?.level === 2 || intentDecided(decision) === 'emergency';
}

export function isOneOf({ command }: Pick<DialogTurn, 'command'>, commands: readonly Command[]): boolean {
  return command !== undefined && commands.includes(command);
}

function commandOf(meaning: ActionTemplate['meaning']): Command | undefined {
  return 'command' in meaning && isCommand(meaning.command) ? meaning.command : undefined;
}

function intentOf(meaning: ActionTemplate['meaning']): Intent | undefined {
  return 'intent' in meaning ? INTENTS.find((intent) => intent === meaning.intent) : undefined;
}
