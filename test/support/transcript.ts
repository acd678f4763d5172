import { expect } from '@jest/globals';
import { createRootDialog, type DialogDependencies } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadDateWords } from '../../src/content/load-date-words.js';
import { loadFacts } from '../../src/content/load-facts.js';
import { loadOtherLanguages } from '../../src/content/load-other-languages.js';
import { loadReplies } from '../../src/content/load-replies.js';
import { createAnswers } from '../../src/domain/answers.js';
import type { ConversationStatus } from '../../src/domain/conversation.js';
import type { Danger } from '../../src/domain/danger.js';
import type { DeskWords } from '../../src/domain/desk-words.js';
import { createEmergencyAnswer } from '../../src/domain/emergency-answer.js';
import type { EmergencyKind, Facts, Permanence } from '../../src/domain/facts.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Content } from '../../src/domain/message.js';
import { createSchedules } from '../../src/domain/permanence-schedule.js';
import type { Decision, Entities, Intent, OtherLanguage, Recognition } from '../../src/nlu/intent-recognizer.js';
import { arrangeReplies } from '../../src/pipeline/arrange-replies.js';
import { compose, type Turn } from '../../src/pipeline/compose.js';
import { gateHandoff } from '../../src/pipeline/gate-handoff.js';
import { guardEmergency } from '../../src/pipeline/guard-emergency.js';
import { recognise } from '../../src/pipeline/recognise.js';
import { runDialogs } from '../../src/pipeline/run-dialogs.js';
import { startTurn } from '../../src/pipeline/turn-draft.js';
import { buildConversation } from './build-conversation.js';

const NO_WORDS: DeskWords = {
  taken: () => [],
  givenBack: () => [],
  closed: () => [],
  transferred: () => [],
  lostHold: () => [],
  nobodyCame: () => [],
};

const CORPUS = new URL('../../corpus/fr/', import.meta.url);

/** Tuesday 24 November 2026, 10:00 in Paris. */
export const TUESDAY_MORNING = new Date('2026-11-24T09:00:00Z');

/** What the scripted recogniser makes of a resident's words; unsure unless told. */
export interface Understood {
  readonly intent?: Intent;
  readonly between?: readonly [Intent, Intent];
  /** One day, or the first and the last of several. */
  readonly on?: string | readonly [string, string];
  readonly sector?: Entities['sector'];
  /** Several things asked for at once. */
  readonly both?: readonly [Intent, Intent];
  readonly language?: OtherLanguage;
  /** The level of a danger, then its kinds. */
  readonly danger?: readonly [1 | 2, ...EmergencyKind[]];
}

/**
 * One line of a transcript. `boutons` and `carte` are of the bubble above them: titles, and the card with its links, all
 * separated by ` · `.
 */
export type Line =
  | readonly ['résident', string, (Intent | Understood)?]
  | readonly ['robot' | 'boutons' | 'carte', string];

export interface Chat {
  /** The lines with which the dialogs answer these words. */
  say(text: string, understood?: Intent | Understood): Promise<readonly Line[]>;
  /** What is stored between two turns. */
  state: unknown;
  /** How many times the history was erased. */
  readonly erasures: () => number;
  now: Date;
  /** Who holds the conversation. */
  status: ConversationStatus;
}

export interface ChatOptions {
  readonly now?: Date;
  readonly facts?: Partial<Facts>;
  readonly operator?: string;
  readonly status?: ConversationStatus;
}

/** A conversation with the real steps, dialogs and data, with a scripted recogniser and a fixed clock. */
export function openChat(options: ChatOptions = {}): Chat {
  const { now = TUESDAY_MORNING, status = 'bot' } = options;
  let stored = 1;
  let erasures = 0;
  let recognition = toRecognition();
  let danger: Danger | undefined;
  const chat: Chat = { say, state: undefined, erasures: () => erasures, now, status };
  const deps = buildDependencies(options, () => chat.now);
  const runSteps = compose([
    guardEmergency({ assess: async () => danger }, createEmergencyAnswer(deps)),
    gateHandoff({ isLeaving: (text) => deps.replies.commandOf(text) === 'menu', words: NO_WORDS }),
    recognise({ recognise: async () => recognition }),
    runDialogs(createRootDialog(deps), {
      store: { countMessages: async () => stored },
      outlook: async () => ({ available: 0, hours: 'unknown', position: 1 }),
      words: NO_WORDS,
    }),
  ]);

  async function say(text: string, understood?: Intent | Understood): Promise<readonly Line[]> {
    recognition = toRecognition(understood);
    danger = toDanger(understood);
    const turn = begin(chat, text);
    await runSteps(turn);
    const { draft } = turn;
    chat.state = draft.dialogState.dialogs;
    const replies = arrangeReplies(draft);
    const isErased = draft.erasedMessages !== undefined;
    if (isErased) erasures += 1;
    stored = (isErased ? 0 : stored) + 1 + replies.length;
    return replies.flatMap(toLines);
  }

  return chat;
}

