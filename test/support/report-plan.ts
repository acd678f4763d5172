import fc from 'fast-check';
import type { ReportAnswer } from '../../src/domain/report-answers.js';

/** What happens to one write; killed processes have forgotten everything. */
export type Fault = 'none' | 'before' | 'after';

export type Scene =
  | {
      readonly do: 'say';
      readonly answers: readonly ReportAnswer[];
      readonly process: number;
      readonly faults: readonly Fault[];
      readonly meanwhile: readonly Scene[];
    }
  | { readonly do: 'redeliver'; readonly which: number; readonly process: number }
  | { readonly do: 'restart'; readonly process: number }
  | { readonly do: 'move'; readonly who: number; readonly isIn: boolean }
  /** Everybody leaves. */
  | { readonly do: 'desert' }
  | { readonly do: 'pass'; readonly minutes: number }
  | { readonly do: 'sweep'; readonly process: number }
  | { readonly do: 'tidy'; readonly process: number };

export interface ReportPlan {
  readonly scenes: readonly Scene[];
  readonly sending: {
    /** The processes that it is sent in, all at once. */
    readonly at: readonly number[];
    readonly faults: readonly Fault[];
    readonly meanwhile: readonly Scene[];
  };
}

const process = fc.nat(2);
const faults = fc.array(fc.constantFrom<Fault>('none', 'before', 'after'), { maxLength: 5 });
const text = fc.nat(99).map((number) => `réponse ${number}`);

const KINDS: readonly ((text: string) => ReportAnswer)[] = [
  (said) => ({ step: 'where', text: said }),
  (said) => ({ step: 'what', text: said }),
  (said) => ({ step: 'more', text: said }),
  () => ({ step: 'when', isSkipped: true }),
  () => ({ step: 'more', isSkipped: true }),
];
const answer = fc.tuple(fc.constantFrom(...KINDS), text).map(([make, said]) => make(said));

const noise: fc.Arbitrary<Scene> = fc.oneof(
  fc.record({ do: fc.constant('redeliver' as const), which: fc.nat(9), process }),
  fc.record({ do: fc.constant('restart' as const), process }),
  fc.record({ do: fc.constant('move' as const), who: fc.nat(2), isIn: fc.boolean() }),
  fc.constant({ do: 'desert' as const }),
  fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(40) }),
  fc.record({ do: fc.constant('sweep' as const), process }),
  fc.record({ do: fc.constant('tidy' as const), process }),
);

const meanwhile = fc.array(noise, { maxLength: 2 });

const say: fc.Arbitrary<Scene> = fc.record({
  do: fc.constant('say' as const),
  answers: fc.uniqueArray(answer, { minLength: 1, maxLength: 3, selector: ({ step }) => step }),
  process,
  faults,
  meanwhile,
});

export const reportPlans: fc.Arbitrary<ReportPlan> = fc.record({
  scenes: fc.array(fc.oneof({ weight: 2, arbitrary: say }, { weight: 1, arbitrary: noise }), {
    minLength: 1,
    maxLength: 10,
  }),
  sending: fc.record({ at: fc.array(process, { minLength: 1, maxLength: 3 }), faults, meanwhile }),
});
