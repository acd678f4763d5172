import { beforeEach, describe, expect, test } from '@jest/globals';
import { createResidentPresence, type ResidentPresenceRecorder } from '../../../src/channels/resident-presence.js';
import { createInProcessWakeUps } from '../../../src/realtime/wake-ups.js';
import { createManualClock, type ManualClock } from '../../support/directline-server.js';
import { createManualTimers } from '../../support/directline-timers.js';
import { createPeerLine, type JoinedPeers, type PeerLine } from '../../support/peers.js';

interface Process {
  readonly residents: ResidentPresenceRecorder;
  readonly peers: JoinedPeers;
  /** Conversations of which there was news. */
  readonly heard: string[];
}

let clock: ManualClock;
let timers: ReturnType<typeof createManualTimers>;
let line: PeerLine;
let one: Process;
let two: Process;
let three: Process;

function start(): Process {
  const peers = line.join();
  const wakeUps = createInProcessWakeUps((error) => {
    throw error;
  });
  const residents = createResidentPresence(clock.now, wakeUps, peers);
  const heard: string[] = [];
  residents.subscribe((id) => heard.push(id));
  return { residents, peers, heard };
}

/** Looks, and again when what was asked for has come. */
async function look({ residents }: Process, id: string): Promise<boolean> {
  residents.isConnected(id);
  await line.idle();
  timers.advance(0.3);
  await line.idle();
  return residents.isConnected(id);
}

beforeEach(() => {
  clock = createManualClock();
  timers = createManualTimers(clock);
  line = createPeerLine(timers);
  [one, two, three] = [start(), start(), start()];
});

describe('pages of residents in other processes', () => {
  test('are asked for when a delegate looks, with how far they have got', async () => {
    two.residents.enter('a');
    two.residents.reach('a', 7);
    expect(one.residents.isConnected('a')).toBe(false);
    expect(await look(one, 'a')).toBe(true);
    expect(one.heard.length).toBeGreaterThan(0);
    expect(one.residents.deliveredSeq('a')).toBe(7);
    expect(await look(one, 'b')).toBe(false);
  });

  test('are told of when they come and go, to whoever has asked', async () => {
    expect(await look(one, 'a')).toBe(false);
    const leave = two.residents.enter('a');
    await line.idle();
    expect([one.residents.isConnected('a'), one.heard]).toEqual([true, ['a']]);
    leave();
    await line.idle();
    timers.advance(0.3);
    await line.idle();
    expect([one.residents.isConnected('a'), one.heard]).toEqual([false, ['a', 'a']]);
  });

  test('count as long as one of them is open', async () => {
    expect(await look(one, 'a')).toBe(false);
    const leave = two.residents.enter('a');
    three.residents.enter('a');
    await line.idle();
    const told = one.heard.length;
    leave();
    await line.idle();
    expect(one.residents.isConnected('a')).toBe(true);
    expect(one.heard).toHaveLength(told);
  });

  test('are seen although they come while the question is on its way', async () => {
    one.residents.isConnected('a');
    await line.idle();
    two.residents.enter('a');
    await line.idle();
    timers.advance(0.3);
    await line.idle();
    expect(one.residents.isConnected('a')).toBe(true);
  });

  test('are not seen any more when they go again while the question is on its way', async () => {
    one.residents.isConnected('a');
    await line.idle();
    const leave = two.residents.enter('a');
    await line.idle();
    leave();
    await line.idle();
    for (const _ of ['asked', 'asked again']) {
      timers.advance(0.3);
      await line.idle();
    }
    expect(one.residents.isConnected('a')).toBe(false);
  });

  test('are asked for anew every 15 s while a delegate looks, and not otherwise', async () => {
    const leave = two.residents.enter('a');
    expect(await look(one, 'a')).toBe(true);
    const asked = () => line.passed.filter(({ kind, topic }) => kind === 'ask' && topic === 'residents').length;
    for (let count = 0; count < 10; count++) one.residents.isConnected('a');
    expect(asked()).toBe(1);
    line.lose(({ kind }) => kind === 'tell');
    leave();
    timers.advance(16);
    expect(asked()).toBe(1);
    expect(await look(one, 'a')).toBe(false);
    expect(asked()).toBe(2);
  });

  test('are believed for 30 s at most when nobody answers any more', async () => {
    two.residents.enter('a');
    expect(await look(one, 'a')).toBe(true);
    line.lose(() => true);
    timers.advance(29);
    expect(one.residents.isConnected('a')).toBe(true);
    timers.advance(1);
    expect(one.residents.isConnected('a')).toBe(false);
  });

  test('do not count while the line is cut, and are asked for when it is back', async () => {
    two.residents.enter('a');
    expect(await look(one, 'a')).toBe(true);
    const told = one.heard.length;
    line.cut();
    expect(one.residents.isConnected('a')).toBe(false);
    expect(one.heard).toHaveLength(told + 1);
    line.heal();
    expect(one.heard).toHaveLength(told + 2);
    expect(await look(one, 'a')).toBe(true);
  });

  test('of which nobody asks are not spoken of', async () => {
    two.residents.enter('a')();
    two.residents.poll('b');
    await line.idle();
    expect(line.passed).toEqual([]);
    await look(one, 'a');
    timers.advance(41);
    const said = line.passed.length;
    two.residents.enter('a');
    expect(line.passed).toHaveLength(said);
  });

  test('are not made up by what does not fit', async () => {
    await look(one, 'a');
    const contents = [
      null,
      7,
      { id: 'a' },
      { id: 'a', isConnected: 'yes', seq: 1 },
      { id: 'a', isConnected: true, seq: -1 },
    ];
    for (const content of contents) line.forge('residents', content);
    await line.idle();
    timers.advance(0.3);
    await line.idle();
    expect([one.residents.isConnected('a'), one.residents.deliveredSeq('a')]).toEqual([false, 0]);
  });

  test('are remembered in a bounded number', async () => {
    two.residents.enter('first');
    await look(one, 'first');
    for (let count = 0; count < 1_000; count++) one.residents.isConnected(`c${count}`);
    await line.idle();
    timers.advance(0.3);
    await line.idle();
    expect(one.residents.isConnected('first')).toBe(false);
    expect(one.residents.isConnected('c999')).toBe(false);
  });

  test('of a removed conversation are forgotten', async () => {
    two.residents.enter('a');
    expect(await look(one, 'a')).toBe(true);
    const wakeUps = createInProcessWakeUps(() => undefined);
    const four = createResidentPresence(clock.now, wakeUps, line.join());
    four.isConnected('a');
    await line.idle();
    expect(four.isConnected('a')).toBe(true);
    wakeUps.notify('a', { kind: 'removed' });
    expect(four.isConnected('a')).toBe(false);
  });
});
