import type { Conversation, ConversationStatus } from '../domain/conversation.js';
import type { Danger } from '../domain/danger.js';
import type { DeskState } from '../domain/desk-state.js';
import type { JsonObject } from '../domain/json.js';
import type { Content, Message, TextContent } from '../domain/message.js';
import type { CounterName } from '../domain/statistics.js';
import type { Recognition } from '../nlu/intent-recognizer.js';
import type { Inbound } from './turn.js';

/** What a turn will write, filled in step by step. Nothing of it is stored before the commit. */
export interface TurnDraft {
  inbound?: Message;
  readonly replies: Content[];
  /** Numbers to call that go before the replies, or under them; said whatever becomes of the later steps. */
  numbers?: { readonly contents: readonly Content[]; readonly place: 'before' | 'under' };
  /** Who speaks, and what the desk knows, after the steps so far. */
  status: ConversationStatus;
  desk: DeskState;
  /** Events and words about who speaks; they go before the replies. */
  readonly notices: Content[];
  /** What is counted once the turn is stored. */
  readonly counts: CounterName[];
  dialogState: JsonObject;
  /** Set to the number of messages erased when the resident had the conversation erased. */
  erasedMessages?: number;
}

/** What a turn remembers over all its attempts. */
export interface Secrecy {
  /** Words that were to be kept secret once are stored by no later attempt. */
  isConcealed: boolean;
  /** The state of the dialogs that the last attempt wanted to store. */
  overtaken?: JsonObject;
  /** Of the report that an earlier attempt sent: its author is to be shown the code, whoever speaks now. */
  receiptRef?: string;
}

/** What a message corrects. */
export interface TurnCorrection {
  readonly original: Message;
  /** The words that it replaces: the original's own, or those of its last correction. */
  readonly before: TextContent;
  /** It is the last thing that the resident had said, and nobody has taken it up. */
  readonly isLast: boolean;
  /** What it had come with: it was made ready for a delegate, or not, or something else has taken its place. */
  readonly enclosed: 'kept' | 'lost' | 'replaced';
}

/** One turn on its way through the steps. */
export interface Turn {
  readonly secrecy: Secrecy;
  /** As loaded; the commit holds only if it has not changed since. */
  readonly conversation: Conversation;
  /** A correction of what is not known is taken for the message itself. */
  received: Inbound;
  readonly now: Date;
  readonly draft: TurnDraft;
  /** Set when the message turns out to be committed already. */
  duplicateOf?: Message;
  /** Set when nothing of the message is to be stored or answered. */
  isDropped?: true;
  /** Set when the message corrects an earlier one. */
  correction?: TurnCorrection;
  /** Set when the message tells of a danger. */
  danger?: Danger;
  recognition?: Recognition;
}

/** A step looks at the turn, adds to its draft, and calls `next` unless the turn is settled. */
export type Step = (turn: Turn, next: () => Promise<void>) => Promise<void>;

export function compose(steps: readonly Step[]): (turn: Turn) => Promise<void> {
  return (turn) => {
    const runFrom = async (index: number): Promise<void> => steps[index]?.(turn, () => runFrom(index + 1));
    return runFrom(0);
  };
}
