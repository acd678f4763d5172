import type { ChannelAddress, ChannelName, Conversation, ConversationStatus } from '../domain/conversation.js';
import { type DeskState, type InboxList, NEW_DESK_STATE } from '../domain/desk-state.js';
import type { JsonObject } from '../domain/json.js';
import type { Author, Message } from '../domain/message.js';
import { type DataCipher, UnreadableValueError } from './data-cipher.js';
import { openJson } from './sealed-json.js';

/** A conversation as databases keep it: what outsiders chose or wrote is sealed, the rest is needed to query. */
export interface ConversationRecord {
  readonly id: string;
  readonly channel: ChannelName;
  /** Unique. Made from the id for a conversation without an address, so that every record has one. */
  readonly addressHash: string;
  readonly address: Uint8Array | null;
  readonly rev: number;
  readonly lastSeq: number;
  readonly status: ConversationStatus;
  readonly dialogState: Uint8Array;
  /** Null as long as nothing changed a conversation that an earlier version stored. */
  readonly desk: Uint8Array | null;
  readonly inboxList: InboxList;
  readonly createdAt: Date;
  readonly lastMessageAt: Date;
}

export interface MessageRecord {
  readonly seq: number;
  /** Unique in the conversation. */
  readonly externalHash: string;
  readonly author: Author;
  readonly at: Date;
  readonly sealed: Uint8Array;
}

/** Between the domain and both databases. Sealed values are bound to their conversation, field and position. */
export interface RecordCodec {
  sealConversation(conversation: Conversation): ConversationRecord;
  /** @throws DomainError `storage-unavailable` when the record was altered; so does `openMessage`. */
  openConversation(record: ConversationRecord): Conversation;
  /** @param rev that of the record once it holds this state: an older state cannot be put back under it. */
  sealDialogState(id: string, rev: number, state: JsonObject): Uint8Array;
  /** @param rev as for `sealDialogState`. */
  sealDesk(id: string, rev: number, desk: DeskState): Uint8Array;
  sealMessage(conversationId: string, message: Message): MessageRecord;
  openMessage(conversationId: string, record: MessageRecord): Message;
  addressHash(channel: ChannelName, key: string): string;
  externalHash(conversationId: string, externalId: string): string;
  /** A value that tells later whether a database was made with the same key. */
  sealKeyCheck(): Uint8Array;
  opensKeyCheck(sealed: Uint8Array): boolean;
}

type SealedMessage = Pick<Message, 'externalId' | 'clientId' | 'replyTo' | 'signature' | 'content'>;

/** The last one that a Date can hold. */
export const END_OF_TIME = new Date(8.64e15);

const KEY_CHECK = 'permanence';

export function createRecordCodec(cipher: DataCipher): RecordCodec {
  const codec: RecordCodec = {
    sealConversation: ({ address, dialogState, desk, ...clear }) => ({
      ...clear,
      addressHash: address ? codec.addressHash(clear.channel, address.key) : `id:${clear.id}`,
      address: address ? cipher.seal(JSON.stringify(address), aad('address', clear.id)) : null,
      dialogState: codec.sealDialogState(clear.id, clear.rev, dialogState),
      desk: codec.sealDesk(clear.id, clear.rev, desk),
    }),
    openConversation({ addressHash: _, address, dialogState, desk, ...clear }) {
      return {
        ...clear,
        ...(address && { address: openJson<ChannelAddress>(cipher, address, aad('address', clear.id)) }),
        dialogState: openJson<JsonObject>(cipher, dialogState, aad('dialogState', clear.id, clear.rev)),
        desk: desk ? openJson<DeskState>(cipher, desk, aad('desk', clear.id, clear.rev)) : NEW_DESK_STATE,
      };
    },
    sealDialogState: (id, rev, state) => cipher.seal(JSON.stringify(state), aad('dialogState', id, rev)),
    sealDesk: (id, rev, desk) => cipher.seal(JSON.stringify(desk), aad('desk', id, rev)),
    sealMessage(conversationId, { seq, author, at, ...hidden }) {
      const sealed = cipher.seal(
        JSON.stringify(hidden satisfies SealedMessage),
        messageAad(conversationId, seq, author, at),
      );
      return { seq, externalHash: codec.externalHash(conversationId, hidden.externalId), author, at, sealed };
    },
    openMessage(conversationId, { seq, author, at, sealed }) {
      const hidden = openJson<SealedMessage>(cipher, sealed, messageAad(conversationId, seq, author, at));
      return { seq, author, at, ...hidden };
    },
    addressHash: (channel, key) => cipher.lookupHash(`address:${channel}`, key),
    externalHash: (conversationId, externalId) => cipher.lookupHash(`message:${conversationId}`, externalId),
    sealKeyCheck: () => cipher.seal(KEY_CHECK, aad('keyCheck', '')),
    opensKeyCheck(sealed) {
      try {
        return cipher.open(sealed, aad('keyCheck', '')) === KEY_CHECK;
      } catch (error) {
        if (error instanceof UnreadableValueError) return false;
        throw error;
      }
    },
  };
  return codec;
}

/**
 * Holds a change to the port's promise on positions.
 * @throws RangeError when `messages` do not follow `lastSeq` one by one: a fault of the caller.
 */
export function assertFollowing(lastSeq: number, messages: readonly Message[]): void {
  if (isFollowing(lastSeq, messages)) return;
  throw new RangeError(`Messages must follow seq ${lastSeq} one by one`);
}

export function isFollowing(lastSeq: number, messages: readonly Message[]): boolean {
  return messages.every(({ seq }, index) => seq === lastSeq + 1 + index);
}

function aad(field: string, conversationId: string, ...position: readonly (number | string)[]): string {
  return JSON.stringify([field, conversationId, ...position]);
}

/** Who said it and when are in clear, and bound all the same: a delegate's words cannot be made from a resident's. */
function messageAad(conversationId: string, seq: number, author: Author, at: Date): string {
  return aad('message', conversationId, seq, author, at.getTime());
}
