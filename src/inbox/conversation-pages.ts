import type { Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import { Refusal } from '../http/refusal.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';

type Messages = Pick<ConversationStore, 'messagesAfter'>;
type Place = Pick<Conversation, 'lastMessageAt' | 'id'>;

export const MESSAGES_ON_A_PAGE = 50;

/** The last messages before `seq`, in order, and whether there are others before them. */
export async function messagesBefore(
  store: Messages,
  id: string,
  seq: number,
): Promise<{ messages: readonly Message[]; hasEarlier: boolean }> {
  const after = Math.max(0, seq - 1 - MESSAGES_ON_A_PAGE);
  const page = await store.messagesAfter(id, after, MESSAGES_ON_A_PAGE);
  const messages = page.filter((message) => message.seq < seq);
  return { messages, hasEarlier: await hasBefore(store, id, messages[0]?.seq ?? 0) };
}

/** An erasure leaves a gap at the beginning, so that positions alone cannot tell. */
async function hasBefore(store: Messages, id: string, seq: number): Promise<boolean> {
  if (seq <= 1) return false;
  const [first] = await store.messagesAfter(id, 0, 1);
  return first !== undefined && first.seq < seq;
}

/** Where a page of conversations ends, for the next one to go on from. */
export function placeToText({ lastMessageAt, id }: Place): string {
  return `${lastMessageAt.getTime()}.${id}`;
}

/** @throws Refusal `InvalidRequest` for what `placeToText` did not make. */
export function placeFromText(text: string): Place {
  const [, millis, id] = /^(\d{1,16})\.(.+)$/.exec(text) ?? [];
  const lastMessageAt = new Date(Number(millis));
  if (id === undefined || Number.isNaN(lastMessageAt.getTime())) throw new Refusal('InvalidRequest');
  return { lastMessageAt, id };
}
