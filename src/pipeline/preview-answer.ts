import type { ConcealedWords } from '../domain/concealed-words.js';
import type { Conversation } from '../domain/conversation.js';
import { NEW_DESK_STATE } from '../domain/desk-state.js';
import type { DeskWords } from '../domain/desk-words.js';
import { DomainError } from '../domain/errors.js';
import type { Content } from '../domain/message.js';
import { createConfidences } from './confidences.js';
import type { ReportServices } from './report-effects.js';
import { type DialogRunner, runDialogs } from './run-dialogs.js';
import { startTurn } from './turn-draft.js';

export interface PreviewDependencies {
  readonly dialogs: DialogRunner;
  readonly words: DeskWords;
  readonly concealed: ConcealedWords;
  readonly now: Date;
}

/** What the dialogs answer to the words of a button, in a conversation that has just begun. Nothing is stored. */
export async function previewAnswer(
  text: string,
  { dialogs, words, concealed, now }: PreviewDependencies,
): Promise<readonly Content[]> {
  const turn = startTurn(newConversation(now), { externalId: 'preview', text }, now);
  const step = runDialogs(dialogs, {
    store: { countMessages: async () => 0 },
    outlook: async () => ({ available: 0, hours: 'unknown', position: 1 }),
    words,
    concealed,
    confidences: createConfidences(() => now),
    reports: NO_REPORTS,
  });
  await step(turn, async () => undefined);
  return turn.draft.replies;
}

async function refuse(): Promise<never> {
  throw new DomainError('no-reader', 'A preview takes no report');
}

/** Nobody reads reports, and none was ever sent. */
const NO_REPORTS: ReportServices = {
  intake: {
    canBeRead: async () => false,
    draftOf: async () => undefined,
    open: refuse,
    answer: refuse,
    answeredBy: async () => [],
    discard: async () => undefined,
    submit: refuse,
    readReceipt: async () => undefined,
    peekReceipt: async () => undefined,
  },
  followUp: {
    find: async () => 'unknown',
    add: async () => false,
    notifyIn: async () => false,
    notifyAfterSending: async () => false,
  },
};

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
