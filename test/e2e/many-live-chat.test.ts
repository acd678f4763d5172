import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type Chat, expectNothingLost, openChat, SAID_MEANWHILE, writeBothWays } from '../support/e2e-inbox-chat.js';
import { faultsOf, type InboxStage, openInboxStage } from '../support/e2e-inbox-stage.js';
import { eventually } from '../support/many/doors.js';
import { canOpenFleet, type Fleet, openFleet, untilWhole } from '../support/many/fleet.js';
import { canStartRedis } from '../support/redis-server.js';

const START_MS = 150_000;
const TEST_MS = 180_000;
const HEALING_MS = 30_000;
/** Two-second looks at storage, and pages that wait for them. */
const APART_MS = 20_000;

const canRun = canOpenFleet && canStartRedis;
const describeHere = canRun ? describeInBrowser : describe.skip;

describeHere(
  'a live chat in browsers, by way of a balancer before three processes (needs MONGODB_TEST_URI and redis-server)',
  () => {
    let fleet: Fleet;
    let stage: InboxStage;
    beforeAll(async () => {
      fleet = await openFleet({ env: { HANDOFF_WAIT_MINUTES: '60', HANDOFF_HOLD_LOST_SECONDS: '3600' } });
      await untilWhole(fleet, HEALING_MS);
      stage = await openInboxStage({ url: () => fleet.url, announcement: `/inbox/lien#${fleet.setupToken}` });
    }, START_MS);
    afterEach(async () => {
      await stage.clear();
    });
    afterAll(async () => {
      await stage.close();
      expect(await fleet.close()).toEqual([0, 0, 0]);
    }, START_MS);

    test(
      'asked, taken, typed, talked, given back: both screens follow, whichever process each call comes to',
      async () => {
        const chat = await openChat(stage, 'Marie');
        await showTyping(chat);
        await writeBothWays(chat);
        await expectNothingLost(stage, chat);
        await picture(chat.delegate.page, 'e2e-many-delegate');
        expect(faultsOf([chat.delegate, chat.resident])).toEqual([]);
        const shares = fleet.members.map(({ port }) => fleet.balancer.served.get(port) ?? 0);
        expect(Math.min(...shares)).toBeGreaterThan(10);
      },
      TEST_MS,
    );

    test(
      'without Redis',
      async () => {
        const chat = await openChat(stage, 'Marie');
        fleet.redis.gate.shut();
        try {
          await eventually(allApart, APART_MS, () => 'they are together');
          await writeBothWays(chat);
          await chat.resident.widget.log.getByText(SAID_MEANWHILE.delegate[1]).waitFor({ timeout: APART_MS });
        } finally {
          fleet.redis.gate.open();
        }
        await untilWhole(fleet, HEALING_MS);
        await expectNothingLost(stage, chat);
      },
      TEST_MS,
    );

    test(
      'while the processes are replaced one after the other, and one is killed',
      async () => {
        const chat = await openChat(stage, 'Marie');
        const [first, ...others] = fleet.members;
        for (const member of others) {
          expect(await member.stop()).toBe(0);
          await member.start();
        }
        await first?.kill();
        await writeBothWays(chat);
        await first?.start();
        await expectNothingLost(stage, chat);
        await untilWhole(fleet, HEALING_MS);
      },
      TEST_MS,
    );

    async function allApart(): Promise<true | undefined> {
      const states = await Promise.all(fleet.members.map((member) => member.readiness()));
      return states.every(({ processes }) => processes === 'apart') || undefined;
    }
  },
);

/** Longer than pages keep to themselves that somebody writes, once they have told it. */
const SLOWLY = { delay: 400 };

/** Each sees that the other writes, while they do. */
async function showTyping({ delegate: { inbox }, resident: { widget } }: Chat): Promise<void> {
  await Promise.all([widget.sees(/écrit…/), inbox.composer.pressSequentially('Un instant', SLOWLY)]);
  await Promise.all([inbox.sees('Le résident écrit…'), widget.textBox.pressSequentially('Merci bien', SLOWLY)]);
  await Promise.all([inbox.composer.fill(''), widget.textBox.fill('')]);
}
