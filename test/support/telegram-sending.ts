import type { Deliveries, Delivery } from '../../src/channels/deliveries.js';
import { createOutbox, type Outbox } from '../../src/channels/outbox.js';
import { createTelegramApi, type TelegramApi } from '../../src/channels/telegram/api.js';
import { createRecentMessages, type RecentMessages } from '../../src/channels/telegram/deletions.js';
import { createPace, type Pace } from '../../src/channels/telegram/pace.js';
import { createTelegramSender, type SenderDependencies } from '../../src/channels/telegram/sender.js';
import type { TelegramWords } from '../../src/channels/telegram/words.js';
import { readConfig } from '../../src/config.js';
import { type Content, loadContent } from '../../src/content/load-content.js';
import type { Clock } from '../../src/domain/clock.js';
import type { Conversation } from '../../src/domain/conversation.js';
import type { Message, Content as Said } from '../../src/domain/message.js';
import type { Timers } from '../../src/domain/timers.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import { buildConversation } from './build-conversation.js';
import { openFakeTelegram } from './telegram/index.js';
import type { FakeChat, FakeTelegram, FakeTelegramOptions } from './telegram/types.js';

export const CONTENT: Content = loadContent(new URL('../../corpus/fr/', import.meta.url), readConfig({}));
export const WORDS: TelegramWords = CONTENT.telegram;

