import { type Activity, ActivityTypes, InputHints, TextFormatTypes } from 'botbuilder';
import type { Message } from '../../domain/message.js';
import { toHeroCard, toSuggestedActions } from '../cards.js';

/** A stored answer as a Bot Framework channel takes it; undefined for what has no form there (an erasure's mark). */
export function toReply({ content }: Message, baseUrl: string): Partial<Activity> | undefined {
  if (content.kind !== 'text') return undefined;
  const { text, card, actions } = content;
  return {
    type: ActivityTypes.Message,
    locale: 'fr-FR',
    text,
    textFormat: TextFormatTypes.Plain,
    inputHint: actions?.length ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(card && { attachments: [toHeroCard(card, baseUrl)] }),
    ...(actions?.length && { suggestedActions: toSuggestedActions(actions) }),
  };
}
