import { createOutbox } from '../outbox.js';
import type { Timers } from '../timers.js';
import { createAlbums } from './albums.js';
import type { TelegramApi } from './api.js';
import { createChats } from './chats.js';
import { createRecentMessages } from './deletions.js';
import type { TelegramDependencies } from './deps.js';
import { createFiles } from './files.js';
import { createIntake, type Intake } from './intake.js';
import { createMembership } from './membership.js';
import { createNotices } from './notices.js';
import { createPace } from './pace.js';
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

/** Begins at once to send what an earlier process left. */
export function createTraffic(deps: TrafficDependencies): Traffic {
  const { conversations, words } = deps;
  const pace = createPace(deps);
  const recent = createRecentMessages();
  const sender = createTelegramSender({ ...deps, pace, recent });
  const outbox = createOutbox({ ...deps, channel: 'telegram', sender });
  const chats = createChats({ ...deps, outbox });
  const typing = createTyping({ ...deps, chatOf: chats.chatOf });
  const presses = createPresses({ ...deps, pace, recent });
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
    albums: createAlbums(),
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
