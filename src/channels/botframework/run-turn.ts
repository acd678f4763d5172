import { type Activity, TurnContext } from 'botbuilder';
import type { JsonObject } from '../../domain/json.js';
import { Refusal } from '../../http/refusal.js';
import { newConversationId } from '../conversation-id.js';
import type { Outbox } from '../outbox.js';
import { readText } from '../resident-text.js';
import type { BotFrameworkDependencies } from './deps.js';
import { externalIdOf } from './external-id.js';

export interface TurnParts extends Pick<BotFrameworkDependencies, 'conversations' | 'turns'> {
  readonly outbox: Outbox;
}

/**
 * One authentic activity: a message becomes a turn, whose replies are sent before this resolves; somebody who joins is
 * welcomed; all else is taken note of by the 200.
 * @throws Refusal, DomainError; `DeliveryFailed` when the turn is stored but the channel took no reply: it stays due.
 */
export async function runTurn(parts: TurnParts, activity: Activity): Promise<void> {
  if (activity.type === 'conversationUpdate' && hasSomebodyJoined(activity)) {
    await deliver(parts, await open(parts, activity));
  }
  if (activity.type !== 'message') return;
  if (activity.attachments?.some(({ contentUrl }) => contentUrl !== undefined)) throw new Refusal('UploadsNotAccepted');
  TurnContext.removeRecipientMention(activity);
  const text = readText(activity);
  const id = await open(parts, activity);
  await parts.turns.handle(id, { externalId: externalIdOf(activity.id), text });
  await deliver(parts, id);
}

async function open({ conversations, outbox }: TurnParts, activity: Activity): Promise<string> {
  const reference = TurnContext.getConversationReference(activity);
  const address = {
    key: `${activity.serviceUrl}|${activity.conversation.id}`,
    details: JSON.parse(JSON.stringify(reference)) as JsonObject,
  };
  const { conversation, isNew } = await conversations.openByAddress('botframework', address, newConversationId());
  await outbox.begin(conversation, isNew);
  return conversation.id;
}

async function deliver({ outbox }: TurnParts, id: string): Promise<void> {
  if ((await outbox.deliver(id)) === 'due') throw new Refusal('DeliveryFailed');
}

function hasSomebodyJoined({ membersAdded, recipient }: Activity): boolean {
  return membersAdded?.some(({ id }) => id !== recipient.id) ?? false;
}
