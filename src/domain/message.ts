/** What is said in a conversation, in terms that every channel can render. */

export type Author = 'resident' | 'bot' | 'delegate' | 'system';

/** A button that sends `value` as if the resident had typed it. */
export interface SuggestedAction {
  readonly title: string;
  readonly value: string;
}

/** `url` is absolute (`https:`, `tel:`, `sms:`, `mailto:`) or a path of this server, such as `/permanences.ics`. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface Card {
  readonly title: string;
  readonly text?: string;
  /** Of the place that it is about, where the operator has set it. */
  readonly position?: Position;
  readonly links: readonly Link[];
}

export interface TextContent {
  readonly kind: 'text';
  /** Plain text; lines are separated by `\n`. No markup. */
  readonly text: string;
  readonly card?: Card;
  readonly actions?: readonly SuggestedAction[];
  /** The resident's words are not kept; `text` says so in their place. */
  readonly isConcealed?: true;
  /** `text` stands in for words that are shown to the resident only, as long as `Reveal` knows them by this name. */
  readonly reveal?: string;
  /** The resident told of a danger under way in it: a correction that still does tells nothing new. */
  readonly tellsOfDanger?: true;
  /** What the resident answers to it is for no transcript: no client is to store it. */
  readonly asksInConfidence?: true;
  /** Which of several questions it is; its text says so too. */
  readonly progress?: Progress;
  /** What it can be answered with besides words, where the channel has a way to send it. */
  readonly asksFor?: 'position';
  /** The resident corrected what they had written: `seq` of that message. `text` is all of the new text. */
  readonly edits?: number;
  /** When the words were corrected by the channel's own clock, in milliseconds since 1970: no older correction replaces them. */
  readonly editedAt?: number;
  /** The file that the resident sent, as far as it is kept. */
  readonly attachment?: Attachment;
  /** Tells what was sent besides words from what takes its place later; the channel's own. */
  readonly enclosedMark?: string;
}

/** A place on the map: WGS 84, in degrees. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** A file that is kept beside the conversation, sealed, for delegates to open. */
export interface Attachment {
  readonly id: string;
  readonly kind: 'image' | 'pdf';
  /** Of the file as it is kept. */
  readonly bytes: number;
}

/** « Étape 3 sur 7 »: `step` counts from 1 to `of`. */
export interface Progress {
  readonly step: number;
  readonly of: number;
}

/** What a resident's channel shows in place of the stand-in. */
export interface Revealed {
  readonly text: string;
  /** The receipt of a report, to be shown large, copied and printed. */
  readonly receipt?: string;
  /** Where to have read it is not to have shown it: the channel calls this once its resident may have seen it. */
  readonly onShown?: () => Promise<void>;
}

/** Undefined once the words are gone. */
export type Reveal = (name: string) => Promise<Revealed | undefined>;

/** Tells clients that all earlier messages are gone. It holds no word of the resident's. */
export interface ErasedContent {
  readonly kind: 'erased';
  readonly erasedMessages: number;
  /** When the channel says that the erasure was asked for, in milliseconds since 1970: its clock and ours differ. */
  readonly writtenAt?: number;
  /** Where the channel numbers what is said: nothing with this number, or a lower one, is newer than the erasure. */
  readonly order?: number;
}

/**
 * A change of who speaks, as the Bot Framework's handoff protocol tells it (`handoff.initiate`, `handoff.status`).
 * Clients read it as an event; the words for people are a text message of their own beside it.
 */
export type HandoffContent =
  | { readonly kind: 'handoff'; readonly event: 'initiate' }
  /** `accepted`: a delegate speaks now; `completed`: the assistant does; `failed`: nobody came. */
  | { readonly kind: 'handoff'; readonly event: 'status'; readonly state: 'accepted' | 'completed' | 'failed' };

export type Content = TextContent | ErasedContent | HandoffContent;

/** The delegate who wrote: `name` is what the resident reads. */
export interface Signature {
  readonly delegateId: string;
  readonly name: string;
}

export interface Message {
  /** Position in the conversation, from 1, without gaps except after an erasure. */
  readonly seq: number;
  /** Unique in the conversation: the channel's own id for what came in, `out:<seq>` for what goes out. */
  readonly externalId: string;
  /** The client's correlation id (Direct Line `channelData.clientActivityID`), echoed unchanged. */
  readonly clientId?: string;
  /** The `seq` of the message that this one answers. */
  readonly replyTo?: number;
  readonly author: Author;
  /** On a delegate's message, and on the event that tells that they took the conversation. */
  readonly signature?: Signature;
  readonly at: Date;
  readonly content: Content;
}
