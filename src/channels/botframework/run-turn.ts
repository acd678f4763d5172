import { randomUUID } from 'node:crypto';
import { type Activity, TurnContext } from 'botbuilder';
import type { JsonObject } from '../../domain/json.js';
import type { Message } from '../../domain/message.js';
import { faultOf } from '../../http/error-handler.js';
import { Refusal } from '../../http/refusal.js';
import { newConversationId } from '../conversation-id.js';
import { readText } from '../resident-text.js';
import type { BotFrameworkDependencies } from './deps.js';
import { toReply } from './replies.js';

const WELCOME_MESSAGES = 10;

/**
 * One authentic activity: a message becomes a turn, whose replies are sent once they are stored; somebody who joins
 * is welcomed; all else is taken note of by the 200.
 * @throws Refusal, DomainError; `DeliveryFailed` when the turn is stored but the channel took no reply.
 */
export async function runTurn(deps: BotFrameworkDependencies, context: TurnContext, baseUrl: string): Promise<void> {
  const { activity } = context;
  if (activity.type === 'conversationUpdate' && hasSomebodyJoined(activity)) {
    await deliver(deps, context, (await open(deps, activity)).welcome, baseUrl);
  }
  if (activity.type !== 'message') return;
  if (activity.attachments?.some(({ contentUrl }) => contentUrl !== undefined)) throw new Refusal('UploadsNotAccepted');
  TurnContext.removeRecipientMention(activity);
  const text = readText(activity);
  const { id, welcome } = await open(deps, activity);
  const { replies } = await deps.turns.handle(id, { externalId: `bf:${activity.id ?? randomUUID()}`, text });
  await deliver(deps, context, [...welcome, ...replies], baseUrl);
}

async function open(
  { conversations }: BotFrameworkDependencies,
  activity: Activity,
): Promise<{ readonly id: string; readonly welcome: readonly Message[] }> {
  const reference = TurnContext.getConversationReference(activity);
  const address = {
    key: `${activity.serviceUrl}|${activity.conversation.id}`,
    details: JSON.parse(JSON.stringify(reference)) as JsonObject,
  };
  const { conversation, isNew } = await conversations.openByAddress('botframework', address, newConversationId());
  const welcome = isNew ? await conversations.messagesAfter(conversation.id, 0, WELCOME_MESSAGES) : [];
  return { id: conversation.id, welcome };
}

async function deliver(
  { log }: BotFrameworkDependencies,
  context: TurnContext,
  messages: readonly Message[],
  baseUrl: string,
): Promise<void> {
  const activities = messages.flatMap((message) => toReply(message, baseUrl) ?? []);
  if (activities.length === 0) return;
  try {
    await context.sendActivities(activities);
  } catch (error) {
    log.warn(faultOf(error), 'A Bot Framework channel took no reply');
    throw new Refusal('DeliveryFailed');
  }
}

function hasSomebodyJoined({ membersAdded, recipient }: Activity): boolean {
  return membersAdded?.some(({ id }) => id !== recipient.id) ?? false;
}
