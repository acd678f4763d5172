import { describe, expect, test } from '@jest/globals';
import { ApiFault } from '../../../../src/channels/telegram/api.js';
import { createNotices } from '../../../../src/channels/telegram/notices.js';
import { createPace } from '../../../../src/channels/telegram/pace.js';
import { createLogSpy, createManualClock } from '../../../support/directline-server.js';
import { createManualTimers } from '../../../support/directline-timers.js';

/** A pace and a service by a clock that the test moves. */
function open(answer: () => Promise<unknown> = async () => ({})) {
  const clock = createManualClock(new Date('2026-11-23T10:00:00Z'));
  const timers = createManualTimers(clock);
  const pace = createPace({ clock: clock.now, timers });
  const sent: string[] = [];
  function call(_: string, { chat_id, text }: { readonly chat_id: number; readonly text: string }): Promise<unknown> {
    sent.push(`${chat_id} ${text}`);
    return answer();
  }
  const notices = createNotices({ api: { call: call as never }, pace, timers, log: createLogSpy() });
  return { notices, pace, timers, sent };
}

describe('a notice', () => {
  test('that is asked for again before it was said is said once', async () => {
    const { notices, sent } = open();
    expect(await Promise.all([1, 2, 3].map(() => notices.undertake(5, 'Trop long.')))).toEqual([true, true, true]);
    expect(sent).toEqual(['5 Trop long.']);
  });

  test('of other words, to another chat, or later is another one', async () => {
    const { notices, sent, timers } = open();
    const first = [notices.say(5, 'Trop long.'), notices.say(5, 'Illisible.'), notices.say(6, 'Trop long.')];
    await first[0];
    timers.advance(2);
    await Promise.all(first);
    const again = notices.say(5, 'Trop long.');
    timers.advance(2);
    await again;
    expect(sent.toSorted()).toEqual(['5 Illisible.', '5 Trop long.', '5 Trop long.', '6 Trop long.']);
  });

  test('comes after what goes before it', async () => {
    const welcome = Promise.withResolvers<void>();
    const { notices, sent } = open();
    const isSure = notices.undertake(5, 'Trop long.', welcome.promise);
    expect(sent).toEqual([]);
    welcome.resolve();
    expect(await isSure).toBe(true);
    expect(sent).toEqual(['5 Trop long.']);
  });

  test('is waited for a few seconds only, and said all the same', async () => {
    const { notices, sent, timers, pace } = open();
    pace.hold(60_000, 5);
    const isSure = notices.undertake(5, 'Trop long.');
    timers.advance(5);
    expect(await isSure).toBe(true);
    expect(sent).toEqual([]);
    const said = notices.say(5, 'Trop long.');
    timers.advance(60);
    await said;
    expect(sent).toEqual(['5 Trop long.']);
  });

  test('that Telegram does not take is over; one that ends with the process is not', async () => {
    const refused = open(() => Promise.reject(new ApiFault('refused', { status: 403 })));
    expect(await refused.notices.undertake(5, 'Trop long.')).toBe(true);
    const { notices, pace, sent } = open();
    pace.hold(60_000, 5);
    const isSure = notices.undertake(5, 'Trop long.');
    pace.close();
    expect(await isSure).toBe(false);
    expect(sent).toEqual([]);
  });
});
