const DAY_MS = 86_400_000;

/** The ISO week (`2026-W48`) that is `by` weeks after the one whose Monday is `monday` (`YYYY-MM-DD`). */
export function weekAfter(monday: string, by: number): string {
  // The week's year is that of its Thursday (ISO 8601).
  const thursday = Date.parse(`${monday}T00:00:00Z`) + (3 + by * 7) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
