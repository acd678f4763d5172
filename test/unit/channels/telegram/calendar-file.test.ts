import { expect, test } from '@jest/globals';
import { ApiFault, type ApiFaultKind } from '../../../../src/channels/telegram/api.js';
import { createCalendarFiles } from '../../../../src/channels/telegram/calendar-file.js';
import { createRecentMessages } from '../../../../src/channels/telegram/deletions.js';

const FILE = { name: 'permanence.ics', text: 'BEGIN:VCALENDAR' };
const PRESS = { chatId: 1, conversationId: 'c1', button: '1:0' };

/** Presses once, and tells how often the file was sent. */
async function sendsAfter(kind: ApiFaultKind): Promise<number> {
  let calls = 0;
  const call = async () => {
    calls += 1;
    if (calls === 1) throw new ApiFault(kind);
    return { message_id: 9, date: 1_795_000_000 };
  };
  const files = createCalendarFiles({
    api: { call, download: async () => new Uint8Array() } as never,
    pace: {
      ready: async () => undefined,
      sent: () => undefined,
      hold: () => undefined,
      heldMs: () => 0,
      close: () => undefined,
    },
    recent: createRecentMessages(),
    words: { calendarCaption: 'À ouvrir' },
    log: { warn: () => undefined, error: () => undefined },
    clock: () => new Date(0),
  });
  await files.send(FILE, PRESS);
  return calls;
}

test.each([
  ['unreachable', 2],
  ['failed', 2],
  ['unanswered', 1],
  ['refused', 1],
] as const)('a file that was « %s » is tried %i times', async (kind, times) => {
  expect(await sendsAfter(kind)).toBe(times);
});
