import { createBotFrameworkChannel } from './channels/botframework/create-botframework-channel.js';
import type { Channel } from './channels/channel.js';
import { createDirectLineChannel } from './channels/directline/create-directline-channel.js';
import type { Parts, Services } from './compose-services.js';
import { createConversations } from './domain/conversations.js';
import { createEmergencyAnswer } from './domain/emergency-answer.js';
import { faultOf } from './http/error-handler.js';
import { createTurnHandler, type DrainableTurnHandler } from './pipeline/create-turn-handler.js';
import { exceptButtons } from './pipeline/except-buttons.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';
import { deriveKey } from './storage/data-key.js';

/** More than a desk can have at once. */
const QUEUE_LIMIT = 1000;

/** The residents' side: turns, and the channels that hand them in. */
export function createChannels(
  parts: Parts,
  dialogs: DialogRunner,
  { wakeUps, statistics, outlook, residents }: Services,
): { turns: DrainableTurnHandler; channels: readonly Channel[] } {
  const { config, clock, log, content, nlu, opened } = parts;
  const { answers, replies } = content;
  const { storage } = opened;
  const store = storage.conversations;
  const eraseBeside = (id: string) => storage.satellites.removeOf([id]);
  const conversations = createConversations({
    store,
    wakeUps,
    clock,
    welcome: () => answers.render('welcome'),
    statistics,
    eraseBeside,
  });
  const commandOf = (text: string) => {
    const meaning = answers.meaningOf(text);
    return meaning && 'command' in meaning ? meaning.command : replies.commandOf(text);
  };
  const turns = createTurnHandler({
    store,
    wakeUps,
    clock,
    statistics,
    outlook,
    words: content.desk.words,
    isLeaving: (text) => commandOf(text) === 'menu',
    isReply: (text) => answers.meaningOf(text) !== undefined || replies.commandOf(text) !== undefined,
    eraseBeside,
    emergency: exceptButtons(nlu.emergency, answers),
    recognizer: nlu.recognizer,
    dialogs,
    emergencyAnswer: createEmergencyAnswer({ answers, facts: content.facts }),
    failureAnswer: () => answers.render('error.turn'),
    onFailure: (error) => log.error(faultOf(error), 'A turn failed; its message was kept'),
  });
  const shared = {
    conversations,
    turns,
    log,
    clock,
    names: content.authors,
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  };
  const directLine = createDirectLineChannel({
    ...shared,
    residents,
    signingKey: deriveKey(opened.key, 'directline tokens'),
    widgetOrigins: config.widgetOrigins,
    ...(config.directLineSecret !== undefined && { secret: config.directLineSecret }),
  });
  const botFramework = createBotFrameworkChannel({
    ...shared,
    changes: wakeUps,
    atDesk: async () => {
      const queue = await store.listQueue(QUEUE_LIMIT);
      return queue.filter(({ channel }) => channel === 'botframework').map(({ id }) => id);
    },
    deliveries: storage.deliveries,
    settings: config.botFramework,
  });
  return { turns, channels: [directLine, botFramework] };
}
