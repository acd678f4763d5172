import type { Conversation, ConversationChange } from '../../src/domain/conversation.js';
import type { Message } from '../../src/domain/message.js';

/** Who calls the store: what a broken one does may depend on it. */
export type Role = 'turns' | 'desk' | 'sweeper';

/** What happened in a play, as those who took part saw it. */
export interface HandoffRecord {
  readonly opening: Message[];
  /** Those that were stored, in their order. */
  readonly commits: ConversationChange[];
  /** What was acknowledged to the resident, in the order of each tab; several times if it was sent twice. */
  readonly sent: {
    readonly tab: string;
    readonly externalId: string;
    readonly text: string;
    readonly seqs: readonly number[];
  }[];
  /** What was acknowledged to delegates, in the order of each. */
  readonly replies: {
    readonly by: string;
    readonly clientId: string;
    readonly text: string;
    readonly seenSeq: number;
    readonly message: Message;
  }[];
  /** What delegates who took or reopened it were told. */
  readonly holds: { readonly by: string; readonly holder: string | undefined }[];
  /** Whose changes came too late to be stored. */
  readonly overtaken: Role[];
  /** What must never happen at all. */
  readonly troubles: string[];
}

export interface PlayedHandoff extends HandoffRecord {
  readonly transcript: readonly Message[];
  readonly final: Conversation | undefined;
}
