import { expect, test } from '@jest/globals';
import type { Signal, WakeUps } from '../../../src/domain/wake-ups.js';
import { createInProcessWakeUps, createSharedWakeUps } from '../../../src/realtime/wake-ups.js';
import { createPeerLine } from '../../support/peers.js';

const SIGNALS: readonly Signal[] = [
  { kind: 'changed' },
  { kind: 'removed' },
  { kind: 'desk' },
  { kind: 'typing', author: 'bot' },
  { kind: 'typing', author: 'resident' },
  { kind: 'typing', author: 'delegate', delegateId: 'd-1', name: 'Jean' },
  { kind: 'delivered', seq: 3 },
  { kind: 'queue', position: 2 },
  { kind: 'queue', position: 1, usualWaitMinutes: 4.5 },
];

function open() {
  const line = createPeerLine();
  const make = (): { wakeUps: WakeUps; heard: (readonly [string, Signal])[] } => {
    const local = createInProcessWakeUps((error) => {
      throw error;
    });
    const heard: (readonly [string, Signal])[] = [];
    local.subscribeAll((id, signal) => heard.push([id, signal]));
    return { wakeUps: createSharedWakeUps(local, line.join()), heard };
  };
  return { line, one: make(), other: make() };
}

test('every signal wakes the readers of all processes, once and in its order', async () => {
  const { line, one, other } = open();
  for (const signal of SIGNALS) one.wakeUps.notify('c1', signal);
  expect(one.heard).toEqual(SIGNALS.map((signal) => ['c1', signal]));
  await line.idle();
  expect(other.heard).toEqual(one.heard);
  expect(one.heard).toHaveLength(SIGNALS.length);
});

test('what another version tells is passed over', async () => {
  const { line, one } = open();
  for (const content of [
    null,
    'changed',
    {},
    { id: 'c1' },
    { id: 7, signal: { kind: 'changed' } },
    { id: '', signal: { kind: 'changed' } },
    { id: 'c1', signal: { kind: 'danced' } },
    { id: 'c1', signal: { kind: 'typing' } },
    { id: 'c1', signal: { kind: 'typing', author: 'delegate' } },
    { id: 'c1', signal: { kind: 'delivered', seq: -1 } },
    { id: 'c1', signal: { kind: 'queue', position: '1' } },
  ])
    line.forge('signal', content);
  line.forge('signal', { id: 'c1', signal: { kind: 'changed', more: 'of a later version' } });
  await line.idle();
  expect(one.heard).toEqual([['c1', { kind: 'changed' }]]);
});