/** The state goes through JSON between two turns, as it does through storage. */
function begin({ state, now, status }: Chat, text: string): Turn {
  const dialogState: JsonObject = state === undefined ? {} : JSON.parse(JSON.stringify({ dialogs: state }));
  return startTurn(buildConversation({ id: 'c1', status, dialogState }), { externalId: 'm1', text }, now);
}

export const FACTS: Facts = loadFacts(CORPUS);
const WORDS = {
  answers: createAnswers(loadAnswers(CORPUS)),
  dates: loadDateWords(CORPUS),
  replies: loadReplies(CORPUS),
  otherLanguages: loadOtherLanguages(CORPUS),
};

function buildDependencies({ facts, operator }: ChatOptions, clock: () => Date): DialogDependencies {
  const allFacts = { ...FACTS, ...facts };
  return {
    ...WORDS,
    facts: allFacts,
    schedules: createSchedules(allFacts.permanences),
    clock,
    publicPaths: { privacy: '/confidentialite' },
    retentionDays: 90,
    operator,
  };
}

/** The facts with another permanence of the delegates. */
export function withDelegates(change: Partial<Permanence>): Partial<Facts> {
  return { permanences: FACTS.permanences.map((one) => (one.id === 'delegates' ? { ...one, ...change } : one)) };
}

/** Fails unless the robot says exactly what the transcript says. */
export async function expectTranscript(options: ChatOptions, lines: readonly Line[]): Promise<void> {
  expect(await play(openChat(options), lines)).toEqual(lines);
}

/**
 * Plays the resident's lines of a transcript and gives the whole of it, as it really went. Cards and buttons are given
 * when the transcript shows any.
 */
export async function play(chat: Chat, lines: readonly Line[]): Promise<readonly Line[]> {
  const shown = new Set(['résident', 'robot', ...lines.map(([kind]) => kind)]);
  const played: Line[] = [];
  for (const line of lines) {
    if (line[0] !== 'résident') continue;
    played.push(line, ...(await chat.say(line[1], line[2])));
  }
  return played.filter(([kind]) => shown.has(kind));
}

function toRecognition(understood: Intent | Understood = {}): Recognition {
  const { intent, between, on, sector, both, language } = inFull(understood);
  const days = typeof on === 'string' ? ([on, on] as const) : on;
  const decision: Decision = intent
    ? { kind: 'answer', intent }
    : between
      ? { kind: 'disambiguate', intents: between }
      : { kind: 'unsure' };
  const entities: Entities = {
    ...(sector && { sector }),
    ...(days && { dates: { from: days[0], to: days[1] } }),
  };
  return { decision, ranking: [], entities, requests: both ?? (intent ? [intent] : []), ...(language && { language }) };
}

function toDanger(understood: Intent | Understood = {}): Danger | undefined {
  const { danger } = inFull(understood);
  if (!danger) return undefined;
  const [level, ...kinds] = danger;
  return { level, kinds };
}

function inFull(understood: Intent | Understood): Understood {
  return typeof understood === 'string' ? { intent: understood } : understood;
}

function toLines(content: Content): Line[] {
  if (content.kind !== 'text') throw new Error(`The bot only says texts, not "${content.kind}"`);
  const { text, card, actions = [] } = content;
  const links = card?.links.map(({ title, url }) => `${title} → ${url}`) ?? [];
  // No-break spaces are told from others in the unit tests of dates, and would make transcripts hard to write.
  const lines: [Line[0], string | undefined][] = [
    ['robot', text],
    ['carte', card && [card.title, card.text, ...links].filter(Boolean).join(' · ')],
    ['boutons', actions.map(({ title }) => title).join(' · ')],
  ];
  return lines.flatMap(([kind, words]): Line[] => (words ? [[kind, words.replaceAll('\u00a0', ' ')]] : []));
}
