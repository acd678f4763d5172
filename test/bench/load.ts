import { openChat } from '../support/chat-client.js';

export interface LoadResult {
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const QUESTIONS = [
  "C'est ouvert demain ?",
  'Où est la permanence ?',
  'Bonjour',
  'Le nouveau commissariat ouvre quand ?',
  'merci',
];

/** Residents who each ask again as soon as they are acknowledged. */
export async function runLoad(url: string, residents: number, turnsEach: number): Promise<LoadResult> {
  const chats = await Promise.all(Array.from({ length: residents }, () => openChat(url)));
  const latencies: number[] = [];
  const started = performance.now();
  await Promise.all(
    chats.map(async (chat) => {
      for (let turn = 0; turn < turnsEach; turn++) {
        const asked = performance.now();
        await chat.send(QUESTIONS[turn % QUESTIONS.length] ?? '');
        latencies.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    turnsPerSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
