import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { IS_THOROUGH } from '../support/depth.js';
import { type DeskClient, type DeskEvent, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { canOpenFleet, type Fleet, openFleet, untilWhole } from '../support/many/fleet.js';
import { canStartRedis } from '../support/redis-server.js';

/** What passes from one process to the other is seen well before pages look by themselves, every 15 to 20 s. */
const SOON_MS = 12_000;
/** A process that ends without a word is believed for 20 s. */
const GONE_MS = 32_000;
const NEEDS = 'needs MONGODB_TEST_URI and redis-server';

interface Delegate extends DeskClient {
  readonly id: string;
  /** From now on by this server alone. */
  moveTo(server: number): void;
  /** Opens a page at the server; resolves when it shows the desk. */
  watch(server: number, conversationId?: string): Promise<Page>;
}

interface Page {
  /** Resolves with how long it took until something that is shown fitted. */
  until(what: string, fits: (event: SeenEvent) => boolean, limitMs?: number): Promise<number>;
  close(): void;
}

interface SeenEvent {
  readonly event: string;
  readonly data: {
    readonly reason?: string;
    readonly team?: readonly { readonly id: string; readonly displayName: string; readonly isConnected: boolean }[];
    readonly detail?: {
      readonly viewers: readonly { readonly id: string }[];
      readonly delivery: { readonly isResidentConnected?: boolean };
    };
  };
}

let fleet: Fleet;
let anne: Delegate;
let brahim: Delegate;

async function enrol(login: string, token: string): Promise<Delegate> {
  let at = 0;
  const urlOf = (): string => fleet.members[at]?.url ?? '';
  const client = await enrolDeskClient(urlOf, login, token);
  return {
    ...client,
    moveTo(server) {
      at = server;
    },
    async watch(server, conversationId) {
      at = server;
      const page = openPage(client, conversationId);
      await page.until('the desk', ({ data }) => data.team !== undefined);
      return page;
    },
  };
}

function openPage(client: DeskClient, conversationId?: string): Page {
  const ending = new AbortController();
  /** What the page shows: of each thing the last that was told, in whatever order they came. */
  const shown = new Map<string, SeenEvent>();
  const looks = new Set<() => void>();
  const note = (event: DeskEvent): void => {
    const told = event as unknown as SeenEvent;
    shown.set(subjectOf(told), told);
    for (const look of looks) look();
  };
  const over = client.events(note, ending.signal, conversationId).catch(() => undefined);
  over.then(() => note({ event: 'over', data: {} }));

  return {
    async until(what, fits, limitMs = SOON_MS) {
      const startedAt = performance.now();
      const deadline = AbortSignal.timeout(limitMs);
      for (;;) {
        if ([...shown.values()].some(fits)) return performance.now() - startedAt;
        await new Promise<void>((resolve, reject) => {
          looks.add(resolve);
          deadline.addEventListener('abort', () => reject(new Error(`Not seen within ${limitMs} ms: ${what}`)));
        });
        looks.clear();
      }
    },
    close: () => ending.abort(),
  };
}

function subjectOf({ event, data }: SeenEvent): string {
  if (data.team) return 'team';
  return data.detail ? 'detail' : event;
}

const isThere =
  ({ id }: Pick<Delegate, 'id'>, isConnected = true) =>
  ({ data }: SeenEvent): boolean =>
    data.team?.some((member) => member.id === id && member.isConnected === isConnected) ?? false;

(canOpenFleet && canStartRedis ? describe : describe.skip)(`delegates at different servers (${NEEDS})`, () => {
  beforeAll(async () => {
    fleet = await openFleet();
    await untilWhole(fleet, 20_000);
    // Each server that starts prints a link in place of the one before.
    anne = await enrol('anne', setupTokenIn(fleet.members.at(-1)?.output() ?? ''));
    brahim = await enrol('brahim', await anne.invite('brahim', 'coordinator'));
  }, 60_000);

  afterAll(async () => {
    expect(await fleet.close()).toEqual([0, 0, 0]);
  }, 30_000);

  test('see each other come, go and look at a conversation, and whether the resident is there', async () => {
    const chat = await openChat(fleet.members[2]?.url ?? '');
    await chat.send('Parler à un délégué');
    const page = await brahim.watch(1, chat.conversationId);
    const other = await anne.watch(0, chat.conversationId);

    await page.until('Anne is there', isThere(anne));
    await page.until('Anne looks', ({ data }) => data.detail?.viewers.some(({ id }) => id === anne.id) ?? false);
    await chat.transcript();
    await page.until('the resident is there', ({ data }) => data.detail?.delivery.isResidentConnected === true);
    other.close();
    await page.until('Anne has gone', isThere(anne, false));
    page.close();
  }, 30_000);

  test('are told at once of a name, and lose their pages at once with their session', async () => {
    const page = await brahim.watch(1);
    const other = await anne.watch(0);
    await page.until('Anne is there', isThere(anne));
    anne.moveTo(2);
    expect((await anne.call('PATCH', '/profile', { displayName: 'Anne Martin' })).status).toBe(200);
    await page.until(
      'the new name',
      ({ data }) => data.team?.some((one) => one.displayName === 'Anne Martin') ?? false,
    );

    expect((await anne.call('POST', '/session/lock')).status).toBe(200);
    await other.until('the lock', ({ event, data }) => event === 'session-over' && data.reason === 'locked');
    await page.until('Anne has gone', isThere(anne, false));
    page.close();
  }, 30_000);

  const longTest = IS_THOROUGH ? test : test.skip;
  longTest(
    'keep their pages although every call goes to another server (a minute)',
    async () => {
      const carl = await enrol('carl', await brahim.invite('carl'));
      const page = await carl.watch(0);
      carl.moveTo(1);
      const ended = page
        .until('the end', ({ event }) => event === 'over', 65_000)
        .then(
          (ms) => `over after ${ms} ms`,
          () => 'open',
        );
      for (let calls = 0; calls < 5; calls += 1) {
        await wait(13_000);
        expect((await carl.call('GET', '/session')).status).toBe(200);
      }
      expect(await ended).toBe('open');
      page.close();
    },
    90_000,
  );

  test('count as gone soon after their server has ended without a word, and come back with it', async () => {
    const carl = await enrol('chloe', await brahim.invite('chloe'));
    const page = await brahim.watch(1);
    await carl.watch(2);
    await page.until('she is there', isThere(carl));
    await fleet.members[2]?.kill();
    await page.until('she has gone', isThere(carl, false), GONE_MS);
    await fleet.members[2]?.start();
    const again = await carl.watch(2);
    await page.until('she is there', isThere(carl));
    again.close();
    page.close();
  }, 60_000);
});
