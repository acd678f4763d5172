import { beforeEach, expect, test } from '@jest/globals';
import type { Lease } from '../../../src/domain/leases.js';
import { createInstruments, type Instruments } from '../../../src/metrics/instruments.js';
import { measureLeases, measureMailer, measurePusher, measureTurns } from '../../../src/metrics/measured.js';
import { createSoleLeases } from '../../../src/realtime/sole-leases.js';

let instruments: Instruments;

beforeEach(() => {
  instruments = createInstruments();
});

async function lines(start: string): Promise<readonly string[]> {
  return (await instruments.registry.metrics()).split('\n').filter((line) => line.startsWith(start));
}

test('turns are counted by what became of them', async () => {
  const outcomes = ['committed', 'committed', 'duplicate', undefined];
  const turns = measureTurns(instruments, {
    async handle(_id: string, _inbound: object) {
      const kind = outcomes.shift();
      if (kind === undefined) throw new Error('storage is away');
      return { kind };
    },
    drain: async () => 'drained',
  });
  for (let count = 0; count < 3; count++) await turns.handle('c1', {});
  await expect(turns.handle('c1', {})).rejects.toThrow('storage is away');
  expect(await turns.drain()).toBe('drained');
  expect(await lines('permanence_turn_seconds_count')).toEqual([
    'permanence_turn_seconds_count{outcome="committed"} 2',
    'permanence_turn_seconds_count{outcome="duplicate"} 1',
    'permanence_turn_seconds_count{outcome="failed"} 1',
  ]);
});

test('a lease shows while this process holds it', async () => {
  const begun: Lease[] = [];
  const leases = measureLeases(instruments, createSoleLeases());
  const holding = leases.hold('upkeep', { begin: (lease) => void begun.push(lease), end: async () => undefined });
  expect(begun).toHaveLength(1);
  expect(await lines('permanence_lease_held')).toEqual(['permanence_lease_held{name="upkeep"} 1']);
  await holding.release();
  expect(await lines('permanence_lease_held')).toEqual(['permanence_lease_held{name="upkeep"} 0']);
});

test('alarms are counted by way and outcome', async () => {
  const answers = [true, false];
  const mailer = measureMailer(instruments, {
    async send(_mail: object) {
      if (answers.shift() !== true) throw new Error('refused');
    },
    close: () => undefined,
  });
  const mail = { to: 'jean@exemple.fr', subject: 'Quelqu’un attend', text: '…' };
  await mailer.send(mail);
  await expect(mailer.send(mail)).rejects.toThrow('refused');
  const pusher = measurePusher(instruments, {
    push: async (accounts: readonly string[]) => new Map(accounts.map((id) => [id, id === 'jean' ? 'sent' : 'failed'])),
  });
  await pusher.push(['jean', 'marie', 'paul']);
  expect(await lines('permanence_alarms_total')).toEqual([
    'permanence_alarms_total{by="email",outcome="sent"} 1',
    'permanence_alarms_total{by="email",outcome="failed"} 1',
    'permanence_alarms_total{by="push",outcome="sent"} 1',
    'permanence_alarms_total{by="push",outcome="failed"} 2',
  ]);
});
