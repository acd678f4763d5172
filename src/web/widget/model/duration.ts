export interface DurationWords {
  seconds(count: number): string;
  minutes(count: number): string;
  hours(count: number): string;
}

/** « 12 s », « 3 min », « 2 h »: the largest unit, rounded down; never negative. */
export function formatDuration(ms: number, words: DurationWords): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return words.seconds(seconds);
  if (seconds < 3_600) return words.minutes(Math.floor(seconds / 60));
  return words.hours(Math.floor(seconds / 3_600));
}
