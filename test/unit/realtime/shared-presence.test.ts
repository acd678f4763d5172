import { beforeEach, describe, expect, test } from '@jest/globals';
import { createPresenceWorld, type PresenceProcess, type PresenceWorld } from '../../support/presence-world.js';

const HOUR_S = 3600;

let world: PresenceWorld;
let one: PresenceProcess;
let two: PresenceProcess;

/** Seconds since the process counts the delegate as seen, by its own clock. */
function unseenFor(process: PresenceProcess, delegateId: string, offsetSeconds = 0): number {
  return (world.now().getTime() + offsetSeconds * 1000 - process.presence.lastSeen(delegateId).getTime()) / 1000;
}

beforeEach(async () => {
  world = createPresenceWorld();
  // Clocks that differ by hours: nothing may follow from them.
  one = await world.start({ name: 'one', offsetSeconds: -3 * HOUR_S });
  two = await world.start({ name: 'two', offsetSeconds: 5 * HOUR_S });
  await world.advance(0.2);
});

describe('processes on one line', () => {
  test('see each other’s delegates within a moment, and what they look at', async () => {
    const leave = one.presence.enter('jean', 'c1');
    one.presence.enter('jean', 'c1');
    one.presence.enter('marie');
    two.presence.enter('paul', 'c1');
    await world.advance(0.3);

    expect([...two.presence.connected()].toSorted()).toEqual(['jean', 'marie', 'paul']);
    expect(two.presence.isConnected('jean')).toBe(true);
    expect([...two.presence.viewersOf('c1')].toSorted()).toEqual(['jean', 'paul']);
    expect([...one.presence.viewersOf('c1')].toSorted()).toEqual(['jean', 'paul']);
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBe(0);
    const told = two.told();
    leave();
    await world.advance(10);
    expect(two.presence.viewersOf('c1')).toContain('jean');
    expect(two.told()).toBe(told);
  });

  test('know when a colleague left another one, whatever its clock says', async () => {
    const leave = one.presence.enter('jean');
    await world.advance(40);
    leave();
    await world.advance(0.3);
    expect(two.presence.isConnected('jean')).toBe(false);
    expect(two.told()).toBe(2);
    await world.advance(60);
    // Late by a look at most, and never early.
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeLessThanOrEqual(60.3);
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeGreaterThan(54);
    await world.advance(60);
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeGreaterThan(114);
  });

  test('write nothing but beats, and read as often, while nothing happens', async () => {
    one.presence.enter('jean');
    await world.advance(5);
    const said = world.line.passed.length;
    Object.assign(world.counts, { list: 0, save: 0 });
    await world.advance(60);
    expect(world.counts.save).toBeLessThanOrEqual(2 * 12);
    expect(world.counts.list).toBeLessThanOrEqual(2 * 12);
    expect(world.line.passed).toHaveLength(said);
  });

  test('lose nothing with the line: the next look finds it', async () => {
    world.line.lose(() => true);
    one.presence.enter('jean');
    await world.advance(5.2);
    expect(two.presence.isConnected('jean')).toBe(true);
  });

  test('look every two seconds when they are apart, and at once when they are together again', async () => {
    world.line.cut();
    await world.advance(5);
    one.presence.enter('jean');
    await world.advance(2.2);
    expect(two.presence.isConnected('jean')).toBe(true);
    one.presence.enter('marie');
    await world.advance(0.15);
    world.line.heal();
    await world.advance(0.1);
    expect(two.presence.isConnected('marie')).toBe(true);
  });

  test('are not put off by what another version tells', async () => {
    one.presence.enter('jean');
    for (const content of [null, 7, 'x', [], { heard: 7 }, { heard: null }]) world.line.forge('presence', content);
    world.stored.set('odd', JSON.parse('{"id":"odd","beat":1,"at":1}'));
    await world.advance(6);
    expect(two.presence.connected()).toEqual(['jean']);
    expect(two.faults).toEqual([]);
  });
});

describe('a process that ends', () => {
  test('takes its record along and says so', async () => {
    one.presence.enter('jean');
    await world.advance(1);
    await one.close();
    await world.advance(0.2);
    expect([...world.stored.keys()]).toEqual(['two']);
    expect(two.presence.connected()).toEqual([]);
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeLessThan(0.3);
    one.presence.enter('marie');
    await world.advance(10);
    expect([...world.stored.keys()]).toEqual(['two']);
  });

  test('without a word counts on for 20 s, and its delegates were seen by then', async () => {
    one.presence.enter('jean');
    await world.advance(30);
    one.freeze();
    await world.advance(14);
    expect(two.presence.isConnected('jean')).toBe(true);
    await world.advance(16);
    expect(two.presence.connected()).toEqual([]);
    // Its last beat was up to five seconds old, and was seen up to five seconds late.
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeGreaterThanOrEqual(20);
    expect(unseenFor(two, 'jean', 5 * HOUR_S)).toBeLessThanOrEqual(35);
    await world.advance(60);
    expect([...world.stored.keys()]).toEqual(['two']);
  });

  test('is not taken for living because storage was away', async () => {
    one.presence.enter('jean');
    await world.advance(1);
    one.freeze();
    await world.advance(30);
    two.setStorage(false);
    await world.advance(15);
    two.setStorage(true);
    for (let passed = 0; passed < 15; passed += 1) {
      await world.advance(1);
      expect(two.presence.isConnected('jean')).toBe(false);
    }
  });

  test('only for a while comes back with its pages', async () => {
    one.presence.enter('jean');
    two.presence.enter('marie');
    await world.advance(1);
    one.freeze();
    await world.advance(120);
    expect(two.presence.connected()).toEqual(['marie']);
    one.thaw();
    expect(one.presence.isConnected('marie')).toBe(true);
    await world.advance(5.5);
    expect([...two.presence.connected()].toSorted()).toEqual(['jean', 'marie']);
    expect([...one.presence.connected()].toSorted()).toEqual(['jean', 'marie']);
  });
});

