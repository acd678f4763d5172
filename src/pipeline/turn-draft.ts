import type { Conversation } from '../domain/conversation.js';
import { contentsOf, type Transition } from '../domain/conversation-transitions.js';
import type { Danger } from '../domain/danger.js';
import type { DeskWords } from '../domain/desk-words.js';
import type { Content, ErasedContent, Message } from '../domain/message.js';
import { arrangeReplies } from './arrange-replies.js';
import type { Secrecy, Turn, TurnDraft } from './compose.js';
import type { Inbound } from './turn.js';

/** @param secrecy of the earlier attempts of the same turn. */
export function startTurn(
  conversation: Conversation,
  received: Inbound,
  now: Date,
  secrecy: Secrecy = { isConcealed: false },
): Turn {
  const { status, desk, dialogState } = conversation;
  const draft: TurnDraft = { replies: [], notices: [], counts: [], status, desk, dialogState };
  return { conversation, received, now, secrecy, draft };
}

/** Takes a transition into the draft; it happens with the turn's commit, or not at all. */
export function applyTransition(draft: TurnDraft, transition: Transition, words: DeskWords): void {
  draft.status = transition.status;
  draft.desk = transition.desk;
  draft.notices.push(...contentsOf(transition, words));
  draft.counts.push(...transition.counts);
}

/**
 * The message as received, or the mark of its erasure; then who speaks now; then the answers.
 * @param asksInConfidence what the resident says next is for no transcript: what the bot says now tells clients so.
 */
export function toMessages({ draft, now, received, danger }: Turn, asksInConfidence: boolean): [Message, ...Message[]] {
  if (!draft.inbound) throw new Error('A turn without its message cannot be committed');
  const { seq } = draft.inbound;
  const first: Message =
    draft.erasedMessages === undefined
      ? { ...draft.inbound, content: withDanger(draft.inbound.content, danger) }
      : {
          ...draft.inbound,
          author: 'system',
          content: erasedContent(draft.erasedMessages, received),
        };
  const said = [
    ...draft.notices.map((content) => ({ author: 'system', content }) as const),
    ...arrangeReplies(draft).map((content) => {
      const isMarked = asksInConfidence && content.kind === 'text';
      return { author: 'bot', content: isMarked ? { ...content, asksInConfidence } : content } as const;
    }),
  ];
  const replies = said.map(({ author, content }, index): Message => {
    const own = seq + 1 + index;
    return { seq: own, externalId: `out:${own}`, replyTo: seq, author, at: now, content };
  });
  return [first, ...replies];
}

/** Of words that are not kept nothing else would tell it. */
function withDanger(content: Content, danger: Danger | undefined): Content {
  return content.kind === 'text' && danger?.level === 2 ? { ...content, tellsOfDanger: true } : content;
}

function erasedContent(erasedMessages: number, { writtenAt, order }: Inbound): ErasedContent {
  return {
    kind: 'erased',
    erasedMessages,
    ...(writtenAt && { writtenAt: writtenAt.getTime() }),
    ...(order !== undefined && { order }),
  };
}
