import { createKeyedQueue } from '../pipeline/keyed-queue.js';
import { createAttachmentReader } from './attachment-reading.js';
import { createActionHandlers } from './conversation-actions.js';
import { createBookmarks } from './conversation-bookmarks.js';
import { type ConversationCall, type ConversationDependencies, paramOf, recordOf } from './conversation-context.js';
import { messagesBefore, placeFromText, placeToText } from './conversation-pages.js';
import type { Call, Handlers } from './handler.js';
import { presentMessage } from './present-message.js';
import { createOnce } from './present-once.js';
import { createSearch } from './search.js';
import { readAllMessages, writeTranscript } from './transcript.js';

type WritingName = 'reply' | 'saveDraft' | 'markRead' | 'showTyping';
type ReadingName =
  | 'listPast'
  | 'openConversation'
  | 'readEarlier'
  | 'readTranscript'
  | 'readAttachment'
  | 'search'
  | 'readCannedReplies';
type ActionName = keyof ReturnType<typeof createActionHandlers>;
export type ConversationOperation = WritingName | ReadingName | ActionName;

const PAST_PAGE = 30;
const RETRY_MS = 10 * 60_000;

/**
 * The delegates' calls about conversations. Each looks the conversation up first, so that one which never asked for a
 * person does not exist for them; what was done is logged after it succeeded, without a word of anybody's.
 */
export function createConversationHandlers(deps: ConversationDependencies): Handlers<ConversationOperation> {
  return { ...createReadingHandlers(deps), ...createWritingHandlers(deps), ...createActionHandlers(deps) };
}

function createReadingHandlers(deps: ConversationDependencies): Handlers<ReadingName> {
  const { view, store, clock } = deps;
  const record = recordOf(deps.audit);
  const search = createSearch(deps);
  const searches = createKeyedQueue();

  /** What is read is logged first: nobody reads without a trace, even when the log does not answer. */
  async function findToRead(call: Pick<ConversationCall, 'params' | 'caller'>) {
    const conversation = await view.find(paramOf(call));
    await view.noteOpening(conversation.id, call.caller.account.id);
    return conversation;
  }

  return {
    async listPast({ query: { after } }) {
      const found = await store.listPast(PAST_PAGE + 1, after === undefined ? undefined : placeFromText(after));
      const page = found.slice(0, PAST_PAGE);
      const last = found.length > PAST_PAGE ? page.at(-1) : undefined;
      const cards = await Promise.all(page.map((conversation) => view.card(conversation)));
      return { cards, ...(last && { next: placeToText(last) }) };
    },
    async openConversation(call) {
      const conversation = await findToRead(call);
      const { account } = call.caller;
      const { id, lastSeq } = conversation;
      const [detail, page, bookmark] = await Promise.all([
        view.detail(conversation, account.id),
        messagesBefore(store, id, lastSeq + 1),
        deps.bookmarks.load(account.id, id),
      ]);
      return {
        detail,
        messages: page.messages.map(presentMessage),
        hasEarlier: page.hasEarlier,
        ...(bookmark?.draft !== undefined && { draft: bookmark.draft }),
        readSeq: bookmark?.readSeq ?? 0,
      };
    },
    async readEarlier(call) {
      const { id } = await findToRead(call);
      const { messages, hasEarlier } = await messagesBefore(store, id, call.query.before);
      return { messages: messages.map(presentMessage), hasEarlier };
    },
    async readTranscript(call) {
      const conversation = await view.find(paramOf(call));
      const { actor } = call.caller;
      const messages = await readAllMessages(store, conversation.id);
      await record('conversation.exported', actor, conversation.id);
      return writeTranscript({ conversation, messages, name: actor.name, now: clock() });
    },
    readAttachment: createAttachmentReader(deps),
    async search({ body, caller }) {
      // One at a time for each delegate: it costs the server more than anything else that they do.
      const result = await searches.run(caller.account.id, () => search(body.text));
      await record('conversation.searched', caller.actor, undefined, { searched: result.searched });
      return result;
    },
    readCannedReplies: async () => deps.cannedReplies(),
  };
}

function createWritingHandlers(deps: ConversationDependencies): Handlers<WritingName> {
  const { desk, view, wakeUps, clock } = deps;
  const record = recordOf(deps.audit);
  const bookmarks = createBookmarks(deps.bookmarks, clock);
  const once = createOnce(clock, RETRY_MS);

  return {
    async reply(call: Call<'reply'>) {
      const { id } = await view.find(paramOf(call));
      const { actor } = call.caller;
      const { text, clientId } = call.body;
      const { conversation, message } = await desk.reply(id, actor, call.body);
      // A repeated call is not logged twice, and must not remove what was drafted since.
      await once(`${actor.delegateId} ${id} ${clientId}`, async () => {
        await record('conversation.replied', actor, id, { seq: message.seq });
        await bookmarks.markReplied(actor.delegateId, id, { seq: message.seq, text });
      });
      return { message: presentMessage(message), detail: await view.detail(conversation, actor.delegateId) };
    },
    async saveDraft(call) {
      const { id } = await view.find(paramOf(call));
      await bookmarks.saveDraft(call.caller.account.id, id, call.body.text);
      return { ok: true };
    },
    async markRead(call) {
      const { id, lastSeq } = await view.find(paramOf(call));
      await bookmarks.markRead(call.caller.account.id, id, Math.min(call.body.seq, lastSeq));
      return { ok: true };
    },
    async showTyping(call) {
      const { actor } = call.caller;
      const conversation = await view.find(paramOf(call));
      if (view.mayReply(conversation, actor.delegateId)) {
        wakeUps.notify(conversation.id, {
          kind: 'typing',
          author: 'delegate',
          delegateId: actor.delegateId,
          name: actor.name,
        });
      }
      return { ok: true };
    },
  };
}
