import { expect } from '@jest/globals';
import { type Activity, BotAdapter, type ResourceResponse, type StatePropertyAccessor, TurnContext } from 'botbuilder';
import { createRootDialog, type DialogDependencies } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadDateWords } from '../../src/content/load-date-words.js';
import { loadFacts } from '../../src/content/load-facts.js';
import { loadReplies } from '../../src/content/load-replies.js';
import { createAnswers } from '../../src/domain/answers.js';
import type { Facts, Permanence } from '../../src/domain/facts.js';
import { createSchedules } from '../../src/domain/permanence-schedule.js';
import { TURN_EFFECTS, type TurnEffects } from '../../src/domain/turn-effects.js';
import { type Decision, type Entities, type Intent, RECOGNITION } from '../../src/nlu/intent-recognizer.js';

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
}

export interface ChatOptions {
  readonly now?: Date;
  readonly facts?: Partial<Facts>;
  readonly operator?: string;
}

/** A conversation with the real dialogs and the real data, with a scripted recogniser and a fixed clock. */
export function openChat(options: ChatOptions = {}): Chat {
  let stored = 1;
  let erasures = 0;
  const chat: Chat = { say, state: undefined, erasures: () => erasures, now: options.now ?? TUESDAY_MORNING };
  const root = createRootDialog(buildDependencies(options, () => chat.now));

  async function say(text: string, understood?: Intent | Understood): Promise<readonly Line[]> {
    const sent: Partial<Activity>[] = [];
    const context = new TurnContext(new RecordingAdapter(sent), { type: 'message', text, channelId: 'test' });
    const effects: TurnEffects = {
      countMessages: async () => stored,
      eraseHistory() {
        erasures += 1;
        stored = 0;
      },
    };
    context.turnState.set(RECOGNITION, toRecognition(understood));
    context.turnState.set(TURN_EFFECTS, effects);
    await root.run(context, accessor(chat));
    stored += 1 + sent.length;
    return sent.flatMap(toLines);
  }

  return chat;
}

/** The state goes through JSON between two turns, as it does through storage. */
function accessor(chat: Chat): StatePropertyAccessor {
  let state: unknown = chat.state === undefined ? undefined : JSON.parse(JSON.stringify(chat.state));
  return {
    async get(_: TurnContext, initial?: unknown) {
      state ??= initial;
      chat.state = state;
      return state;
    },
    async set(_: TurnContext, value: unknown) {
      state = value;
      chat.state = value;
    },
    async delete() {
      state = undefined;
      chat.state = undefined;
    },
  };
}

export const FACTS: Facts = loadFacts(CORPUS);
const WORDS = {
  answers: createAnswers(loadAnswers(CORPUS)),
  dates: loadDateWords(CORPUS),
  replies: loadReplies(CORPUS),
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

class RecordingAdapter extends BotAdapter {
  readonly #sent: Partial<Activity>[];

  constructor(sent: Partial<Activity>[]) {
    super();
    this.#sent = sent;
  }

  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.#sent.push(...activities);
    return activities.map((__, index) => ({ id: String(index) }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('Not used by dialogs');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('Not used by dialogs');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('Not used by dialogs');
  }

  override async continueConversationAsync(): Promise<void> {
    throw new Error('Not used by dialogs');
  }
}

function toRecognition(understood: Intent | Understood = {}): object {
  const { intent, between, on, sector } = typeof understood === 'string' ? { intent: understood } : { ...understood };
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
  return { decision, ranking: [], entities };
}

function toLines(activity: Partial<Activity>): Line[] {
  if (activity.type !== 'message') throw new Error(`Only messages may be sent, not "${activity.type}"`);
  const card = activity.attachments?.[0]?.content;
  const buttons = activity.suggestedActions?.actions ?? [];
  const links: { title: string; value: string }[] = card?.buttons ?? [];
  return [
    // No-break spaces are told from others in the unit tests of dates, and would make transcripts hard to write.
    ['robot', (activity.text ?? '').replaceAll('\u00a0', ' ')],
    ...(card
      ? [
          [
            'carte',
            [card.title, card.text, ...links.map(toLink)].filter(Boolean).join(' · ').replaceAll('\u00a0', ' '),
          ] as const,
        ]
      : []),
    ...(buttons.length > 0 ? [['boutons', buttons.map(({ title }) => title).join(' · ')] as const] : []),
  ];
}

function toLink({ title, value }: { title: string; value: string }): string {
  return `${title} → ${value}`;
}
