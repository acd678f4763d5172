import type { Timers } from '../../domain/timers.js';
import { createSharedOutbox, type SharedOutbox } from '../outbox-shared.js';
import { createAlbums, createSharedAlbums } from './albums.js';
import type { TelegramApi } from './api.js';
import { createAskNotes } from './ask-notes.js';
import { createChats } from './chats.js';
import { createRecentMessages, type RecentMessages } from './deletions.js';
import type { TelegramDependencies } from './deps.js';
import { createFiles } from './files.js';
import { createIntake, type Intake } from './intake.js';
import { createMembership } from './membership.js';
import { createNotices } from './notices.js';
import { createPace, MOST_A_SECOND } from './pace.js';
import { createPresses } from './presses.js';
import { createReceive } from './receive.js';
import { createTelegramSender } from './sender.js';
import { createTyping } from './typing.js';

/** What goes both ways between Telegram and the conversations. */
export interface Traffic {
  readonly intake: Intake;
  /** Ends the sending: what is due is sent after the next start. */
  close(): Promise<void>;
}

export type TrafficDependencies = Omit<TelegramDependencies, 'timers'> & {
  readonly api: TelegramApi;
  /** The chats of another bot are left alone. */
  readonly botId: number;
  readonly timers: Timers;
};

/**
 * Of thirty messages a second that Telegram takes from a bot, where several processes write to it: conversations are written
 * to by one of them, and each of the others has some for its notices and files. With more than four processes that is too
 * many in a bad second: then Telegram refuses some, which are sent a little later.
 */
const MOST_OF_SENDER = 24;
const MOST_OF_OTHERS = 2;

/** Begins at once to send what an earlier process left, when it is this one's to send. */
export function createTraffic(deps: TrafficDependencies): Traffic {
  const { conversations, words } = deps;
  const isAlone = (): boolean => (deps.peers?.state() ?? 'sole') === 'sole';
  const mostASecond = (): number => {
    if (isAlone()) return MOST_A_SECOND;
    return outbox.isSender() ? MOST_OF_SENDER : MOST_OF_OTHERS;
  };
  const pace = createPace({ ...deps, mostASecond });
  const recent = createRecentMessages();
  const sender = createTelegramSender({ ...deps, pace, recent });
  const notes = createAskNotes(recent);
  const outbox = createSharedOutbox({ ...deps, name: 'telegram-outbox', channel: 'telegram', sender, notes });
  const chats = createChats({ ...deps, outbox });
  // One process shows that a delegate types, as one sends.
  const typing = createTyping({ ...deps, chatOf: chats.chatOf, isSender: outbox.isSender });
  const presses = createPresses({ ...deps, pace, recent: tellingOf(recent, outbox), isShared: () => !isAlone() });
  const notices = createNotices({ ...deps, pace });
  const endForgetting = deps.changes.subscribeAll((id, { kind }) => {
    if (kind === 'removed') recent.forget(id);
  });
  const receive = createReceive({
    chats,
    turns: deps.turns,
    outbox,
    presses,
    typing,
    files: createFiles(deps),
    albums: isAlone() ? createAlbums() : createSharedAlbums(deps.claims),
    membership: createMembership({ ...deps, chats, conversations, recent, outbox, notices }),
    notices,
    recent,
    words,
  });
  const onGivenUp = (chatId: number): Promise<boolean> => notices.undertake(chatId, words.notTaken.failed);

  return {
    intake: createIntake({ receive, onGivenUp, log: deps.log }),
    async close() {
      endForgetting();
      typing.close();
      const closing = outbox.close();
      // Whoever waits for a place waits for the next start.
      pace.close();
      await Promise.all([closing, presses.close()]);
    },
  };
}

/** A file that was sent at a button leaves by any process: the one that erases is told of it. */
function tellingOf(recent: RecentMessages, outbox: SharedOutbox): RecentMessages {
  return {
    ...recent,
    note(conversationId, mark) {
      recent.note(conversationId, mark);
      if (!outbox.isSender()) void outbox.undertake(conversationId);
    },
  };
}