/** One chat, and what is said in its conversation, sent by an outbox to a fake Bot API. */
export interface Sending {
  readonly fake: FakeTelegram;
  readonly chat: FakeChat;
  readonly api: TelegramApi;
  readonly pace: Pace;
  readonly recent: RecentMessages;
  readonly outbox: Outbox;
  readonly conversation: Conversation;
  readonly messages: Message[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly wakeUps: ReturnType<typeof createInProcessWakeUps>;
  /** Warnings and errors of the log, with their fields. */
  readonly lines: string[];
  delivery(): Delivery | undefined;
  /** Resolves once the stored delivery is so. */
  deliveryUntil(isSo: (delivery: Delivery) => boolean): Promise<Delivery>;
  /** The resident says it: it is written in the chat and stored. */
  hear(text: string): number;
  /** Stored at one time, as one turn stores it. */
  say(contents: readonly (string | Said)[], overrides?: Partial<Message>): readonly Message[];
  /** Sends all that is due. */
  deliver(): ReturnType<Outbox['deliver']>;
  /** What the next outbox of another process would do: nothing in memory is left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface SendingOptions extends FakeTelegramOptions {
  readonly sender?: Partial<SenderDependencies>;
  /** Waits of the outbox and the pace come at once, and move the clock; true unless told. */
  readonly isHurried?: boolean;
  /** How long an answer of the Bot API is waited for. */
  readonly answerMs?: number;
}

const START = new Date('2026-11-23T10:00:00Z').getTime();

export async function openSending({
  sender,
  isHurried = true,
  answerMs,
  ...options
}: SendingOptions = {}): Promise<Sending> {
  const time = isHurried ? createHurriedTime() : createRealTime();
  const fake = await openFakeTelegram({ clock: time.clock, ...options });
  const chat = fake.openChat({ firstName: 'Samia' });
  const real = createTelegramApi({ token: fake.token, apiRoot: fake.url });
  const api: TelegramApi = {
    ...real,
    call: (method, parameters, limitMs) => real.call(method, parameters, answerMs ?? limitMs),
  };
  const botId = fake.bot.id;
  const conversation = buildConversation({
    id: 'conversation-1',
    channel: 'telegram',
    address: { key: `${botId}:${chat.id}`, details: { botId, chatId: chat.id } },
  });
  const messages: Message[] = [];
  const lines: string[] = [];
  const wakeUps = createInProcessWakeUps((error) => void lines.push(String(error)));
  const line = (fields: object, words: string): void => void lines.push(`${words} ${JSON.stringify(fields)}`);
  const log = { warn: line, error: line };
  const deliveries = createDeliveries();
  const start = () => {
    const pace = createPace(time);
    const recent = createRecentMessages();
    const parts = { api, pace, recent, botId, names: CONTENT.authors, words: WORDS, log, ...time, ...sender };
    const outbox = createOutbox({
      channel: 'telegram',
      conversations: {
        find: async (id) => (id === conversation.id ? conversation : undefined),
        messagesAfter: async (_, after, limit) => messages.filter(({ seq }) => seq > after).slice(0, limit),
        signal: () => undefined,
      },
      deliveries,
      changes: wakeUps,
      sender: createTelegramSender(parts),
      log,
      random: () => 0,
      ...time,
    });
    return { pace, recent, outbox };
  };
  let running = start();
  await deliveries.save({ conversationId: conversation.id, deliveredSeq: 0 });
  chat.write('/start');

  const nextSeq = (): number => (messages.at(-1)?.seq ?? 0) + 1;
  return {
    fake,
    chat,
    api,
    conversation,
    messages,
    wakeUps,
    lines,
    ...time,
    get pace() {
      return running.pace;
    },
    get recent() {
      return running.recent;
    },
    get outbox() {
      return running.outbox;
    },
    delivery: () => deliveries.of(conversation.id),
    deliveryUntil: (isSo) => deliveries.until(conversation.id, isSo),
    hear(text) {
      const messageId = chat.write(text);
      const at = time.clock();
      const content = { kind: 'text', text } as const;
      messages.push({ seq: nextSeq(), externalId: `m${messageId}`, author: 'resident', at, content });
      return messageId;
    },
    say(contents, overrides = {}) {
      const at = time.clock();
      const said = contents.map((one, index): Message => {
        const seq = nextSeq() + index;
        const content = typeof one === 'string' ? ({ kind: 'text', text: one } as const) : one;
        return { seq, externalId: `out:${seq}`, author: 'bot', at, content, ...overrides };
      });
      messages.push(...said);
      return said;
    },
    deliver: () => running.outbox.deliver(conversation.id),
    async restart() {
      running.pace.close();
      await running.outbox.close();
      running = start();
    },
    async close() {
      running.pace.close();
      await running.outbox.close();
      await fake.close();
    },
  };
}

interface WatchedDeliveries extends Deliveries {
  of(id: string): Delivery | undefined;
  until(id: string, isSo: (delivery: Delivery) => boolean): Promise<Delivery>;
}

function createDeliveries(): WatchedDeliveries {
  const stored = new Map<string, string>();
  const watchers = new Set<() => void>();
  // As a database does: what is read is no longer what was written.
  const of = (id: string): Delivery | undefined => {
    const json = stored.get(id);
    return json === undefined ? undefined : (JSON.parse(json) as Delivery);
  };
  return {
    of,
    until: (id, isSo) =>
      new Promise((resolve) => {
        function look(): void {
          const now = of(id);
          if (!now || !isSo(now)) return;
          watchers.delete(look);
          resolve(now);
        }
        watchers.add(look);
        look();
      }),
    load: async (id) => of(id),
    async save(delivery) {
      stored.set(delivery.conversationId, JSON.stringify(delivery));
      for (const look of [...watchers]) look();
    },
    listFailed: async () => [],
    remove: async (id) => stored.delete(id),
  };
}

interface Time {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Longer waits than these are those of a sweep. */
const LONGEST_WAIT = 5 * 60_000;

function createHurriedTime(): Time {
  let now = START;
  return {
    clock: () => new Date(now),
    timers: {
      set(task, ms) {
        if (ms > LONGEST_WAIT) return () => undefined;
        const end = now + ms;
        const immediate = setImmediate(() => {
          now = Math.max(now, end);
          task();
        });
        return () => clearImmediate(immediate);
      },
    },
  };
}

function createRealTime(): Time {
  return {
    clock: () => new Date(),
    timers: {
      set(task, ms) {
        const timer = setTimeout(task, ms).unref();
        return () => clearTimeout(timer);
      },
    },
  };
}
