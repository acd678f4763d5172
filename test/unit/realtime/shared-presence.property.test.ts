import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inDepth } from '../../support/depth.js';
import { createPresenceWorld, type PresenceProcess } from '../../support/presence-world.js';

const DELEGATES = ['anne', 'brahim', 'chloe'];
const STEP_S = 0.25;
/** A beat, a look, and a moment for each: the longest way of news from one living process to another. */
const NEWS_S = 11;
/** All that was wrong is over, and seen to be. */
const CALM_S = 120;

type Step =
  | { readonly do: 'enter' | 'leave'; readonly at: number; readonly who: number }
  | {
      readonly do: 'freeze' | 'thaw' | 'storage away' | 'storage back' | 'cut' | 'heal' | 'replace';
      readonly at: number;
    }
  | { readonly do: 'wait'; readonly seconds: number };

const at = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('enter', 'leave'), at, who: fc.nat({ max: 2 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('freeze', 'thaw', 'storage away', 'storage back', 'cut', 'heal', 'replace'),
      at,
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(0.5, 3, 8, 15, 40) }) },
);

interface Running {
  readonly process: PresenceProcess;
  readonly exits: Map<string, { readonly since: number; readonly exit: () => void }>;
  readonly offsetMs: number;
  isFrozen: boolean;
  isStorageThere: boolean;
  /** Since when it can do all that it does. */
  soundSince: number;
}

/** Three processes whose clocks differ; `seen` says when each delegate was last known to be at one that was sound for a while. */
async function openModel() {
  const world = createPresenceWorld();
  const seen = new Map<string, number>();
  let count = 0;

  const now = (): number => world.now().getTime() / 1000;

  async function start(): Promise<Running> {
    const offsetSeconds = (count % 5) * 5_000 - 9_000;
    count += 1;
    const process = await world.start({ name: `process-${count}`, offsetSeconds });
    return {
      process,
      exits: new Map(),
      offsetMs: offsetSeconds * 1000,
      isFrozen: false,
      isStorageThere: true,
      soundSince: now(),
    };
  }

  const running = [await start(), await start(), await start()];
  const isSound = ({ isFrozen, isStorageThere }: Running): boolean => !isFrozen && isStorageThere;

  function noteSeen(): void {
    for (const one of running) {
      if (!isSound(one)) one.soundSince = now();
      for (const [who, { since }] of one.exits) {
        if (now() - Math.max(since, one.soundSince) >= NEWS_S) seen.set(who, now());
      }
    }
  }

  async function wait(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += STEP_S) {
      await world.advance(STEP_S, STEP_S);
      noteSeen();
    }
  }

  const unseenFor = ({ process, offsetMs }: Running, who: string): number =>
    now() + offsetMs / 1000 - process.presence.lastSeen(who).getTime() / 1000;

  return { world, running, seen, now, start, wait, isSound, unseenFor };
}

type Model = Awaited<ReturnType<typeof openModel>>;

const ACTS: Readonly<Record<string, (one: Running, who: string, model: Model) => void>> = {
  enter({ process, exits }, who, { now }) {
    if (!exits.has(who)) exits.set(who, { since: now(), exit: process.presence.enter(who) });
  },
  leave({ exits }, who) {
    exits.get(who)?.exit();
    exits.delete(who);
  },
  freeze(one) {
    one.isFrozen = true;
    one.process.freeze();
  },
  thaw(one) {
    one.isFrozen = false;
    one.process.thaw();
  },
  'storage away'(one) {
    one.isStorageThere = false;
    one.process.setStorage(false);
  },
  'storage back'(one) {
    one.isStorageThere = true;
    one.process.setStorage(true);
  },
  cut: ({ process }) => process.peers.cut(),
  heal: ({ process, isFrozen }) => {
    if (!isFrozen) process.peers.heal();
  },
};

async function take(model: Model, step: Step): Promise<void> {
  if (step.do === 'wait') return model.wait(step.seconds);
  const one = model.running[step.at];
  if (!one) throw new Error('no such process');
  if (step.do === 'replace') {
    // Killed, and another one started.
    one.process.freeze();
    one.process.peers.leave();
    model.running[step.at] = await model.start();
    return;
  }
  // A frozen process does nothing by itself.
  if (one.isFrozen && (step.do === 'enter' || step.do === 'leave')) return;
  ACTS[step.do]?.(one, 'who' in step ? (DELEGATES[step.who] ?? '') : '', model);
}

/** Nobody who was there is taken for absent for longer than news may take. */
function checkNobodyIsMissed(model: Model): void {
  for (const one of model.running) {
    if (!model.isSound(one)) continue;
    for (const [who, at] of model.seen) {
      expect(model.unseenFor(one, who)).toBeLessThanOrEqual(model.now() - at + NEWS_S);
    }
  }
}

async function checkAllAgree(model: Model): Promise<void> {
  for (const one of model.running) for (const act of ['thaw', 'storage back', 'heal']) ACTS[act]?.(one, '', model);
  await model.wait(CALM_S);
  const there = new Set(model.running.flatMap(({ exits }) => [...exits.keys()]));
  for (const one of model.running) {
    expect(new Set(one.process.presence.connected())).toEqual(there);
    for (const who of DELEGATES) {
      const unseen = model.unseenFor(one, who);
      if (there.has(who)) expect(unseen).toBeLessThan(0.001);
      // A dead one is believed for 20 s, and known late.
      else expect(unseen).toBeGreaterThan(CALM_S - 45);
    }
  }
  expect(new Set(model.world.stored.keys())).toEqual(new Set(model.running.map(({ process }) => process.peers.self)));
}

test('whatever is frozen, killed or cut off: nobody who is there is missed, and in the end all agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const model = await openModel();
      for (const one of steps) {
        await take(model, one);
        checkNobodyIsMissed(model);
      }
      await checkAllAgree(model);
    }),
    { numRuns: inDepth(300, 25) },
  );
}, 300_000);
