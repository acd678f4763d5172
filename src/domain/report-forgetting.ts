import { isDomainError } from './errors.js';
import { withNotice } from './report-notice.js';
import { eachSent } from './report-pages.js';
import type { ReportParts } from './report-parts.js';

/**
 * Takes these conversations, which were erased, out of the reports whose authors asked to be told there of answers. Nothing
 * else leads from a report that was sent to a conversation. Rejects when storage is away; the next call makes up for it.
 */
export type ForgetConversations = (conversationIds: readonly string[]) => Promise<void>;

/** All reports are gone through, as no index leads to a conversation: once for all that were erased in the meantime. */
export function createForgetConversations({ store, change }: ReportParts): ForgetConversations {
  const waiting = new Set<string>();
  let running: Promise<void> = Promise.resolve();

  async function forgetAll(): Promise<void> {
    if (waiting.size === 0) return;
    const ids = new Set(waiting);
    waiting.clear();
    try {
      for await (const { id, notifies } of eachSent(store)) {
        if (notifies !== undefined && ids.has(notifies)) await forgetIn(id, ids);
      }
    } catch (error) {
      for (const id of ids) waiting.add(id);
      throw error;
    }
  }

  async function forgetIn(reportId: string, ids: ReadonlySet<string>): Promise<void> {
    try {
      await change(reportId, (report) => (ids.has(report.notifies ?? '') ? withNotice(report, undefined) : undefined));
    } catch (error) {
      if (!isDomainError(error, 'report-gone')) throw error;
    }
  }

  return (conversationIds) => {
    for (const id of conversationIds) waiting.add(id);
    const run = running.then(forgetAll);
    running = run.catch(() => undefined);
    return run;
  };
}
