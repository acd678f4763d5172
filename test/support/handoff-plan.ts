import fc from 'fast-check';

/** Where the process that does a step dies on its first try. What is tried again has the same ids. */
export type Crash = 'none' | 'before-commit' | 'after-commit';

export const RESIDENT_TEXTS = ['bonjour', 'humain', 'menu', 'secours', 'laisser', 'rappel', 'panne', 'efface'] as const;

export interface ResidentStep {
  readonly text: (typeof RESIDENT_TEXTS)[number];
  readonly crash: Crash;
  /** Which of the two servers it reaches; a retry reaches the other. */
  readonly server: 0 | 1;
  /** Sent to both at once. */
  readonly isTwice: boolean;
}

export const DELEGATE_ACTS = [
  'take',
  'reply',
  'giveBack',
  'transfer',
  'close',
  'reopen',
  'snooze',
  'unsnooze',
  'acknowledge',
  'block',
  'unblock',
] as const;

export interface DelegateStep {
  readonly act: (typeof DELEGATE_ACTS)[number];
  readonly crash: Crash;
  /** The delegate's screen is brought up to date first. */
  readonly isLooking: boolean;
}

export interface SweepStep {
  readonly crash: Crash;
  readonly minutes: number;
  /** The delegate who closes or opens their laptop before. */
  readonly toggles: number;
}

/** Who does what, in the order of each; `choices` decide how they interleave. */
export interface HandoffPlan {
  /** Of one resident in two tabs. */
  readonly tabs: readonly (readonly ResidentStep[])[];
  readonly delegates: readonly (readonly DelegateStep[])[];
  readonly sweeps: readonly SweepStep[];
  /** The resident has asked for a person before it all begins. */
  readonly isWaiting: boolean;
  readonly choices: readonly number[];
}

const crash = fc.constantFrom<Crash>('none', 'none', 'none', 'none', 'before-commit', 'after-commit');

const residentStep: fc.Arbitrary<ResidentStep> = fc.record({
  text: fc.constantFrom(...RESIDENT_TEXTS, 'bonjour', 'bonjour', 'humain', 'humain'),
  crash,
  server: fc.constantFrom(0, 1),
  isTwice: fc.boolean(),
});

const delegateStep: fc.Arbitrary<DelegateStep> = fc.record({
  act: fc.constantFrom(...DELEGATE_ACTS, 'take', 'take', 'reply', 'reply', 'giveBack'),
  crash,
  isLooking: fc.boolean(),
});

const sweepStep: fc.Arbitrary<SweepStep> = fc.record({
  crash,
  minutes: fc.constantFrom(0, 1, 4, 11),
  toggles: fc.nat(3),
});

export const handoffPlans: fc.Arbitrary<HandoffPlan> = fc.record({
  tabs: fc.tuple(fc.array(residentStep, { minLength: 1, maxLength: 4 }), fc.array(residentStep, { maxLength: 2 })),
  delegates: fc.tuple(
    fc.array(delegateStep, { minLength: 1, maxLength: 4 }),
    fc.array(delegateStep, { maxLength: 3 }),
    fc.array(delegateStep, { maxLength: 2 }),
  ),
  sweeps: fc.array(sweepStep, { maxLength: 3 }),
  isWaiting: fc.constantFrom(true, true, false),
  choices: fc.array(fc.nat(255), { minLength: 24, maxLength: 48 }),
});
