import { sweepAll, workThrough, writeAll } from './handoff-actors.js';
import { faultsOf } from './handoff-faults.js';
import type { HandoffPlan, ResidentStep } from './handoff-plan.js';
import type { PlayedHandoff } from './handoff-record.js';
import { createWorld, DELEGATES, type HandoffModelOptions } from './handoff-world.js';

const FIRST_REQUEST: ResidentStep = { text: 'humain', crash: 'none', server: 0, isTwice: false };

export interface HandoffOutcome {
  /** Every breach of what the handoff promises, in words; empty when it holds. */
  readonly faults: readonly string[];
  readonly played: PlayedHandoff;
}

/** Plays a plan with the real turn handler (two of them, as in two processes), desk and sweeper over one store, and clears up. */
export async function playHandoff(plan: HandoffPlan, options: HandoffModelOptions): Promise<HandoffOutcome> {
  const world = createWorld(plan.choices, options);
  const { interleaver } = world;
  await world.open();
  if (plan.isWaiting) await interleaver.run([() => writeAll(world, 'first', [FIRST_REQUEST])]);
  await interleaver.run([
    ...plan.tabs.map((steps, tab) => () => writeAll(world, `tab${tab}`, steps)),
    ...DELEGATES.map((by, index) => () => workThrough(world, by, plan.delegates[index] ?? [])),
    () => sweepAll(world, plan.sweeps),
  ]);
  const played: PlayedHandoff = {
    ...world.record,
    transcript: await options.store.messagesAfter(options.id, 0, 10_000),
    final: await options.store.load(options.id),
  };
  await options.store.remove(options.id);
  return { faults: faultsOf(played), played };
}
