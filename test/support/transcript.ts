import { expect } from '@jest/globals';
import { createRootDialog, type DialogDependencies } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadDateWords } from '../../src/content/load-date-words.js';
import { loadFacts } from '../../src/content/load-facts.js';
import { loadOtherLanguages } from '../../src/content/load-other-languages.js';
import { loadReplies } from '../../src/content/load-replies.js';
import { loadReportWords } from '../../src/content/load-report.js';
import { createAnswers } from '../../src/domain/answers.js';
import type { Conversation, ConversationStatus } from '../../src/domain/conversation.js';
import type { Danger } from '../../src/domain/danger.js';
import { type CallbackRequest, type DeskState, NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import type { DeskWords } from '../../src/domain/desk-words.js';
import { createEmergencyAnswer } from '../../src/domain/emergency-answer.js';
import type { EnclosedKind } from '../../src/domain/enclosed-words.js';
import type { EmergencyKind, Facts, Permanence } from '../../src/domain/facts.js';
import type { HandoffOutlook } from '../../src/domain/handoff-outlook.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Content, Message, Position } from '../../src/domain/message.js';
import { createSchedules } from '../../src/domain/permanence-schedule.js';
import type { Nlu } from '../../src/nlu/create-nlu.js';
import { createEntityFinder } from '../../src/nlu/entities.js';
import type { Decision, Entities, Intent, OtherLanguage, Recognition } from '../../src/nlu/intent-recognizer.js';
import { loadLexicons } from '../../src/nlu/load-lexicons.js';
import { createNormaliser } from '../../src/nlu/normalise.js';
import { answerEnclosed } from '../../src/pipeline/answer-enclosed.js';
import { arrangeReplies } from '../../src/pipeline/arrange-replies.js';
import { compose, type Turn } from '../../src/pipeline/compose.js';
import { gateHandoff } from '../../src/pipeline/gate-handoff.js';
import { guardEmergency } from '../../src/pipeline/guard-emergency.js';
import { recognise } from '../../src/pipeline/recognise.js';
import { recordInbound } from '../../src/pipeline/record-inbound.js';
import type { ReportServices } from '../../src/pipeline/report-effects.js';
import { createReveal } from '../../src/pipeline/reveal.js';
import { runDialogs } from '../../src/pipeline/run-dialogs.js';
import type { Inbound } from '../../src/pipeline/turn.js';
import { startTurn } from '../../src/pipeline/turn-draft.js';
import { buildConversation } from './build-conversation.js';
import { buildSecrets } from './report-fakes.js';
import { createReportShelf, type ReportShelf } from './report-shelf.js';

const CORPUS = new URL('../../corpus/fr/', import.meta.url);

/** Tuesday 24 November 2026, 10:00 in Paris. */
export const TUESDAY_MORNING = new Date('2026-11-24T09:00:00Z');

/** What the scripted recogniser makes of a resident's words; unsure unless told. */
export interface Understood {
  readonly intent?: Intent;
  readonly between?: readonly [Intent, Intent];
  /** One day, or the first and the last of several. */
  readonly on?: string | readonly [string, string];
  /** The hour or part of the day named. */
  readonly time?: readonly [string, string];
  readonly sector?: Entities['sector'];
  /** Several things asked for at once. */
  readonly both?: readonly [Intent, Intent];
  readonly language?: OtherLanguage;
  /** The level of a danger, then its kinds. */
  readonly danger?: readonly [1 | 2, ...EmergencyKind[]];
  /** Not of the words: which of the resident's messages this one corrects; the first is 1. */
  readonly corrects?: number;
  /** A place that is shared with it. */
  readonly position?: Position;
  /** Something else that is sent. */
  readonly enclosed?: EnclosedKind;
}

/**
 * One line of a transcript. `boutons` and `carte` are of the bubble above them: titles, and the card with its links, all
 * separated by ` · `.
 */
/** What happens between two messages: so many minutes go by, or one of these. */
export type Meanwhile = `${number} minutes` | keyof typeof HAPPENING;

export type Line =
  | readonly ['entre-temps', Meanwhile]
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
  /** Who holds the conversation; it changes with what the dialogs bring about. */
  status: ConversationStatus;
  /** What residents are told of the desk from now on. */
  outlook: HandoffOutlook;
  /** What was left for the delegates, the last one last. */
  readonly callbacks: () => readonly CallbackRequest[];
  /** Reports, and what became of them. */
  readonly reports: ReportShelf;
  /** All that is stored: what was said by both, as a delegate reads it, and the state of the dialogs. */
  readonly stored: () => string;
  /** Somebody else than the assistant says something. */
  interject(): void;
  /** The process is a new one: what it remembered is gone. */
  restart(): void;
}

