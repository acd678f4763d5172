import { createTelegramApi } from '../../src/channels/telegram/api.js';
import { createTraffic, type Traffic } from '../../src/channels/telegram/traffic.js';
import { readUpdate, type Update } from '../../src/channels/telegram/updates.js';
import { readConfig } from '../../src/config.js';
import { loadContent } from '../../src/content/load-content.js';
import { realTimers } from '../../src/domain/timers.js';
import type { TurnHandler } from '../../src/pipeline/turn.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { createEchoBot } from './directline-echo.js';
import { createForcedLeases, type ForcedLeases } from './outbox-processes.js';
import { createPeerLine } from './peers.js';
import { soon } from './soon.js';
import { openMemoryStorage } from './storage-in-memory.js';
import { openFakeTelegram } from './telegram/index.js';
import type { FakeTelegram } from './telegram/types.js';

const CONTENT = loadContent(new URL('../../corpus/fr/', import.meta.url), readConfig({}));
export const WORDS = CONTENT.telegram;

export interface TelegramProcess extends Pick<ForcedLeases, 'take' | 'lose'> {
  readonly intake: Traffic['intake'];
  readonly calls: string[];
}

/** Several processes behind a balancer that Telegram hands its updates to: the test says which takes which. */
export interface TelegramProcesses {
  readonly fake: FakeTelegram;
  readonly storage: Storage;
  readonly processes: readonly TelegramProcess[];
  /** What Telegram has to hand out now, of which there are so many, in order. */
  updates(count: number): Promise<readonly Update[]>;
  /** Before each turn. */
  onTurn(run: (text: string) => Promise<void>): void;
  close(): Promise<void>;
}

export async function openTelegramProcesses(count: number): Promise<TelegramProcesses> {
  const fake = await openFakeTelegram({ floods: 'refused' });
  const storage = await openMemoryStorage();
  const line = createPeerLine();
  const clock = () => new Date();
  const outside = createTelegramApi({ token: fake.token, apiRoot: fake.url });
  let before = async (_text: string): Promise<void> => undefined;
  let offset = 0;

  function start() {
    const { leases, take, lose } = createForcedLeases();
    const peers = line.join();
    const bot = createEchoBot({ store: storage.conversations, clock });
    const calls: string[] = [];
    const real = createTelegramApi({ token: fake.token, apiRoot: fake.url });
    const handle: TurnHandler['handle'] = async (id, inbound) => {
      await before(inbound.text);
      if (await inbound.isOver?.()) return { kind: 'dropped', seq: 0, replies: [] };
      return bot.turns.handle(id, inbound);
    };
    const traffic = createTraffic({
      settings: { token: fake.token, apiRoot: fake.url },
      api: {
        ...real,
        call(method, ...rest) {
          calls.push(method);
          return real.call(method, ...rest);
        },
      },
      botId: fake.bot.id,
      conversations: bot.conversations,
      turns: { handle },
      deliveries: storage.deliveries,
      asks: storage.asks,
      claims: storage.claims,
      changes: bot.wakeUps,
      attachments: { keep: async () => ({ kind: 'refused', reason: 'kind' }) },
      names: CONTENT.authors,
      words: WORDS,
      calendar: async () => undefined,
      clock,
      timers: realTimers,
      leases: { ...leases, close: lose },
      peers,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    return { traffic, process: { intake: traffic.intake, calls, take, lose } };
  }

  const started = Array.from({ length: count }, start);
  return {
    fake,
    storage,
    processes: started.map(({ process }) => process),
    async updates(wanted) {
      let found: readonly unknown[] = [];
      await soon(async () => {
        found = await outside.call('getUpdates', { offset, timeout: 0 });
        return found.length >= wanted;
      });
      offset = Math.max(...found.map((raw) => (raw as { readonly update_id: number }).update_id)) + 1;
      return found.flatMap((raw) => readUpdate(raw) ?? []);
    },
    onTurn(run) {
      before = run;
    },
    async close() {
      await Promise.all(started.map(({ traffic }) => traffic.close()));
      await fake.close();
      await storage.close();
    },
  };
}
