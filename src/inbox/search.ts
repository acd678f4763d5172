import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldText } from '../domain/answers.js';
import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Result } from './handler.js';
import type { DeskView } from './present-desk-view.js';
import { textOf } from './present-message.js';
import { oneLine } from './present-text.js';
import { INBOX_WORDS } from './present-words.js';
import { pseudonymOf } from './pseudonym.js';
import { excerptAround } from './search-excerpt.js';

export interface SearchLimits {
  /** How many conversations are looked through at most. */
  readonly conversations: number;
  /** Of one conversation, counted from its end. */
  readonly messages: number;
  readonly matches: number;
  /** After which what was found is answered. */
  readonly milliseconds: number;
}

export interface SearchDependencies {
  readonly store: Pick<ConversationStore, 'messagesAfter' | 'listQueue' | 'listPast'>;
  readonly view: Pick<DeskView, 'card'>;
  readonly clock: Clock;
  readonly searchLimits?: Partial<SearchLimits>;
}

const LIMITS: SearchLimits = { conversations: 500, messages: 500, matches: 50, milliseconds: 4000 };
const PAST_PAGE = 50;
/** Opening a hundred takes some milliseconds: then others have their turn. */
const MESSAGES_AT_ONCE = 100;
const EXCERPT_LENGTH = 120;

interface Match {
  readonly conversation: Conversation;
  readonly seq: number;
  readonly excerpt: string;
}

/**
 * Looks for words in what was said, or for a pseudonym: first through the queue, then through past conversations, the
 * newest first. Texts are encrypted, so there is no index: they are opened one conversation after another, within limits.
 */
export function createSearch(deps: SearchDependencies): (text: string) => Promise<Result<'search'>> {
  const limits = { ...LIMITS, ...deps.searchLimits };
  const { store, view, clock } = deps;

  async function lookThrough(
    folded: string,
  ): Promise<{ matches: readonly Match[]; searched: number; isPartial: boolean }> {
    const endsAt = clock().getTime() + limits.milliseconds;
    const matches: Match[] = [];
    let searched = 0;
    let isPartial = false;
    for await (const conversation of candidates(store, limits.conversations + 1)) {
      const isFull = searched >= limits.conversations || matches.length >= limits.matches;
      if (isFull || clock().getTime() >= endsAt) return { matches, searched, isPartial: true };
      const { match, isCut } = await searchOne(store, conversation, folded, limits.messages);
      if (match) matches.push(match);
      isPartial ||= isCut;
      searched += 1;
    }
    return { matches, searched, isPartial };
  }

  async function present({ conversation, seq, excerpt }: Match): Promise<Result<'search'>['matches'][number]> {
    return { card: await view.card(conversation), seq, excerpt };
  }

  return async (text) => {
    const folded = foldText(text);
    if (folded === '') return { matches: [], searched: 0, isPartial: false };
    const { matches, ...rest } = await lookThrough(folded);
    return { ...rest, matches: await Promise.all(matches.map(present)) };
  };
}

async function* candidates(store: SearchDependencies['store'], most: number): AsyncGenerator<Conversation> {
  const queue = [...(await store.listQueue(most))];
  const seen = new Set(queue.map(({ id }) => id));
  yield* queue.sort((one, other) => other.lastMessageAt.getTime() - one.lastMessageAt.getTime());
  for (let before: Conversation | undefined; ; ) {
    const page = await store.listPast(PAST_PAGE, before);
    // One that left the queue meanwhile has been looked through.
    yield* page.filter(({ id }) => !seen.has(id));
    before = page.at(-1);
    if (page.length < PAST_PAGE || before === undefined) return;
  }
}

/** The newest match of a conversation. `isCut`: there is none, and earlier messages were not looked at. */
async function searchOne(
  store: SearchDependencies['store'],
  conversation: Conversation,
  folded: string,
  most: number,
): Promise<{ match?: Match; isCut: boolean }> {
  const { id, lastSeq } = conversation;
  let lastWords = '';
  let wasErased = false;
  for await (const message of newestFirst(store, conversation, most)) {
    const text = textOf(message);
    wasErased ||= message.content.kind === 'erased';
    if (text === undefined) continue;
    lastWords ||= oneLine(text, EXCERPT_LENGTH);
    const excerpt = excerptAround(text, folded);
    if (excerpt !== undefined) return { match: { conversation, seq: message.seq, excerpt }, isCut: false };
  }
  if (isPseudonym(id, folded)) return { match: { conversation, seq: lastSeq, excerpt: lastWords }, isCut: false };
  return { isCut: lastSeq > most && !wasErased };
}

async function* newestFirst(
  store: SearchDependencies['store'],
  { id, lastSeq }: Conversation,
  most: number,
): AsyncGenerator<Message> {
  const first = Math.max(0, lastSeq - most);
  for (let end = lastSeq; end > first; end -= MESSAGES_AT_ONCE) {
    const after = Math.max(first, end - MESSAGES_AT_ONCE);
    const page = await store.messagesAfter(id, after, end - after);
    yield* page.filter(({ seq }) => seq <= end).toReversed();
    await nextTurn();
    // An erasure leaves nothing before it.
    if (page[0]?.content.kind === 'erased') return;
  }
}

/** « B7K2 » or « Résident B7K2 »: what colleagues call it. */
function isPseudonym(id: string, folded: string): boolean {
  const code = foldText(pseudonymOf(id));
  return folded === code || folded === `${foldText(INBOX_WORDS.resident)} ${code}`;
}
