import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  ConversationState,
  type ResourceResponse,
  type StatePropertyAccessor,
  type Storage,
  type StoreItems,
  TurnContext,
} from 'botbuilder';
import { DialogContextError } from 'botbuilder-dialogs';
import { DANGER } from '../domain/danger.js';
import { AlteredError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Card, Content, Position, TextContent } from '../domain/message.js';
import { TURN_EFFECTS } from '../domain/turn-effects.js';
import { RECOGNITION } from '../nlu/intent-recognizer.js';
import type { Step, Turn } from './compose.js';
import { findHeld, withoutHeld } from './held-answers.js';
import { createEffects, type EffectsDependencies } from './turn-effects.js';

/** The dialogs as a whole: they read the state, answer through the context, and change the state. */
export interface DialogRunner {
  // The state's type is the dialogs' own affair; here it is an opaque value that they read and write.
  run(context: TurnContext, state: StatePropertyAccessor): Promise<void>;
  /**
   * True while what the resident answers next is for no transcript: a report is under way. Asked before anything else.
   * @param state as stored between two turns: what `run` keeps lies in it under `dialogs`.
   */
  isConfidential(state: JsonObject): boolean;
  /**
   * Asked where it is confidential. False while nothing that is written next goes into a report: it is sent, or its code is asked
   * for. Absent: it always may.
   */
  takesWords?(state: JsonObject): boolean;
}

/** Runs the dialogs on a buffer. What they answer, store and bring about goes into the draft when they end, or not at all. */
export function runDialogs(dialogs: DialogRunner, deps: EffectsDependencies): Step {
  return async (turn, next) => {
    const buffer = new BufferAdapter();
    const context = new TurnContext(buffer, toActivity(turn));
    const held = await findHeld(turn.conversation, deps.confidences);
    // The dialogs change it in place: a turn that fails in their middle is to leave what was loaded as it is.
    const memory = createTurnMemory(structuredClone(withoutHeld(turn.conversation.dialogState)));
    const state = new ConversationState(memory);
    const { effects, settle } = createEffects(turn, deps, held);
    context.turnState.set(RECOGNITION, turn.recognition);
    context.turnState.set(DANGER, turn.danger);
    context.turnState.set(TURN_EFFECTS, effects);

    await dialogs.run(context, state.createProperty('dialogs')).catch((error: unknown) => {
      throw causeOf(error);
    });
    await state.saveChanges(context);

    settle();
    turn.draft.dialogState = held.nameIn(memory.current());
    turn.draft.replies.push(...buffer.sent.flatMap(toContent));
    await next();
  };
}

/**
 * What was thrown inside a dialog, without what botbuilder puts around it: storage that is away concerns the whole turn. A
 * record that was altered does not; no other try would read it, and the dialog that does has failed.
 */
function causeOf(error: unknown): unknown {
  if (!(error instanceof DialogContextError)) return error;
  const { error: cause } = error;
  return cause instanceof Error && !(cause instanceof AlteredError) ? causeOf(cause) : error;
}

class BufferAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];

  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map((__, index) => ({ id: String(this.sent.length + index) }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('A dialog may not change what it has said');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('A dialog may not unsay what it has said');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('A dialog speaks only within a turn');
  }

  override async continueConversationAsync(): Promise<void> {
    throw new Error('A dialog speaks only within a turn');
  }
}

/** botbuilder's Storage over the one state of this turn. */
function createTurnMemory(initial: JsonObject): Storage & { current(): JsonObject } {
  let state: JsonObject = initial;
  return {
    read: async (keys) => Object.fromEntries(keys.map((key) => [key, { ...state, eTag: '*' }])),
    write: async (changes: StoreItems) => {
      for (const { eTag: _, ...value } of Object.values(changes)) state = JSON.parse(JSON.stringify(value));
    },
    delete: async () => {
      state = {};
    },
    current: () => state,
  };
}

function toActivity({ conversation, received }: Turn): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    id: received.externalId,
    channelId: conversation.channel,
    serviceUrl: '',
    conversation: { id: conversation.id, isGroup: false, conversationType: 'personal', tenantId: '', name: '' },
    from: { id: 'resident', name: '', role: 'user' },
    recipient: { id: 'bot', name: '', role: 'bot' },
    locale: 'fr-FR',
    text: received.text,
  };
}

function toContent(activity: Partial<Activity>): Content[] {
  if (activity.type !== ActivityTypes.Message) return [];
  const card = toCard(activity);
  const actions = (activity.suggestedActions?.actions ?? []).map((action) => ({
    title: action.title,
    value: String(action.value),
  }));
  return [
    {
      kind: 'text',
      text: activity.text ?? '',
      ...(card && { card }),
      ...(actions.length > 0 && { actions }),
      ...toExtras(activity.channelData),
    },
  ];
}

type Extras = Pick<TextContent, 'reveal' | 'progress' | 'asksFor'>;

/** What an activity has no member for. Only our own dialogs write here. */
function toExtras(channelData?: Extras): Extras {
  const { reveal, progress, asksFor } = channelData ?? {};
  return { ...(reveal !== undefined && { reveal }), ...(progress && { progress }), ...(asksFor && { asksFor }) };
}

interface HeroCardContent {
  title?: string;
  /** Ours: where the place of the card lies. */
  position?: Position;
  text?: string;
  buttons?: { title: string; value: unknown }[];
}

function toCard(activity: Partial<Activity>): Card | undefined {
  const content: HeroCardContent | undefined = activity.attachments?.[0]?.content;
  if (!content) return undefined;
  return {
    title: content.title ?? '',
    ...(content.text !== undefined && { text: content.text }),
    ...(content.position && { position: content.position }),
    links: (content.buttons ?? []).map(({ title, value }) => ({ title, url: String(value) })),
  };
}