export interface ChatOptions {
  readonly now?: Date;
  readonly facts?: Partial<Facts>;
  readonly operator?: string;
  readonly status?: ConversationStatus;
  /** One delegate is there, and nobody else waits, unless told. */
  readonly outlook?: Partial<HandoffOutlook>;
  /** True when the delegates take the conversation no more. */
  readonly isBlocked?: boolean;
  /** In place of what is scripted: the words are really read. */
  readonly nlu?: Nlu;
  /** In place of reports that are kept in memory. */
  readonly reports?: ReportServices;
  readonly channel?: Conversation['channel'];
  /** Where this service is on the web. */
  readonly home?: string;
}

export const SOMEBODY_THERE: HandoffOutlook = { available: 1, hours: 'open', position: 1 };
const SILENT = () => [];

/** What the desk says by itself is told from what the dialogs say: it is left out here. */
export const NO_WORDS: DeskWords = {
  taken: SILENT,
  givenBack: SILENT,
  closed: SILENT,
  transferred: SILENT,
  lostHold: SILENT,
  nobodyCame: SILENT,
};

/** A conversation with the real steps, dialogs and data, with a scripted recogniser and a fixed clock. */
export function openChat(options: ChatOptions = {}): Chat {
  const { now = TUESDAY_MORNING, status = 'bot' } = options;
  let stored = 1;
  let erasures = 0;
  let desk = deskOf(options, now);
  let recognition = toRecognition();
  let danger: Danger | undefined;
  let lastSaidAt = now;
  let messages = 0;
  /** What the turn before left beside the state of the dialogs. */
  let beside: JsonObject = {};
  const transcript: Content[] = [];
  const originals: Message[] = [];
  const clock = (): Date => chat.now;
  const shelf = createReportShelf(clock);
  const secrets = { ...buildSecrets(clock), reports: options.reports ?? shelf.services };
  const reveal = createReveal({ ...secrets, ...secrets.reports.intake, words: secrets.concealed });
  const chat: Chat = {
    say,
    state: undefined,
    erasures: () => erasures,
    now,
    status,
    outlook: { ...SOMEBODY_THERE, ...options.outlook },
    callbacks: () => desk.callbacks,
    reports: shelf,
    stored: () => JSON.stringify([transcript, chat.state]),
    interject() {
      lastSaidAt = chat.now;
    },
    restart() {
      shelf.restart();
      secrets.confidences.clear();
    },
  };
  const deps = buildDialogDependencies(options, clock);
  const dialogs = createRootDialog(deps);
  const effects = {
    store: { countMessages: async () => stored },
    outlook: async () => chat.outlook,
    words: NO_WORDS,
    ...secrets,
  };
  const runSteps = compose([
    recordInbound({ ...secrets, isConfidential: (state) => dialogs.isConfidential(state) }),
    guardEmergency({ assess: async () => danger }, createEmergencyAnswer(deps)),
    gateHandoff({ isLeaving: (text) => WORDS.replies.commandOf(text) === 'menu', words: NO_WORDS }),
    answerEnclosed(secrets.enclosed, dialogs),
    recognise({ recognise: async () => recognition }),
    runDialogs(dialogs, effects),
  ]);

  async function say(text: string, understood: Intent | Understood = {}): Promise<readonly Line[]> {
    messages += 1;
    const { nlu } = options;
    const isButton = WORDS.answers.meaningOf(text) !== undefined;
    recognition = nlu
      ? await nlu.recognizer.recognise(text, chat.now)
      : withEntities(toRecognition(understood), text, chat.now);
    danger = nlu && !isButton ? await nlu.emergency.assess(text) : toDanger(understood);
    const conversation = {
      ...conversationOf(chat, desk, beside),
      lastMessageAt: lastSaidAt,
      channel: options.channel ?? 'directline',
    };
    const turn = startTurn(conversation, inboundOf(text, inFull(understood)), chat.now);
    correct(turn, inFull(understood));
    await runSteps(turn);
    const { draft } = turn;
    if (!turn.correction && draft.inbound) originals.push(draft.inbound);
    const { dialogs: state, ...others } = draft.dialogState;
    chat.state = state;
    beside = others;
    chat.status = draft.status;
    desk = draft.desk;
    const replies = arrangeReplies(draft);
    const isErased = draft.erasedMessages !== undefined;
    if (isErased) erasures += 1;
    stored = (isErased ? 0 : stored) + 1 + replies.length;
    lastSaidAt = chat.now;
    if (draft.inbound) transcript.push(draft.inbound.content, ...replies);
    return (await Promise.all(replies.map((content) => shown(content)))).flatMap(toLines);
  }

  function inboundOf(text: string, { corrects, position, enclosed }: Understood): Inbound {
    const externalId = corrects === undefined ? `m${messages}` : `e${messages}`;
    return { externalId, text, ...(position && { position }), ...(enclosed && { enclosed: { kind: enclosed } }) };
  }

  function correct(turn: Turn, { corrects = 0 }: Understood): void {
    const original = originals[corrects - 1];
    if (original?.content.kind !== 'text') return;
    const isLast = corrects === originals.length;
    turn.correction = { original, before: original.content, isLast, enclosed: 'lost' };
    turn.secrecy.isConcealed = original.content.isConcealed ?? false;
  }

  /** As the resident sees it. */
  async function shown(content: Content): Promise<Content> {
    const name = content.kind === 'text' ? content.reveal : undefined;
    const revealed = name === undefined ? undefined : await reveal(name);
    return revealed && content.kind === 'text' ? { ...content, text: revealed.text } : content;
  }

  return chat;
}

