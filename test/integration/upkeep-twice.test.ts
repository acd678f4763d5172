import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { createAlarmBell } from '../../src/alarms/alarm-bell.js';
import { createReportBell } from '../../src/alarms/report-bell.js';
import { startDailyPurge } from '../../src/daily-purge.js';
import { startDeskSweeper } from '../../src/desk-sweeper.js';
import { createAuditLog } from '../../src/domain/audit-log.js';
import { inboxListOf, type Standing } from '../../src/domain/conversation.js';
import { createDesk } from '../../src/domain/desk-service.js';
import { NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import { createReportRevocation } from '../../src/inbox/report-revocation.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import { buildConversation } from '../support/build-conversation.js';
import { WORDS } from '../support/desk-words.js';
import { setDisabled } from '../support/report-team.js';
import { ANSWERS, DAY, HOUR, MINUTE, makeReportWorld, type ReportWorld, sendReport } from '../support/report-world.js';
import { createStoppedProcess, type StoppedProcess } from '../support/stopped-process.js';
import { buildSession } from '../support/storage-builders.js';

/** More steps than any of the jobs has. */
const MOST_STEPS = 200;
const RETENTION_DAYS = 30;

let world: ReportWorld;
let pushes: string[];
let mails: string[];
/** What was purged, by part. */
let purged: Record<string, number>;

const now = (): number => world.clock.now().getTime();
const fail = (error: unknown): never => {
  throw error;
};

/** All jobs as one process has them, which believes that it holds the lease under this token. */
function jobsOf({ storage, step }: StoppedProcess, token: number) {
  const clock = world.clock.now;
  const wakeUps = createInProcessWakeUps(fail);
  const desk = createDesk({
    store: storage.conversations,
    wakeUps,
    clock,
    words: WORDS,
    statistics: { count: () => 0 },
  });
  const reports = world.start({ store: storage.reports, accounts: storage.accounts });
  const audit = createAuditLog({ store: storage.audit, clock });
  const ringing = {
    accounts: storage.accounts,
    subscriptions: storage.push,
    clock,
    pusher: {
      async push(_to: readonly string[], { body }: { readonly body: string }) {
        await step();
        pushes.push(body);
        return new Map();
      },
    },
    mailer: {
      async send({ to }: { readonly to: string }) {
        await step();
        mails.push(to);
      },
      close: () => undefined,
    },
    onMailFailure: fail,
  };
  const bell = createAlarmBell({
    ...ringing,
    desk,
    store: storage.conversations,
    settings: { pushAfterSeconds: 20, emailAfterMinutes: 3 },
    inboxUrl: '',
  });
  const reportBell = createReportBell({ ...ringing, desk: reports.desk, settings: storage.settings, reportsUrl: '' });
  const revocation = createReportRevocation({ desk: reports.desk, audit });
  return {
    alarm: () => bell.ring(),
    reportAlarm: () => reportBell.ring(),
    revocation: () => revocation.check(),
    async sweeper() {
      const sweeper = startDeskSweeper({
        store: storage.conversations,
        desk,
        presence: { lastSeen: () => new Date(0) },
        wakeUps,
        clock,
        isAnyoneThere: () => true,
        onHoldLost: (subject, holder) => audit.record({ action: 'conversation.lost', actor: holder, subject }),
        settings: { waitMinutes: 10, aloneMinutes: 3, holdLostSeconds: 120, everyMs: DAY * 1000 },
        log: { error: fail },
      });
      await sweeper.tick();
      await sweeper.stop();
    },
    async purge() {
      const end = startDailyPurge({
        stores: storage,
        reports: reports.upkeep,
        clock,
        retentionDays: RETENTION_DAYS,
        shared: { settings: storage.settings, lease: { token, isHeld: () => true } },
        log: pino({ base: null }, { write: note }),
      });
      return end;
    },
    async drafts() {
      note(JSON.stringify({ what: 'drafts', removed: await reports.upkeep.sweepDrafts() }));
    },
  };
}

type JobName = keyof ReturnType<typeof jobsOf>;

function note(line: string): void {
  const { what, removed } = JSON.parse(line) as { readonly what: string; readonly removed: number };
  purged[what] = (purged[what] ?? 0) + removed;
}

/** Storage in memory answers without waiting for anything: all that is under way goes as far as it can. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * One process does the job and is stopped before its n-th step; another one takes over and does it; the first goes on. Then a
 * third looks. For every n there is, each time in a world of its own.
 */
async function expectOnce(job: JobName, prepare: () => Promise<void>, check: () => Promise<void>): Promise<void> {
  let at = 1;
  for (let wasStopped = true; wasStopped; at += 1) {
    expect(at).toBeLessThan(MOST_STEPS);
    await begin();
    await prepare();
    const first = createStoppedProcess(world.storage, at);
    wasStopped = false;
    void first.stopped.then(() => {
      wasStopped = true;
    });
    const run = jobsOf(first, 1)[job]();
    await quiet();
    const others = [2, 3].map((token) => jobsOf(createStoppedProcess(world.storage, 0), token)[job]);
    await others[0]?.();
    await quiet();
    first.goOn();
    await run;
    await quiet();
    await others[1]?.();
    await quiet();
    await check();
    await world.storage.close();
  }
  expect(at).toBeGreaterThan(4);
  await begin();
}

async function begin(): Promise<void> {
  world = await makeReportWorld();
  for (const id of ['anne', 'brahim']) {
    const account = await world.storage.accounts.load(id);
    if (account) await world.storage.accounts.update({ ...account, isAvailable: true, email: `${id}@exemple.fr` });
  }
  pushes = [];
  mails = [];
  purged = {};
}

async function given(id: string, standing: Standing): Promise<void> {
  const lastMessageAt = world.clock.now();
  const conversation = buildConversation({ id, ...standing, inboxList: inboxListOf(standing), lastMessageAt });
  await world.storage.conversations.create(conversation, []);
}

const waiting = (id: string, minutes: number): Promise<void> =>
  given(id, { status: 'waiting', desk: { ...NEW_DESK_STATE, atDeskSince: 1, waitingSince: now() - minutes * 60_000 } });

beforeEach(begin);
afterEach(() => world.storage.close());

describe('two processes that both believe to hold the lease, one stopped at any of its steps', () => {
  test('ring once for a wait, by push and by e-mail', async () => {
    await expectOnce(
      'alarm',
      () => waiting('c1', 5),
      async () => expect([pushes.length, mails.toSorted()]).toEqual([1, ['anne@exemple.fr', 'brahim@exemple.fr']]),
    );
  });

  test('ring once for a report that came', async () => {
    await expectOnce(
      'reportAlarm',
      async () => void (await sendReport(world.start(), 'c1')),
      async () => expect([pushes, mails]).toEqual([['Un nouveau signalement est arrivé.'], []]),
    );
  });

  test('ring once for a report that nobody reads', async () => {
    await expectOnce(
      'reportAlarm',
      async () => {
        await sendReport(world.start(), 'c1');
        world.clock.advance(DAY + HOUR);
      },
      async () => expect([pushes.length, mails.toSorted()]).toEqual([1, ['anne@exemple.fr', 'brahim@exemple.fr']]),
    );
  });

  test('end a hold, a wait and a snooze once, and log the lost hold once', async () => {
    await expectOnce(
      'sweeper',
      async () => {
        await waiting('given up', 11);
        const desk = { ...NEW_DESK_STATE, atDeskSince: 1 };
        await given('held', { status: 'assigned', desk: { ...desk, holder: 'anne', heldSince: now() - 600_000 } });
        const snoozed = { ...desk, waitingSince: now() - 900_000, snoozedUntil: now() - 1 };
        await given('snoozed', { status: 'waiting', desk: snoozed });
      },
      async () => {
        const entries = await world.storage.audit.before(undefined, 100);
        expect(entries).toMatchObject([{ action: 'conversation.lost', subject: 'held' }]);
        for (const [id, status, rev] of [
          ['given up', 'bot', 1],
          ['held', 'waiting', 1],
          ['snoozed', 'waiting', 1],
        ] as const) {
          expect(await world.storage.conversations.load(id)).toMatchObject({ status, rev });
        }
      },
    );
  });

  test('purge once', async () => {
    await expectOnce(
      'purge',
      async () => {
        await given('old', { status: 'bot', desk: NEW_DESK_STATE });
        await world.storage.sessions.create(buildSession({ lastActiveAt: now() }));
        world.clock.advance(31 * DAY);
        await given('kept', { status: 'bot', desk: NEW_DESK_STATE });
      },
      async () => {
        expect(purged).toMatchObject({ conversations: 1, sessions: 1, files: 0, reports: 0 });
        expect(await world.storage.conversations.load('kept')).toBeDefined();
        expect((await world.storage.settings.load('daily-purge'))?.value).toMatchObject({ isDone: true });
      },
    );
  }, 60_000);

  test('take a report from a former reader once, and log it once', async () => {
    await expectOnce(
      'revocation',
      async () => {
        await sendReport(world.start(), 'c1');
        await setDisabled(world.storage.accounts, 'brahim', true);
      },
      async () => {
        const entries = await world.storage.audit.before(undefined, 100);
        expect(entries).toMatchObject([{ action: 'report.revoked', details: { reports: 1 } }]);
      },
    );
  });

  test('remove a draft that was left once', async () => {
    await expectOnce(
      'drafts',
      async () => {
        const { intake } = world.start();
        await intake.open('c1');
        await intake.answer('c1', [ANSWERS.category], 'a');
        world.clock.advance(2 * DAY);
      },
      async () => expect(purged).toEqual({ drafts: 1 }),
    );
  });
});

describe('a process that was stopped for long', () => {
  test('marks no other wait than the one that it saw', async () => {
    await waiting('c1', 5);
    const stopped = createStoppedProcess(world.storage, 3);
    const ringing = jobsOf(stopped, 1).alarm();
    await stopped.stopped;
    const clock = world.clock.now;
    const { conversations: store } = world.storage;
    const wakeUps = createInProcessWakeUps(fail);
    const desk = createDesk({ store, wakeUps, clock, words: WORDS, statistics: { count: () => 0 } });
    await desk.giveUpWaiting('c1');
    const { rev = 0, lastSeq = 0, desk: state = NEW_DESK_STATE } = (await store.load('c1')) ?? {};
    world.clock.advance(MINUTE);
    const standing: Standing = { status: 'waiting', desk: { ...state, waitingSince: now() } };
    const common = { id: 'c1', expectedRev: rev, dialogState: {}, messages: [], at: clock() };
    await store.commit({ ...common, ...standing, inboxList: inboxListOf(standing) });
    stopped.goOn();
    await ringing;
    expect([pushes, mails, lastSeq > 0]).toEqual([[], [], true]);
    expect((await store.load('c1'))?.desk.alarm).toBeUndefined();
  });
});

describe('the daily purge across processes', () => {
  const purge = async (token: number): Promise<void> => {
    const end = await jobsOf(createStoppedProcess(world.storage, 0), token).purge();
    await quiet();
    await end();
  };
  const purges = async (): Promise<number> => (await world.storage.settings.load('daily-purge'))?.rev ?? 0;

  test('keeps to a day, whoever holds the lease, and however often it changes hands', async () => {
    await purge(1);
    const once = await purges();
    for (let token = 2; token < 6; token += 1) {
      world.clock.advance(5 * HOUR);
      await purge(token);
    }
    expect(await purges()).toBe(once);
    world.clock.advance(4 * HOUR);
    await purge(6);
    expect(await purges()).toBe(2 * once);
  });

  test('that a process left undone is done at once by the next holder, and by no earlier one', async () => {
    const first = createStoppedProcess(world.storage, 4);
    const running = jobsOf(first, 5).purge();
    await first.stopped;
    await purge(4);
    expect((await world.storage.settings.load('daily-purge'))?.value).toMatchObject({ token: 5, isDone: false });
    await purge(6);
    expect((await world.storage.settings.load('daily-purge'))?.value).toMatchObject({ token: 6, isDone: true });
    first.goOn();
    await quiet();
    await (await running)();
    expect((await world.storage.settings.load('daily-purge'))?.value).toMatchObject({ token: 6, isDone: true });
  });

  test('is not put off by a token of before a restore for longer than a day', async () => {
    const mark = { token: 9_000, beganAt: now(), isDone: false, retentionDays: RETENTION_DAYS };
    await world.storage.settings.save('daily-purge', mark);
    await purge(1);
    expect(await purges()).toBe(1);
    world.clock.advance(DAY);
    await purge(1);
    expect((await world.storage.settings.load('daily-purge'))?.value).toMatchObject({ token: 1, isDone: true });
  });
});
