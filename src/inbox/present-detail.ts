import type { z } from 'zod';
import type { Conversation } from '../domain/conversation.js';
import type { DeskAction } from '../domain/desk-actions.js';
import type { CallbackMoment, CallbackRequest, DelegateId } from '../domain/desk-state.js';
import type { Note } from '../storage/ports/desk-store.js';
import type { People } from './people.js';
import type { CardView } from './present-card.js';
import type { detail as detailSchema } from './schemas/conversations.js';

export type DetailView = z.input<typeof detailSchema>;

/** What is read of a conversation once for all who look at it. */
export interface DetailParts {
  readonly conversation: Conversation;
  readonly card: CardView;
  readonly notes: readonly Note[];
}

export interface DetailSurroundings {
  readonly people: People;
  readonly delivery: DetailView['delivery'];
  readonly viewers: readonly DelegateId[];
  readonly actions: readonly DeskAction[];
  readonly describeMoment: (moment: CallbackMoment) => string;
}

export function presentDetail({ conversation, card, notes }: DetailParts, around: DetailSurroundings): DetailView {
  const { people, delivery, viewers, actions, describeMoment } = around;
  const { block, callbacks } = conversation.desk;
  return {
    card,
    ...(block && { block: { by: people.named(block.by), reason: block.reason, at: block.at } }),
    callbacks: callbacks.map((callback) => presentCallback(callback, people, describeMoment)),
    notes: notes.map(({ id, by, at, text }) => ({ id, by: people.named(by), at, text })),
    delivery,
    viewers: viewers.map((id) => people.named(id)),
    actions: [...actions],
    createdAt: conversation.createdAt.getTime(),
  };
}

function presentCallback(
  { id, firstName, phone, email, moment, requestedAt, done }: CallbackRequest,
  people: People,
  describeMoment: DetailSurroundings['describeMoment'],
): DetailView['callbacks'][number] {
  return {
    id,
    ...(firstName !== undefined && { firstName }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
    moment: describeMoment(moment),
    requestedAt,
    ...(done && { doneAt: done.at, doneBy: people.named(done.by) }),
  };
}
