import type { Conversation } from '../domain/conversation.js';
import { NEW_DESK_STATE } from '../domain/desk-state.js';
import type { DeskWords } from '../domain/desk-words.js';
import type { Content } from '../domain/message.js';
import { type DialogRunner, runDialogs } from './run-dialogs.js';
import { startTurn } from './turn-draft.js';

export interface PreviewDependencies {
  readonly dialogs: DialogRunner;
  readonly words: DeskWords;
  readonly now: Date;
}

/** What the dialogs answer to the words of a button, in a conversation that has just begun. Nothing is stored. */
export async function previewAnswer(
  text: string,
  { dialogs, words, now }: PreviewDependencies,
): Promise<readonly Content[]> {
  const turn = startTurn(newConversation(now), { externalId: 'preview', text }, now);
  const outlook = async () => ({ available: 0, hours: 'unknown', position: 1 }) as const;
  const step = runDialogs(dialogs, { store: { countMessages: async () => 0 }, outlook, words });
  await step(turn, async () => undefined);
  return turn.draft.replies;
}

function newConversation(now: Date): Conversation {
  return {
    id: 'preview',
    channel: 'directline',
    rev: 0,
    lastSeq: 0,
    status: 'bot',
    dialogState: {},
    desk: NEW_DESK_STATE,
    inboxList: 'none',
    createdAt: now,
    lastMessageAt: now,
  };
}
