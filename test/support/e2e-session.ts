import type { Page } from 'playwright-core';
import { inPage } from './browser-harness.js';

/** What the widget keeps of its conversation in the browser. */
export interface KeptSession {
  readonly conversationId: string;
  readonly token: string;
}

/** @throws Error when the page keeps none. */
export async function keptSession(page: Page): Promise<KeptSession> {
  const kept = (await storedValues(page)).find((value) => value.includes('"token"'));
  if (kept === undefined) throw new Error('The page keeps no session');
  return JSON.parse(kept) as KeptSession;
}

/** Everything that the page's origin stores in this tab: names and values, and cookies. */
export async function storedValues(page: Page): Promise<readonly string[]> {
  const values = inPage<string[]>(`[...Object.entries(localStorage), ...Object.entries(sessionStorage)]
    .flat().concat(document.cookie || [])`);
  return page.evaluate(values);
}

export interface StoredActivity {
  readonly type: string;
  readonly text?: string;
  readonly name?: string;
  readonly from: { readonly role: string };
}

/** The conversation as the server has it: the status of the answer, and the whole transcript where there is one. */
export async function onServer(
  server: string,
  { conversationId, token }: KeptSession,
): Promise<{ readonly status: number; readonly activities: readonly StoredActivity[] }> {
  const activities: StoredActivity[] = [];
  for (let watermark = ''; ; ) {
    const address = `${server}/v3/directline/conversations/${conversationId}/activities?watermark=${watermark}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) return { status: answer.status, activities };
    const page = (await answer.json()) as { activities: StoredActivity[]; watermark: string };
    activities.push(...page.activities);
    if (page.activities.length === 0) return { status: answer.status, activities };
    watermark = page.watermark;
  }
}

/** What the resident wrote, as the server has it, in order. */
export async function writtenTexts(server: string, session: KeptSession): Promise<readonly (string | undefined)[]> {
  const { activities } = await onServer(server, session);
  return activities.filter(({ from }) => from.role === 'user').map(({ text }) => text);
}
