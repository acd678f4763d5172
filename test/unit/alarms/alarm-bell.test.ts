import { beforeEach, describe, expect, test } from '@jest/globals';
import { type AlarmBell, createAlarmBell } from '../../../src/alarms/alarm-bell.js';
import type { Notice } from '../../../src/alarms/words.js';
import type { Conversation } from '../../../src/domain/conversation.js';
import { type DeskState, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import { DomainError } from '../../../src/domain/errors.js';
import { buildConversation } from '../../support/build-conversation.js';
import { buildAccount, buildPushSubscription } from '../../support/storage-builders.js';

const START = Date.UTC(2026, 10, 24, 9);

let now: number;
let queue: Conversation[];
let pushes: { to: readonly string[]; notice: Notice }[];
let mails: { to: string; subject: string; text: string }[];
let mailFailures: number;
let isMailAway: boolean;
/** What storage does not give. */
let cut: 'accounts' | 'subscriptions' | undefined;
/** Conversations that storage does not take a mark of. */
let unmarkable: string[];

const accounts = [
  buildAccount({ id: 'marie', isAvailable: true, email: 'marie@exemple.fr' }),
  buildAccount({ id: 'jean', isAvailable: false, email: 'jean@exemple.fr' }),
  buildAccount({ id: 'parti', isAvailable: true, isDisabled: true, email: 'parti@exemple.fr' }),
  buildAccount({ id: 'sans-adresse', isAvailable: true }),
];

const SUBSCRIPTIONS = [buildPushSubscription({ accountId: 'marie' })];

function bell(): AlarmBell {
  return createAlarmBell({
    store: { listQueue: async () => queue },
    accounts: { list: async () => unlessCut('accounts', accounts) },
    subscriptions: { list: async () => unlessCut('subscriptions', SUBSCRIPTIONS) },
    desk: {
      async markAlarm(id, step) {
        if (unmarkable.includes(id)) throw new DomainError('conversation-gone', 'gone');
        const conversation = queue.find((entry) => entry.id === id);
        if (!conversation || conversation.desk.alarm?.[step] !== undefined) return false;
        replace(id, { alarm: { ...conversation.desk.alarm, [step]: now } });
        return true;
      },
    },
    pusher: {
      async push(to, notice, { subscriptions } = {}) {
        expect(subscriptions).toBe(SUBSCRIPTIONS);
        pushes.push({ to, notice });
        return new Map();
      },
    },
    mailer: {
      async send(mail) {
        if (isMailAway) throw new Error(`550 ${mail.to}`);
        mails.push(mail);
      },
      close: () => undefined,
    },
    clock: () => new Date(now),
    settings: { pushAfterSeconds: 20, emailAfterMinutes: 3 },
    inboxUrl: 'https://permanence.exemple.fr/inbox',
    onMailFailure: () => {
      mailFailures += 1;
    },
  });
}

function unlessCut<T>(of: typeof cut, value: T): T {
  if (cut === of) throw new DomainError('storage-unavailable', 'away');
  return value;
}

function replace(id: string, desk: Partial<DeskState>): void {
  queue = queue.map((entry) => (entry.id === id ? { ...entry, desk: { ...entry.desk, ...desk } } : entry));
}

function waiting(desk: Partial<DeskState> = {}): Conversation {
  return buildConversation({
    id: 'attente',
    status: 'waiting',
    desk: { ...NEW_DESK_STATE, waitingSince: START, ...desk },
  });
}

beforeEach(() => {
  now = START;
  queue = [];
  pushes = [];
  mails = [];
  mailFailures = 0;
  isMailAway = false;
  cut = undefined;
  unmarkable = [];
});

describe('the alarm about somebody who waits', () => {
  test('goes by push, then by e-mail, each once, to those who are available', async () => {
    queue = [waiting()];
    const alarm = bell();
    for (const seconds of [0, 19, 20, 21, 179, 180, 181, 3600]) {
      now = START + seconds * 1000;
      await alarm.ring();
    }
    expect(pushes).toEqual([
      {
        to: ['marie', 'sans-adresse'],
        notice: { title: 'Une personne attend un délégué', body: 'Elle attend depuis moins d’une minute.' },
      },
    ]);
    expect(mails).toEqual([
      {
        to: 'marie@exemple.fr',
        subject: 'Une personne attend un délégué',
        text: expect.stringContaining('Elle attend depuis 3 minutes.'),
      },
    ]);
    expect(mails[0]?.text).toContain('https://permanence.exemple.fr/inbox');
  });

  test.each([
    ['somebody holds it', { status: 'assigned' as const }],
    ['the assistant has it', { status: 'bot' as const }],
  ])('is silent when %s', async (_, change) => {
    queue = [{ ...waiting(), ...change }];
    now = START + 3_600_000;
    await bell().ring();
    expect([pushes, mails]).toEqual([[], []]);
  });

  test('is silent while it is set aside, and rings after that', async () => {
    queue = [waiting({ snoozedUntil: START + 3_600_000 })];
    now = START + 3_599_999;
    await bell().ring();
    expect(pushes).toEqual([]);
    now = START + 3_600_000;
    await bell().ring();
    expect(pushes).toHaveLength(1);
  });

  test('two processes ring once', async () => {
    queue = [waiting()];
    now = START + 600_000;
    await Promise.all([bell().ring(), bell().ring()]);
    expect([pushes.length, mails.length]).toEqual([1, 1]);
  });

  test.each(['accounts', 'subscriptions'] as const)(
    'where storage is cut before the %s are read, it is not marked, and rings the next time',
    async (what) => {
      queue = [waiting()];
      now = START + 600_000;
      cut = what;
      await expect(bell().ring()).rejects.toThrow('away');
      expect(queue[0]?.desk.alarm).toBeUndefined();
      cut = undefined;
      await bell().ring();
      expect([pushes.length, mails.length]).toEqual([1, 1]);
    },
  );

  test('one that cannot be marked does not hold up the others, and is told of', async () => {
    queue = [{ ...waiting(), id: 'partie' }, waiting()];
    unmarkable = ['partie'];
    now = START + 600_000;
    await expect(bell().ring()).rejects.toThrow('gone');
    expect([pushes.length, mails.length]).toEqual([1, 1]);
  });

  test('a mail server that refuses is told of, and rings for the others', async () => {
    queue = [waiting()];
    isMailAway = true;
    now = START + 600_000;
    await bell().ring();
    expect(mailFailures).toBe(1);
    expect(pushes).toHaveLength(1);
  });
});

test('a danger rings for everybody at once, by both ways, until somebody has taken it', async () => {
  queue = [buildConversation({ id: 'danger', desk: { ...NEW_DESK_STATE, emergencyAt: START } })];
  await bell().ring();
  expect(pushes.map(({ to }) => to)).toEqual([['marie', 'jean', 'sans-adresse']]);
  expect(mails.map(({ to }) => to)).toEqual(['marie@exemple.fr', 'jean@exemple.fr']);
  await bell().ring();
  expect([pushes.length, mails.length]).toEqual([1, 2]);
});
