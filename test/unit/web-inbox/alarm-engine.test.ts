import { expect, test } from '@jest/globals';
import { type AlarmOutputs, createAlarm, REPEAT_MS, type SoundState } from '../../../src/web/inbox/alarm/engine.js';
import type { Caller, Picture } from '../../../src/web/inbox/alarm/picture.js';
import { type AlarmSettings, DEFAULT_SETTINGS, MUTE_MS } from '../../../src/web/inbox/alarm/settings.js';

const waits = (id: string): Caller => ({ id, urgency: 'waiting', name: `Résident ${id}` });
const danger = (id: string): Caller => ({ id, urgency: 'emergency' });

/** An alarm whose clock the test holds. */
function openAlarm(stored: Partial<AlarmSettings> = {}) {
  let now = 1_000_000;
  let kept: AlarmSettings = { ...DEFAULT_SETTINGS, ...stored };
  let due: { at: number; callback: () => void }[] = [];
  const heard: string[] = [];
  const notified: string[] = [];
  const withdrawn: string[] = [];
  const browser = { sound: 'ready' as SoundState, isLookedAt: false, hushes: 0 };
  const outputs: AlarmOutputs = {
    play: (urgency, volume) => void heard.push(`${urgency} ${volume}`),
    hush: () => {
      browser.hushes += 1;
    },
    notify: ({ id }) => void notified.push(id),
    withdraw: (callers) => void withdrawn.push(...callers.map(({ id }) => id)),
    soundState: () => browser.sound,
    isLookedAt: () => browser.isLookedAt,
  };
  const alarm = createAlarm({
    outputs,
    store: {
      read: () => kept,
      write: (settings) => {
        kept = settings;
      },
    },
    now: () => now,
    later(ms, callback) {
      const timer = { at: now + ms, callback };
      due.push(timer);
      return () => {
        due = due.filter((other) => other !== timer);
      };
    },
  });
  return {
    alarm,
    heard,
    notified,
    withdrawn,
    browser,
    kept: () => kept,
    now: () => now,
    pending: () => due.length,
    storeFromElsewhere: (change: Partial<AlarmSettings>) => {
      kept = { ...kept, ...change };
    },
    call: (...picture: Picture) => alarm.update({ picture, isAvailable: true }),
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        due = due.filter((other) => other !== next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
  };
}

test('it sounds at once, then again and again, until somebody takes the conversation', () => {
  const { call, heard, pass, alarm, pending } = openAlarm();
  call(waits('a'));
  expect(heard).toEqual(['waiting 0.7']);
  pass(REPEAT_MS.waiting * 3);
  expect(heard).toHaveLength(4);
  call();
  pass(600_000);
  expect(heard).toHaveLength(4);
  expect(pending()).toBe(0);
  expect(alarm.snapshot().isRinging).toBe(false);
});

test('it stops within the moment, in the middle of a note', () => {
  const { call, browser } = openAlarm();
  call(waits('a'));
  const before = browser.hushes;
  call();
  expect(browser.hushes).toBeGreaterThan(before);
});

test('somebody new is heard at once; the same picture again is not', () => {
  const { call, heard, pass } = openAlarm();
  call(waits('a'));
  pass(1_000);
  call(waits('a'));
  expect(heard).toHaveLength(1);
  call(waits('a'), waits('b'));
  expect(heard).toHaveLength(2);
  pass(REPEAT_MS.waiting - 1);
  expect(heard).toHaveLength(2);
  pass(1);
  expect(heard).toHaveLength(3);
});

test('a danger sounds otherwise and more often, and before those who wait', () => {
  const { call, heard, pass } = openAlarm();
  call(waits('a'), danger('b'));
  pass(REPEAT_MS.emergency);
  expect(heard).toEqual(['emergency 0.7', 'emergency 0.7']);
});

test('who waits and then is in danger calls anew', () => {
  const { call, heard } = openAlarm();
  call(waits('a'));
  call(danger('a'));
  expect(heard).toEqual(['waiting 0.7', 'emergency 0.7']);
});

test('whoever is not available is not called, and is when they come back', () => {
  const { alarm, heard, notified } = openAlarm();
  alarm.update({ picture: [waits('a')], isAvailable: false });
  expect([heard, notified]).toEqual([[], []]);
  expect(alarm.snapshot()).toMatchObject({ urgency: 'waiting', isRinging: false });
  alarm.update({ picture: [waits('a')], isAvailable: true });
  expect(heard).toHaveLength(1);
  alarm.update({ picture: [waits('a')], isAvailable: false });
  expect(alarm.snapshot().isRinging).toBe(false);
});

test('muted for ten minutes, then it sounds again; notifications go on', () => {
  const { alarm, call, heard, notified, pass } = openAlarm();
  call(waits('a'));
  alarm.mute();
  call(waits('a'), waits('b'));
  pass(MUTE_MS - 1);
  expect(heard).toHaveLength(1);
  expect(notified).toEqual(['a', 'b']);
  expect(alarm.snapshot().mutedUntil).toBeGreaterThan(0);
  pass(1);
  expect(heard).toHaveLength(2);
  expect(alarm.snapshot().mutedUntil).toBe(0);
});

test('a danger that was not known ends the silence; a known one does not', () => {
  const { alarm, call, heard } = openAlarm();
  call(danger('a'));
  alarm.mute();
  call(danger('a'), waits('b'));
  expect(heard).toHaveLength(1);
  call(danger('a'), danger('c'));
  expect(heard).toHaveLength(2);
  expect(alarm.snapshot().mutedUntil).toBe(0);
});

test('the silence outlives a reload of the page, and can be ended', () => {
  const { alarm, call, heard } = openAlarm({ mutedUntil: 1_000_000 + 60_000 });
  call(waits('a'));
  expect(heard).toEqual([]);
  alarm.unmute();
  expect(heard).toHaveLength(1);
});

test('each conversation is notified once, while the page is out of sight, and withdrawn when it is taken', () => {
  const { call, notified, withdrawn, pass, browser } = openAlarm();
  browser.isLookedAt = true;
  call(waits('a'));
  pass(REPEAT_MS.waiting);
  expect(notified).toEqual([]);
  browser.isLookedAt = false;
  pass(REPEAT_MS.waiting * 2);
  expect(notified).toEqual(['a']);
  call(waits('b'));
  expect(notified).toEqual(['a', 'b']);
  expect(withdrawn).toEqual(['a']);
});

test('only the leading page is heard; the next one goes on when it is closed', () => {
  const { alarm, call, heard, notified, pass } = openAlarm();
  alarm.setLeading(false);
  call(waits('a'));
  pass(60_000);
  expect([heard, notified]).toEqual([[], []]);
  expect(alarm.snapshot().isRinging).toBe(true);
  alarm.setLeading(true);
  expect(heard).toHaveLength(1);
});

test('a sound that the browser has blocked begins as soon as it is let through', () => {
  const { alarm, call, heard, browser } = openAlarm();
  browser.sound = 'blocked';
  call(waits('a'));
  expect(alarm.snapshot().sound).toBe('blocked');
  const before = heard.length;
  browser.sound = 'ready';
  alarm.soundChanged();
  expect(heard).toHaveLength(before + 1);
  expect(alarm.snapshot().sound).toBe('ready');
});

test('choices are kept, and those of another tab are taken over', () => {
  const { alarm, call, heard, kept, storeFromElsewhere } = openAlarm();
  alarm.configure({ volume: 30 });
  expect(kept().volume).toBe(30);
  call(waits('a'));
  expect(heard).toEqual(['waiting 0.3']);
  storeFromElsewhere({ isSoundOn: false });
  alarm.reload();
  expect(alarm.snapshot().isRinging).toBe(false);
  alarm.configure({ isSoundOn: true });
  expect(heard).toHaveLength(2);
});

test('stopped, nothing is left: no timer, no notification, no sound', () => {
  const { alarm, call, heard, withdrawn, pending, pass } = openAlarm();
  call(waits('a'), danger('b'));
  alarm.mute();
  alarm.stop();
  pass(3_600_000);
  expect(pending()).toBe(0);
  expect(withdrawn).toEqual(['a', 'b']);
  expect(heard).toHaveLength(1);
});

test('listeners are told of each change, and may leave', () => {
  const { alarm, call } = openAlarm();
  const seen: boolean[] = [];
  const leave = alarm.subscribe(() => seen.push(alarm.snapshot().isRinging));
  call(waits('a'));
  leave();
  call();
  expect(seen).toEqual([true]);
});

test('a danger rings even for whoever is not available, and nothing else does', () => {
  const { alarm, heard, notified, pass } = openAlarm();
  alarm.update({ picture: [waits('a')], isAvailable: false });
  pass(60_000);
  expect([heard, notified]).toEqual([[], []]);
  alarm.update({ picture: [waits('a'), danger('b')], isAvailable: false });
  expect([heard, notified]).toEqual([['emergency 0.7'], ['b']]);
  expect(alarm.snapshot()).toMatchObject({ isCalled: true, isRinging: true });
  alarm.update({ picture: [waits('a')], isAvailable: false });
  pass(60_000);
  expect(heard).toHaveLength(1);
});
