import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What is measured, by names of the Prometheus conventions: seconds, and `_total` for what only grows. Labels are taken from
 * short fixed lists: nothing of them comes from a person.
 */
export interface Instruments {
  readonly registry: Registry;
  readonly turns: Histogram<'outcome'>;
  readonly requests: Counter<'area' | 'status'>;
  readonly alarms: Counter<'by' | 'outcome'>;
  readonly leases: Gauge<'name'>;
}

/** From well under a turn on the embedded database to the longest that a client waits, in seconds. */
const TURN_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createInstruments(): Instruments {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    turns: new Histogram({
      name: 'permanence_turn_seconds',
      help: 'From a message of a resident to what was stored of it, by what became of it.',
      labelNames: ['outcome'],
      buckets: TURN_BUCKETS,
      registers,
    }),
    requests: new Counter({
      name: 'permanence_http_requests_total',
      help: 'Requests answered, by the part of the server and the class of the status.',
      labelNames: ['area', 'status'],
      registers,
    }),
    alarms: new Counter({
      name: 'permanence_alarms_total',
      help: 'Alarms to delegates, one for each of them, by way and outcome.',
      labelNames: ['by', 'outcome'],
      registers,
    }),
    leases: new Gauge({
      name: 'permanence_lease_held',
      help: '1 where this process does the work that one process does at a time.',
      labelNames: ['name'],
      registers,
    }),
  };
}
