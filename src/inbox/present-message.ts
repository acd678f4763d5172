import type { z } from 'zod';
import type { Content, Message } from '../domain/message.js';
import type { message as messageSchema } from './schemas/conversations.js';

export type MessageView = z.input<typeof messageSchema>;
type Body = Pick<MessageView, 'text' | 'edits' | 'editedAt' | 'attachment' | 'card' | 'actions' | 'event'>;

export const events = [
  'erased',
  'handoff.initiate',
  'handoff.accepted',
  'handoff.completed',
  'handoff.failed',
] as const;

/** What delegates read of a message: each member is named here, so that none is shown by chance. */
export function presentMessage({ seq, author, signature, at, content, clientId }: Message): MessageView {
  return {
    seq,
    author,
    ...(signature && { by: { id: signature.delegateId, displayName: signature.name } }),
    at: at.getTime(),
    ...bodyOf(content),
    // Whoever writes to the assistant may choose any id; only delegates' pages look for theirs.
    ...(author === 'delegate' && clientId !== undefined && { clientId }),
  };
}

/** Text that somebody reads, undefined for an event. */
export function textOf({ content }: Pick<Message, 'content'>): string | undefined {
  return content.kind === 'text' ? content.text : undefined;
}

function bodyOf(content: Content): Body {
  if (content.kind === 'erased') return { text: '', event: 'erased' };
  if (content.kind === 'handoff') {
    return { text: '', event: content.event === 'initiate' ? 'handoff.initiate' : `handoff.${content.state}` };
  }
  const { text, card, actions, edits, editedAt, attachment } = content;
  return {
    text,
    ...(edits !== undefined && { edits, ...(editedAt !== undefined && { editedAt }) }),
    ...(attachment && {
      attachment: { id: attachment.id, kind: attachment.kind, bytes: attachment.bytes },
    }),
    ...(card && {
      card: {
        title: card.title,
        ...(card.text !== undefined && { text: card.text }),
        links: card.links.map(({ title, url }) => ({ title, url })),
      },
    }),
    ...(actions && actions.length > 0 && { actions: actions.map(({ title }) => title) }),
  };
}
