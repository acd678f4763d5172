import { createBotFrameworkChannel } from './channels/botframework/create-botframework-channel.js';
import type { Channel } from './channels/channel.js';
import { createDirectLineChannel } from './channels/directline/create-directline-channel.js';
import type { TelegramChannel } from './channels/telegram/create-telegram-channel.js';
import type { Parts, Services } from './compose-services.js';
import { createTelegram } from './compose-telegram.js';
import type { ChannelName } from './domain/conversation.js';
import { createConversations } from './domain/conversations.js';
import { createEmergencyAnswer } from './domain/emergency-answer.js';
import type { Timers } from './domain/timers.js';
import { faultOf } from './http/error-handler.js';
import { mayBeUnsent } from './may-be-unsent.js';
import { type Confidences, createConfidences } from './pipeline/confidences.js';
import { createTurnHandler, type DrainableTurnHandler } from './pipeline/create-turn-handler.js';
import { exceptButtons } from './pipeline/except-buttons.js';
import { createReveal } from './pipeline/reveal.js';
import type { DialogRunner } from './pipeline/run-dialogs.js';
import { listAllChangedSince } from './realtime/list-changed-since.js';
import { deriveKey } from './storage/data-key.js';

const SWEEP_MS = 60_000;

export interface Channels {
  readonly turns: DrainableTurnHandler;
  /** All of them. */
  readonly channels: readonly Channel[];
  /** Absent without a token. */
  readonly telegram?: TelegramChannel;
}

/**
 * The residents' side: turns, and the channels that hand them in.
 * @param environment.timers those of the platform when absent.
 */
export function createChannels(
  parts: Parts,
  dialogs: DialogRunner,
  services: Services,
  { timers }: { readonly timers?: Timers | undefined } = {},
): Channels {
  const { wakeUps, leases, peers, statistics, outlook, residents, reports, secrets } = services;
  const { config, clock, log, content, nlu, opened, meters } = parts;
  const { answers, replies } = content;
  const { storage } = opened;
  const store = storage.conversations;
  const confidences = createConfidences(clock, { lines: secrets });
  const endSweeping = startSweeping(confidences);
  const eraseBeside = async (id: string, eraseSatellites: () => Promise<unknown>) => {
    confidences.forget(id);
    await eraseSatellites();
    await reports.upkeep.forgetConversations([id]);
  };
  const conversations = createConversations({
    store,
    wakeUps,
    clock,
    welcome: () => answers.render('welcome'),
    statistics,
    eraseBeside: (id) => eraseBeside(id, () => storage.satellites.removeOf([id])),
  });
  const commandOf = (text: string) => {
    const meaning = answers.meaningOf(text);
    return meaning && 'command' in meaning ? meaning.command : replies.commandOf(text);
  };
  const turns = meters.turns(
    createTurnHandler({
      store,
      wakeUps,
      clock,
      statistics,
      outlook,
      words: content.desk.words,
      concealed: content.concealed,
      enclosed: content.enclosed,
      confidences,
      reports,
      isLeaving: (text) => commandOf(text) === 'menu',
      isReply: (text) => answers.meaningOf(text) !== undefined || replies.commandOf(text) !== undefined,
      // What goes on is delivered from where it had got to.
      eraseBeside: (id) => eraseBeside(id, () => storage.satellites.eraseOf(id)),
      emergency: exceptButtons(nlu.emergency, answers),
      recognizer: nlu.recognizer,
      dialogs,
      emergencyAnswer: createEmergencyAnswer({ answers, facts: content.facts }),
      failureAnswer: () => answers.render('error.turn'),
      onFailure: (error) => log.error(faultOf(error), 'A turn failed; its message was kept'),
    }),
  );
  const shared = {
    conversations,
    turns,
    log,
    clock,
    names: content.authors,
    reveal: createReveal({
      confidences,
      words: content.concealed,
      readReceipt: (ref) => reports.intake.readReceipt(ref),
    }),
    trustProxy: config.trustProxy,
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  };
  const directLine = createDirectLineChannel({
    ...shared,
    residents,
    limiters: services.limiters,
    signingKey: deriveKey(opened.key, 'directline tokens'),
    widgetOrigins: config.widgetOrigins,
    ...(config.directLineSecret !== undefined && { secret: config.directLineSecret }),
  });
  const pushed = (channel: ChannelName) => ({
    ...shared,
    // A receipt that is on its way for longer than it may be shown would be lost: it is shown once it has arrived.
    reveal: createReveal({
      confidences,
      words: content.concealed,
      readReceipt: (ref) => reports.intake.peekReceipt(ref),
      onReceiptShown: (ref) => reports.intake.readReceipt(ref),
    }),
    changes: wakeUps,
    atStart: () => mayBeUnsent(store, channel),
    deliveries: storage.deliveries,
    asks: storage.asks,
    claims: storage.claims,
    changedSince: (since: Date) => listAllChangedSince(store, since),
    leases,
    peers,
    ...(timers && { timers }),
  });
  const botFramework = createBotFrameworkChannel({ ...pushed('botframework'), settings: config.botFramework });
  const telegram = createTelegram(parts, services, pushed('telegram'));
  const drainAndForget = async () => {
    await turns.drain();
    endSweeping();
    // What residents are in the middle of goes on in the other processes.
    secrets.handOver();
    secrets.close();
    confidences.clear();
  };
  return {
    turns: { ...turns, drain: drainAndForget },
    channels: [directLine, botFramework, ...(telegram ? [telegram] : [])],
    ...(telegram && { telegram }),
  };
}

/** What is over leaves memory even where nobody asks for it. */
function startSweeping({ sweep }: Confidences): () => void {
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return () => clearInterval(timer);
}
