import { expect, test } from '@jest/globals';
import { openOutboxStage } from '../../support/outbox-processes.js';

const CROWD = 1_200;

test('what others have stored is seen to however much it is', async () => {
  const stage = await openOutboxStage();
  const [sender, other] = [stage.join('a'), stage.join('b')];
  sender.take();
  await stage.settle();
  for (let count = 0; count < CROWD; count += 1) {
    const conversation = await stage.open(`c${count}`);
    await other.outbox.begin(conversation, true);
    await stage.say(conversation.id);
    stage.clock.advance(0.01);
  }
  stage.timers.advance(40);
  while (stage.sent.length < CROWD) {
    const before = stage.sent.length;
    await stage.settle();
    if (stage.sent.length === before) break;
  }
  expect(stage.sent).toHaveLength(CROWD);
  await stage.close();
});
