import type { Flood } from '../flood.js';
import { type Given, textOf } from '../parameters.js';
import type { Profile } from '../profile.js';
import { badRequest, forbidden } from '../refusal.js';
import type { Json } from '../types.js';
import type { UpdateQueue } from '../update-queue.js';
import type { Webhook } from '../webhook.js';
import type { KeptChat, World } from '../world.js';

export interface Server {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly webhook: Webhook;
  readonly profile: Profile;
  readonly flood: Flood;
  readonly longestPollMs: number;
  /** How long a callback query may be answered. */
  readonly queryLifeMs: number;
}

/** What a method answers: its result, sometimes with words beside it. */
export interface Answer {
  readonly result: Json;
  readonly description?: string;
}

/** @throws Refusal. `signal` is given up when the caller hangs up. */
export type Method = (server: Server, given: Given, signal: AbortSignal) => Answer | Promise<Answer>;

export const yes: Answer = { result: true };

/** @throws Refusal: the chat is not known (« chat not found »). */
export function chatOf({ world }: Server, given: Given): KeptChat {
  const text = textOf(given, 'chat_id');
  if (text === '') throw badRequest('chat_id is empty');
  const chat = world.chats.get(Number(text));
  if (!chat) throw badRequest('chat not found');
  return chat;
}

/**
 * A chat where the bot may write: « Bots can't initiate conversations with users »
 * (https://core.telegram.org/bots/features#privacy-mode and https://core.telegram.org/bots#how-are-bots-different-from-users).
 * @throws Refusal
 */
export function writableChat(server: Server, given: Given): KeptChat {
  const chat = chatOf(server, given);
  const { type } = chat.wire;
  if (chat.standing === 'blocked') throw forbidden('bot was blocked by the user');
  if (chat.standing === 'left') throw forbidden(`bot is not a member of the ${type} chat`);
  if (chat.standing === 'stranger') {
    throw forbidden(
      type === 'private' ? "bot can't initiate conversation with a user" : `bot is not a member of the ${type} chat`,
    );
  }
  return chat;
}
