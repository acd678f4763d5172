/**
 * Residents on Telegram, over a fake of the Bot API in this process: how soon each is answered with few chats and with many
 * that write at once, beside what Telegram itself permits (30 messages a second).
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type FakeChat, type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';
import { quantile } from './load.js';

export interface TelegramResult {
  readonly chats: number;
  /** From a message to the answer on the resident's screen. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Messages that were taken in, a second. */
  readonly storedPerSecond: number;
  /** Messages that were sent, a second. */
  readonly sentPerSecond: number;
  /** Answers that did not come, that came twice, and limits that were passed. */
  readonly faults: number;
}

/** @param start begins a server by these variables. */
export async function runTelegram(
  start: (env: Readonly<Record<string, string>>) => Promise<{ stop(): Promise<void> }>,
  chats: number,
): Promise<TelegramResult> {
  const fake = await openFakeTelegram();
  const server = await start({ TELEGRAM_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url });
  try {
    return await measure(fake, chats);
  } finally {
    await server.stop();
    await fake.close();
  }
}

const QUESTION = "C'est ouvert demain ?";
const MOST_A_SECOND = 30;

async function measure(fake: FakeTelegram, count: number): Promise<TelegramResult> {
  const patienceMs = 30_000 + (count / MOST_A_SECOND) * 4000;
  const chats = Array.from({ length: count }, () => fake.openChat());
  for (const chat of chats) chat.write('/start');
  await Promise.all(chats.map((chat) => chat.waitFor(1, patienceMs)));
  // What the limits of this second leave over is not to be paid by what is measured.
  await wait(1_500);

  const begun = performance.now();
  const asked = Date.now();
  for (const chat of chats) chat.write(QUESTION);
  const stored = allStored(fake, begun);
  const answers = chats.map((chat) => chat.waitFor(2, patienceMs).then(() => Date.now() - asked));
  const settled = await Promise.allSettled(answers);
  const latencies = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const seconds = Math.max(...latencies) / 1000;
  await wait(1_500);
  return {
    chats: count,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    storedPerSecond: count / (await stored),
    sentPerSecond: latencies.length / seconds,
    faults: count - latencies.length + chats.filter(hasMore).length + fake.violations().length,
  };
}

/** Seconds until the last of them is confirmed. */
async function allStored(fake: FakeTelegram, begun: number): Promise<number> {
  while (fake.updates.pending.length > 0) await wait(5);
  return (performance.now() - begun) / 1000;
}

const hasMore = ({ said }: FakeChat): boolean => said.length > 2;
