import { type Activity, CardFactory, MessageFactory, type TurnContext } from 'botbuilder';
import type { Card, Content, TextContent } from '../src/domain/message.js';

/**
 * Says the bubbles in their order. `preface` goes before the first one and in the same bubble, so that what ends one
 * matter never makes the answer to the next a bubble longer.
 */
export async function say(context: TurnContext, contents: readonly Content[], preface?: string): Promise<void> {
  const texts = contents.filter((content) => content.kind === 'text');
  const activities = texts.map((content, index) =>
    toActivity(preface && index === 0 ? { ...content, text: `${preface}\n${content.text}` } : content),
  );
  await context.sendActivities(activities);
}

function toActivity({ text, card, actions = [] }: TextContent): Partial<Activity> {
  const buttons = actions.map(({ title, value }) => ({ type: 'imBack', title, value }));
  const activity = buttons.length > 0 ? MessageFactory.suggestedActions(buttons, text) : MessageFactory.text(text);
  return card ? { ...activity, attachments: [toHeroCard(card)] } : activity;
}

function toHeroCard({ title, text, links }: Card) {
  const buttons = links.map((link) => ({ type: 'openUrl', title: link.title, value: link.url }));
  return CardFactory.heroCard(title, text ?? '', undefined, buttons);
}