describe('a process that starts', () => {
  test('counts those whom it never saw as seen at its start, and sees the others at once', async () => {
    one.presence.enter('jean');
    await world.advance(600);
    const three = await world.start({ name: 'three' });
    expect(three.presence.isConnected('jean')).toBe(true);
    expect(unseenFor(three, 'paul')).toBe(0);
    await world.advance(30);
    expect(three.presence.isConnected('jean')).toBe(true);
    expect(Math.round(unseenFor(three, 'paul'))).toBe(30);
  });

  test('believes what is left of a dead one for ten seconds at most', async () => {
    one.presence.enter('jean');
    await world.advance(1);
    one.freeze();
    two.freeze();
    await world.advance(HOUR_S / 4);
    const three = await world.start({ name: 'three' });
    await world.advance(10.3);
    expect(three.presence.isConnected('jean')).toBe(false);
    expect(unseenFor(three, 'jean')).toBeLessThan(10.4);
  });
});

describe('while storage is away', () => {
  test('for everybody, what was read last counts on, and nobody is taken for absent, then nor afterwards', async () => {
    one.presence.enter('jean');
    const leave = one.presence.enter('paul');
    await world.advance(1);
    for (const process of [one, two]) process.setStorage(false);
    await world.advance(30);
    leave();
    one.presence.enter('marie');
    await world.advance(60);

    expect([...two.presence.connected()].toSorted()).toEqual(['jean', 'paul']);
    expect(unseenFor(two, 'marie', 5 * HOUR_S)).toBe(0);
    expect(two.faults).toHaveLength(2);
    for (const process of [one, two]) process.setStorage(true);
    for (let passed = 0; passed < 15; passed += 1) {
      await world.advance(1);
      expect(two.presence.isConnected('jean')).toBe(true);
      expect(unseenFor(two, 'marie', 5 * HOUR_S)).toBeLessThan(16);
    }
    expect([...two.presence.connected()].toSorted()).toEqual(['jean', 'marie']);
  });

  test('for one longer than for another, that one waits for a beat before it takes anybody for absent', async () => {
    one.presence.enter('jean');
    await world.advance(1);
    for (const process of [one, two]) process.setStorage(false);
    await world.advance(30);
    one.presence.enter('marie');
    await world.advance(60);
    two.setStorage(true);
    for (let passed = 0; passed < 12; passed += 1) {
      await world.advance(1);
      expect(two.presence.isConnected('jean')).toBe(true);
      expect(unseenFor(two, 'marie', 5 * HOUR_S)).toBeLessThanOrEqual(passed + 1);
    }
    one.setStorage(true);
    await world.advance(6);
    expect([...two.presence.connected()].toSorted()).toEqual(['jean', 'marie']);
  });

  test('for one only, it takes nobody for absent, and is dead for the others until it is back', async () => {
    one.presence.enter('jean');
    two.presence.enter('marie');
    await world.advance(1);
    one.setStorage(false);
    await world.advance(60);
    expect(one.presence.isConnected('marie')).toBe(true);
    expect(two.presence.isConnected('jean')).toBe(false);
    one.setStorage(true);
    await world.advance(6);
    expect(two.presence.isConnected('jean')).toBe(true);
  });
});

describe('calls of pages', () => {
  test('reach the process that holds the stream at once, and are not repeated too often', async () => {
    const heard: string[] = [];
    two.pageCalls.listen((id) => heard.push(id));
    for (const id of ['s1', 's1', 's2']) one.pageCalls.heard(id);
    await world.line.idle();
    expect(heard).toEqual(['s1', 's2']);
    two.pageCalls.heard('s3');
    expect(heard).toEqual(['s1', 's2', 's3']);
  });

  test('reach it within seconds when the processes are apart', async () => {
    world.line.cut();
    await world.advance(6);
    const heard: string[] = [];
    two.pageCalls.listen((id) => heard.push(id));
    one.pageCalls.heard('s1');
    await world.advance(7.5);
    expect(heard).toEqual(['s1']);
    await world.advance(20);
    expect(heard).toEqual(['s1']);
    one.pageCalls.heard('s1');
    await world.advance(7.5);
    expect(heard).toEqual(['s1', 's1']);
  });

  test('are kept for a bounded number of sessions, and not for long', async () => {
    for (let count = 0; count < 1_500; count += 1) one.pageCalls.heard(`s${count}`);
    await world.advance(6);
    expect(Object.keys(world.stored.get('one')?.heard ?? {})).toHaveLength(1_000);
    await world.advance(20);
    expect(world.stored.get('one')?.heard).toEqual({});
  });
});
