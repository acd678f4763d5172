import type { DelegateEvent } from '../domain/report-desk.js';
import { Refusal } from '../http/refusal.js';
import { paramOf, recordOf } from './conversation-context.js';
import type { Call, Handlers } from './handler.js';
import { createOnce } from './present-once.js';
import type { ReportDependencies, ShowReport } from './report-context.js';

type Body = Call<'appendToReport'>['body'];

const RETRY_MS = 10 * 60_000;
const ACTIONS = { reply: 'report.answered', note: 'report.noted', status: 'report.status-changed' } as const;

/**
 * Adds what a delegate's browser sealed, and logs it first: nobody answers without a trace, even when storage fails in the
 * middle. The very same event sent again, because its answer was lost, is neither added nor logged twice; any other that comes
 * after a colleague's is refused, and its browser seals anew.
 */
export function createReportAppend(
  deps: ReportDependencies,
  show: ShowReport,
): Handlers<'appendToReport'>['appendToReport'] {
  const { desk } = deps;
  const record = recordOf(deps.audit);
  const once = createOnce(deps.clock, RETRY_MS);

  return async (call) => {
    const { actor } = call.caller;
    const event = eventOf(call.body);
    const id = paramOf(call);
    const log = () =>
      record(ACTIONS[event.kind], actor, id, {
        seq: event.seq,
        ...(event.status !== undefined && { status: event.status }),
      });
    const report = await desk.append(id, actor.delegateId, event, ({ events }) =>
      once(`${id} ${actor.delegateId} ${events.at(-1)?.digest}`, log),
    );
    return show(report, call.caller);
  };
}

/**
 * A reply goes to the author of the report; a note never does; a status may.
 * @throws Refusal `InvalidBody`.
 */
function eventOf({ kind, status, toReporter, newKey, ...rest }: Body): DelegateEvent {
  const isFit =
    (kind === 'status') === (status !== undefined) &&
    (kind === 'reply' ? toReporter !== undefined : kind === 'status' || toReporter === undefined);
  if (!isFit) throw new Refusal('InvalidBody');
  return {
    ...rest,
    kind,
    ...(status !== undefined && { status }),
    ...(toReporter !== undefined && { toReporter }),
    ...(newKey !== undefined && { newKey }),
  };
}
