import { describe, expect, test } from '@jest/globals';
import { createInProcessPresence } from '../../../src/realtime/in-process-presence.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';

const START = Date.parse('2026-11-24T09:00:00Z');

function given() {
  let now = START;
  const errors: unknown[] = [];
  const presence = createInProcessPresence(
    () => new Date(now),
    (error) => errors.push(error),
  );
  return { presence, errors, advance: (ms: number) => (now += ms) };
}

describe('who is connected', () => {
  test('with several pages is connected until the last one closes', () => {
    const { presence, advance } = given();
    const leaveFirst = presence.enter('jean', 'c1');
    const leaveSecond = presence.enter('jean', 'c2');
    presence.enter('marie', 'c1');
    expect(presence.connected()).toEqual(['jean', 'marie']);
    expect(presence.viewersOf('c1')).toEqual(['jean', 'marie']);
    leaveFirst();
    expect(presence.isConnected('jean')).toBe(true);
    expect(presence.viewersOf('c1')).toEqual(['marie']);
    advance(1000);
    leaveSecond();
    leaveSecond();
    expect(presence.connected()).toEqual(['marie']);
    advance(1000);
    expect(presence.lastSeen('jean')).toEqual(new Date(START + 1000));
    expect(presence.lastSeen('marie')).toEqual(new Date(START + 2000));
  });

  test('whoever was never seen was last seen when the process started', () => {
    const { presence, advance } = given();
    advance(5000);
    expect(presence.lastSeen('paul')).toEqual(new Date(START));
    expect(presence.isConnected('paul')).toBe(false);
  });

  test('each change is told, once, to whoever still listens', () => {
    const { presence, errors } = given();
    let told = 0;
    presence.subscribe(() => {
      throw new Error('deaf');
    });
    const end = presence.subscribe(() => told++);
    const leave = presence.enter('jean');
    leave();
    leave();
    expect(told).toBe(2);
    expect(errors).toHaveLength(2);
    end();
    presence.enter('jean');
    expect(told).toBe(2);
  });
});

describe('the signals of every conversation', () => {
  test('reach whoever listens to all of them, until they end', () => {
    const errors: unknown[] = [];
    const wakeUps = createInProcessWakeUps((error) => errors.push(error));
    const heard: string[] = [];
    wakeUps.subscribeAll(() => {
      throw new Error('deaf');
    });
    const end = wakeUps.subscribeAll((id, { kind }) => heard.push(`${id} ${kind}`));
    wakeUps.subscribe('c1', ({ kind }) => heard.push(kind));
    wakeUps.notify('c1', { kind: 'changed' });
    wakeUps.notify('c2', { kind: 'removed' });
    end();
    wakeUps.notify('c2', { kind: 'changed' });
    expect(heard).toEqual(['changed', 'c1 changed', 'c2 removed']);
    expect(errors).toHaveLength(3);
  });
});
