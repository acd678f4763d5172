import { afterEach, expect, test } from '@jest/globals';
import { readNotes } from '../../../src/channels/telegram/notes.js';
import { openSending, type Sending } from '../../support/telegram-sending.js';

let sending: Sending;
afterEach(() => sending.close());

test('when a resident wrote is noted by Telegram’s clock, also once more is said to it', async () => {
  sending = await openSending();
  const { say, deliver, hear, recent, conversation, clock } = sending;
  const id = hear('bonjour');
  const writtenAt = clock().getTime() - 120_000;
  recent.note(conversation.id, [id, writtenAt]);
  const noted = () => readNotes(sending.delivery()?.notes ?? {}).ids?.find(([one]) => one === id)?.[1];
  for (const text of ['Bonjour.', 'Un délégué arrive.']) {
    say([text], { replyTo: 1 });
    await deliver();
    expect(noted()).toBe(writtenAt);
  }
});
