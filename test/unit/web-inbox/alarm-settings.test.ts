import { expect, test } from '@jest/globals';
import { pictureOf, pictureOfCounts, urgencyOf } from '../../../src/web/inbox/alarm/picture.js';
import { createSettingsStore, DEFAULT_SETTINGS, parseSettings } from '../../../src/web/inbox/alarm/settings.js';
import { answer, judge } from '../../../src/web/inbox/alarm/trial.js';
import { buildCard, JEAN } from '../../support/inbox-queue-builders.js';

test('who calls: those who wait and dangers, not what is taken or put aside', () => {
  const cards = [
    buildCard({ id: 'waits' }),
    buildCard({ id: 'later', snoozedUntil: 2_000 }),
    buildCard({ id: 'over', snoozedUntil: 1_000 }),
    buildCard({ id: 'danger', status: 'bot', emergencyAt: 5 }),
    buildCard({ id: 'taken', status: 'assigned', holder: JEAN, emergencyAt: 5 }),
    buildCard({ id: 'bot', status: 'bot' }),
  ];
  const picture = pictureOf(cards, 1_500);
  expect(picture.map(({ id, urgency }) => [id, urgency])).toEqual([
    ['waits', 'waiting'],
    ['over', 'waiting'],
    ['danger', 'emergency'],
  ]);
  expect(urgencyOf(picture)).toBe('emergency');
  expect(urgencyOf([])).toBeUndefined();
});

test('a locked page rings by counts alone', () => {
  expect(pictureOfCounts({ waiting: 1, emergencies: 1 })).toEqual([
    { id: 'emergency-1', urgency: 'emergency' },
    { id: 'waiting-1', urgency: 'waiting' },
  ]);
});

test.each([
  ['null', null],
  ['a text', 'fort'],
  ['wrong members', { isSoundOn: 'oui', volume: 'fort', notifies: 1, mutedUntil: '10', mutedDangers: 'a' }],
  ['no number', { volume: Number.NaN }],
])('what was stored and is not understood is the default: %s', (_, stored) => {
  expect(parseSettings(stored)).toEqual(DEFAULT_SETTINGS);
});

test('a volume stays audible and within its bounds', () => {
  expect(parseSettings({ volume: 0 }).volume).toBe(10);
  expect(parseSettings({ volume: 900 }).volume).toBe(100);
});

test('settings are kept; a storage that is forbidden or broken leaves the defaults', () => {
  const kept = new Map<string, string>();
  const store = createSettingsStore({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  });
  store.write({ ...DEFAULT_SETTINGS, volume: 40, mutedDangers: ['a'] });
  expect(store.read()).toEqual({ ...DEFAULT_SETTINGS, volume: 40, mutedDangers: ['a'] });

  const forbidden = createSettingsStore({
    getItem: () => {
      throw new Error('SecurityError');
    },
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  });
  forbidden.write(DEFAULT_SETTINGS);
  expect(forbidden.read()).toEqual(DEFAULT_SETTINGS);
  expect(createSettingsStore({ getItem: () => '{', setItem: () => undefined }).read()).toEqual(DEFAULT_SETTINGS);
});

test('a trial asks about what has left, and tells what cannot work', () => {
  const trial = judge({
    sound: 'played',
    permission: 'refused',
    isShown: false,
    server: { push: 'sent', email: 'no-address' },
  });
  expect([trial.sound.kind, trial.notice.kind, trial.push.kind, trial.email.kind]).toEqual([
    'ask',
    'fails',
    'ask',
    'fails',
  ]);
  expect(answer(trial, 'sound', true).sound).toEqual({ kind: 'works' });
  expect(answer(trial, 'push', false).push).toMatchObject({ kind: 'fails', advice: expect.stringContaining('minute') });
});

test('without the server the page judges its own means all the same', () => {
  const trial = judge({ sound: 'blocked', permission: 'allowed', isShown: true, server: undefined });
  expect(trial.notice).toEqual({ kind: 'ask' });
  expect(trial.sound.kind).toBe('fails');
  expect(trial.push).toEqual(trial.email);
});