export function deskOf({ isBlocked }: ChatOptions, now: Date): DeskState {
  return { ...NEW_DESK_STATE, ...(isBlocked && { block: { by: 'd1', reason: 'essai', at: now.getTime() } }) };
}

/** The state goes through JSON between two turns, as it does through storage. */
function conversationOf({ state, now, status }: Chat, desk: DeskState, beside: JsonObject): Conversation {
  const dialogState: JsonObject = JSON.parse(JSON.stringify({ ...beside, dialogs: state }));
  return buildConversation({ id: 'chat', status, dialogState, desk, createdAt: now, lastMessageAt: now });
}

export const FACTS: Facts = loadFacts(CORPUS);
export const WORDS = {
  answers: createAnswers(loadAnswers(CORPUS)),
  dates: loadDateWords(CORPUS),
  replies: loadReplies(CORPUS),
  reportWords: loadReportWords(CORPUS),
  otherLanguages: loadOtherLanguages(CORPUS),
};

export function buildDialogDependencies(
  { facts, operator, home }: ChatOptions = {},
  clock: () => Date = () => TUESDAY_MORNING,
): DialogDependencies {
  const allFacts = { ...FACTS, ...facts };
  return {
    ...WORDS,
    facts: allFacts,
    schedules: createSchedules(allFacts.permanences),
    clock,
    publicPaths: { privacy: '/confidentialite', ...(home !== undefined && { home }) },
    retentionDays: 90,
    reports: { draftHours: 24, retentionDays: 90 },
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
  const shown = new Set<string>(['résident', 'robot', ...lines.map(([kind]) => kind)]);
  const played: Line[] = [];
  for (const line of lines) {
    if (line[0] === 'entre-temps') played.push(happen(chat, line));
    if (line[0] !== 'résident') continue;
    played.push(line, ...(await chat.say(line[1], line[2])));
  }
  return played.filter(([kind]) => shown.has(kind));
}

function happen(chat: Chat, line: readonly ['entre-temps', Meanwhile]): Line {
  const minutes = Number.parseInt(line[1], 10);
  if (minutes > 0) chat.now = new Date(chat.now.getTime() + minutes * 60_000);
  for (const [name, bringAbout] of Object.entries(HAPPENING)) if (name === line[1]) bringAbout(chat);
  return line;
}

export const HAPPENING = {
  'le serveur redémarre': (chat: Chat) => chat.restart(),
  'un délégué parle': (chat: Chat) => chat.interject(),
  /** Taking it resets the dialogs. */
  'un délégué prend et rend la conversation': (chat: Chat) => {
    chat.state = undefined;
    chat.interject();
  },
  'le code est effacé': ({ reports }: Chat) => reports.sweep(),
  'plus personne ne peut lire': ({ reports }: Chat) => {
    reports.hasReaders = false;
  },
  'le signalement est plein': ({ reports }: Chat) => {
    reports.isFull = true;
  },
  'le signalement est effacé': ({ reports }: Chat) => {
    reports.isErased = true;
  },
  'trop d’essais': ({ reports }: Chat) => {
    reports.attemptsLeft = 0;
  },
  'un délégué répond': ({ reports }: Chat) => {
    reports.answerAsDelegate({ status: 'in-progress', text: 'Nous passons ce soir.' });
    reports.answerAsDelegate({ text: 'Avez-vous vu la plaque ?' });
  },
  'un délégué clôt': ({ reports }: Chat) => reports.answerAsDelegate({ status: 'closed' }),
} as const;

export function toRecognition(understood: Intent | Understood = {}): Recognition {
  const { intent, between, on, time, sector, both, language } = inFull(understood);
  const days = typeof on === 'string' ? ([on, on] as const) : on;
  const decision: Decision = intent
    ? { kind: 'answer', intent }
    : between
      ? { kind: 'disambiguate', intents: between }
      : { kind: 'unsure' };
  const entities: Entities = {
    ...(sector && { sector }),
    ...(days && { dates: { from: days[0], to: days[1] } }),
    ...(time && { time: { from: time[0], to: time[1] } }),
  };
  return { decision, ranking: [], entities, requests: both ?? (intent ? [intent] : []), ...(language && { language }) };
}

const LEXICONS = loadLexicons(CORPUS);
const normalise = createNormaliser(LEXICONS.normaliser);
const findEntities = createEntityFinder(LEXICONS);

/** What a report reads of a message is really found in it; the rest is as it is scripted. */
export function withEntities(recognition: Recognition, text: string, now: Date): Recognition {
  const { happened, receiptCode, time } = findEntities(normalise(text), now, text);
  const found = { ...(happened && { happened, ...(time && { time }) }), ...(receiptCode && { receiptCode }) };
  return { ...recognition, entities: { ...found, ...recognition.entities } };
}

export function toDanger(understood: Intent | Understood = {}): Danger | undefined {
  const { danger } = inFull(understood);
  if (!danger) return undefined;
  const [level, ...kinds] = danger;
  return { level, kinds };
}

function inFull(understood: Intent | Understood): Understood {
  return typeof understood === 'string' ? { intent: understood } : understood;
}

export function toLines(content: Content): Line[] {
  if (content.kind !== 'text') throw new Error(`The bot only says texts, not "${content.kind}"`);
  const { text, card, actions = [] } = content;
  const links = card?.links.map(({ title, url }) => `${title} → ${url}`) ?? [];
  // No-break spaces are told from others in the unit tests of dates, and would make transcripts hard to write.
  const lines: ['robot' | 'carte' | 'boutons', string | undefined][] = [
    ['robot', text],
    ['carte', card && [card.title, card.text, ...links].filter(Boolean).join(' · ')],
    ['boutons', actions.map(({ title }) => title).join(' · ')],
  ];
  return lines.flatMap(([kind, words]): Line[] => (words ? [[kind, words.replaceAll('\u00a0', ' ')]] : []));
}
