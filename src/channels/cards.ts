import type { Attachment, SuggestedActions } from 'botframework-schema';
import type { Card, SuggestedAction } from '../domain/message.js';

/** A hero card whose links open in the client; paths of this server become absolute by `baseUrl`. */
export function toHeroCard({ title, text, links }: Card, baseUrl: string): Attachment {
  return {
    contentType: 'application/vnd.microsoft.card.hero',
    content: {
      title,
      ...(text !== undefined && { text }),
      buttons: links.map((link) => ({
        type: 'openUrl',
        title: link.title,
        value: link.url.startsWith('/') ? `${baseUrl}${link.url}` : link.url,
      })),
    },
  };
}

/** Buttons that send their value as if it had been typed; `to` is empty: they are for whoever reads. */
export function toSuggestedActions(actions: readonly SuggestedAction[]): SuggestedActions {
  return { to: [], actions: actions.map(({ title, value }) => ({ type: 'imBack', title, value })) };
}
