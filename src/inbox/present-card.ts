import type { z } from 'zod';
import type { Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { People } from './people.js';
import { textOf } from './present-message.js';
import { oneLine } from './present-text.js';
import { INBOX_WORDS } from './present-words.js';
import { pseudonymOf } from './pseudonym.js';
import type { card as cardSchema } from './schemas/conversations.js';

export type CardView = z.input<typeof cardSchema>;

/** How many of the last messages are read for what the card shows: the very last ones may be events, buttons, the robot. */
export const RECENT_MESSAGES = 12;

const EXCERPT_LENGTH = 120;

/** Delegates see a conversation once it has asked for a person; the others do not exist for them. */
export function isVisible(conversation: Conversation | undefined): conversation is Conversation {
  return conversation !== undefined && conversation.inboxList !== 'none';
}

/** @param recent some of the last messages, in order. */
export function presentCard(
  conversation: Conversation,
  recent: readonly Message[],
  people: People,
  isButton: (text: string) => boolean = () => false,
): CardView {
  const { id, rev, channel, status, inboxList, desk, lastSeq, lastMessageAt } = conversation;
  const { holder, heldSince, waitingSince, offeredTo, snoozedUntil, emergencyAt, missedAt } = desk;
  const last = lastSaid(recent, isButton);
  return {
    id,
    rev,
    pseudonym: `${INBOX_WORDS.resident} ${pseudonymOf(id)}`,
    channel,
    status,
    list: inboxList === 'queue' ? 'queue' : 'past',
    ...(holder !== undefined && { holder: people.named(holder) }),
    ...(heldSince !== undefined && { heldSince }),
    ...(waitingSince !== undefined && { waitingSince }),
    ...(offeredTo !== undefined && { offeredTo: people.named(offeredTo) }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(emergencyAt !== undefined && { emergencyAt }),
    ...(missedAt !== undefined && { missedAt }),
    isBlocked: desk.block !== undefined,
    priority: desk.priority,
    labels: [...desk.labels],
    openCallbacks: desk.callbacks.filter(({ done }) => !done).length,
    lastSeq,
    lastMessageAt: lastMessageAt.getTime(),
    ...(last && { last }),
  };
}

/**
 * What tells most of the conversation: the last words that a person found themselves; else a button that was pressed; else
 * the robot's.
 */
function lastSaid(recent: readonly Message[], isButton: (text: string) => boolean): CardView['last'] {
  const said = recent.filter((one) => textOf(one) !== undefined);
  const byPeople = said.filter(({ author }) => author === 'resident' || author === 'delegate');
  const message = byPeople.findLast((one) => !isButton(textOf(one) ?? '')) ?? byPeople.at(-1) ?? said.at(-1);
  return message && { author: message.author, excerpt: oneLine(textOf(message) ?? '', EXCERPT_LENGTH) };
}
