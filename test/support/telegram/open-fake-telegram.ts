import { createCallLog } from './call-log.js';
import { createFaults } from './faults.js';
import { createFlood } from './flood.js';
import { openGroup } from './group-chat.js';
import { openFront } from './http-front.js';
import type { Server } from './methods/method.js';
import { openPrivateChat } from './private-chat.js';
import { createProfile } from './profile.js';
import type { Call, FakeTelegram, FakeTelegramOptions } from './types.js';
import { createUpdateQueue } from './update-queue.js';
import { createWebhook } from './webhook.js';
import { createWorld } from './world.js';

const BOT_ID = 123_456_789;
const WAIT_MS = 10_000;
const MINUTE_MS = 60_000;

/** Opens a fake of the Bot API on 127.0.0.1 (https://core.telegram.org/bots/api). */
export async function openFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const username = options.username ?? 'permanence_test_bot';
  const name = options.name ?? 'Permanence';
  let token = options.token ?? tokenOf(BOT_ID, 0);
  const bot = { id: Number(token.split(':')[0]), is_bot: true, first_name: name, username };
  const server = createServer(options, bot);
  const { world, updates, webhook, flood, profile } = server;
  const calls = createCallLog(world);
  const faults = createFaults();
  const front = await openFront({ server, calls, faults, token: () => token }, options.port ?? 0);

  function callsOf(method: string, chatId?: number): readonly Call[] {
    return calls.calls.filter((call) => call.method === method && (chatId ?? call.chatId) === call.chatId);
  }

  return {
    url: `http://127.0.0.1:${front.port}`,
    get token() {
      return token;
    },
    bot: { id: bot.id, username, name },
    openChat: (chat = {}) => openPrivateChat(server, chat),
    openGroup: (group = {}) => openGroup(server, group),
    calls: calls.calls,
    callsOf,
    waitForCalls(method, count = 1, limitMs = WAIT_MS) {
      const look = (): readonly Call[] | undefined => {
        const ended = callsOf(method).filter(({ status }) => status !== undefined);
        return ended.length >= count ? ended : undefined;
      };
      return world.signal.until(look, limitMs, () => `${callsOf(method).length} calls of ${method}`);
    },
    fail: faults.add,
    heal: faults.clear,
    updates: {
      async polled(limitMs = WAIT_MS) {
        const look = (): true | undefined => updates.isPolled() || undefined;
        await world.signal.until(look, limitMs, () => 'no long poll');
      },
      get pending() {
        return updates.entries.map(({ update }) => update);
      },
      all: updates.all,
      hold: updates.hold,
      release: updates.release,
      repeat: updates.repeat,
      push: updates.push,
    },
    violations: () => flood.violations,
    changeToken(next = tokenOf(bot.id, world.next())) {
      token = next;
      updates.endPoll('terminated by other getUpdates request');
      return token;
    },
    webhook: webhook.info,
    webhookLoad: webhook.load,
    profile,
    async settled(limitMs = WAIT_MS) {
      const look = (): true | undefined => (updates.entries.length === 0 && calls.open() === 0 ? true : undefined);
      await world.signal.until(look, limitMs, () => `${updates.entries.length} updates, ${calls.open()} calls open`);
    },
    goAway: front.shut,
    comeBack: front.open,
    async close() {
      faults.clear();
      webhook.close();
      await front.shut();
    },
  };
}

function createServer(options: FakeTelegramOptions, bot: Server['world']['bot']): Server {
  const world = createWorld(options.clock ?? (() => new Date()), bot);
  const updates = createUpdateQueue(world);
  const flood = createFlood(world, {
    isRefused: options.floods === 'refused',
    burst: options.burst ?? 3,
    overall: options.overall ?? 30,
  });
  const pausesMs = options.webhookPausesMs ?? [1000, 2000, 4000, 8000, 16_000, 32_000, MINUTE_MS];
  return {
    world,
    updates,
    flood,
    profile: createProfile(),
    webhook: createWebhook(world, updates, {
      takesHttp: options.takesHttpWebhooks ?? false,
      pausesMs,
      proxy: options.webhookProxy ?? ((url) => url),
    }),
    longestPollMs: options.longestPollMs ?? MINUTE_MS,
    queryLifeMs: options.queryLifeMs ?? MINUTE_MS,
  };
}

/** As BotFather gives them: the bot's id, a colon, 35 characters. */
const tokenOf = (botId: number, version: number): string => `${botId}:AAfake${String(version).padStart(29, '0')}`;
