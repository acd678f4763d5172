import { type Activity, ActivityTypes, InputHints, TextFormatTypes } from 'botbuilder';
import type { Message, TextContent } from '../../domain/message.js';
import { type AuthorNames, nameOfDelegate } from '../author-names.js';
import { toHeroCard, toSuggestedActions } from '../cards.js';
import { toHandoffEvent } from '../handoff-event.js';

export interface ReplyForm {
  readonly names: AuthorNames;
  /** Absent while no request has told where the server is reached: links to it are left out. */
  readonly baseUrl?: string;
  /** As Bot Framework names the channel: `msteams`, `emulator` … */
  readonly channelId: string | undefined;
}

/** Channels whose clients are programs that may read the handoff protocol; others refuse an event, or show it as noise. */
const EVENT_CHANNELS: readonly (string | undefined)[] = ['emulator', 'directline', 'webchat'];

/** A stored message as a Bot Framework channel takes it; undefined for what has no form there (an erasure's mark). */
export function toReply({ author, signature, content }: Message, form: ReplyForm): Partial<Activity> | undefined {
  if (content.kind === 'erased') return undefined;
  if (content.kind === 'handoff') {
    return EVENT_CHANNELS.includes(form.channelId)
      ? { type: ActivityTypes.Event, ...toHandoffEvent(content) }
      : undefined;
  }
  // There everything comes from the bot's account, so the words themselves say that a person wrote them.
  const by = author === 'delegate' ? `${nameOfDelegate(form.names, signature?.name)} : ` : '';
  return toMessage(content, by, form.baseUrl);
}

function toMessage({ text, card, actions }: TextContent, by: string, baseUrl: string | undefined): Partial<Activity> {
  const links = card?.links.filter(({ url }) => baseUrl !== undefined || !url.startsWith('/')) ?? [];
  return {
    type: ActivityTypes.Message,
    locale: 'fr-FR',
    text: `${by}${text}`,
    textFormat: TextFormatTypes.Plain,
    inputHint: actions?.length ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    ...(card && { attachments: [toHeroCard({ ...card, links }, baseUrl ?? '')] }),
    ...(actions?.length && { suggestedActions: toSuggestedActions(actions) }),
  };
}
