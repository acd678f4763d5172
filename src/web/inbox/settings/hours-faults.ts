import { ALL_DAYS, type FormException, type FormSlot, type HoursForm } from './hours-form.js';
import type { FaultCode } from './strings.js';

const LONGEST_REASON = 100;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What the server would refuse, by the key of the slot or of the exception that it is shown at. */
export type HoursFaults = ReadonlyMap<string, FaultCode>;

export function faultsOf({ days, exceptions }: HoursForm): HoursFaults {
  const faults: (readonly [string, FaultCode])[] = [
    ...ALL_DAYS.flatMap((day) => slotFaults(days[day])),
    ...exceptions.flatMap((exception, index) => exceptionFaults(exception, exceptions.slice(0, index))),
  ];
  // The first fault of a place is the one to mend first.
  return new Map(faults.toReversed());
}

function slotFaults(slots: readonly FormSlot[]): (readonly [string, FaultCode])[] {
  return slots.flatMap((slot, index) => {
    const fault = slotFault(slot, slots.slice(0, index));
    return fault ? [[slot.key, fault] as const] : [];
  });
}

function slotFault({ from, to }: FormSlot, earlier: readonly FormSlot[]): FaultCode | undefined {
  if (!TIME.test(from) || !TIME.test(to)) return 'missing';
  if (to <= from) return 'ends-before-it-begins';
  return earlier.some((other) => isWhole(other) && from < other.to && other.from < to) ? 'overlap' : undefined;
}

function exceptionFaults(
  exception: FormException,
  earlier: readonly FormException[],
): (readonly [string, FaultCode])[] {
  const fault = exceptionFault(exception, earlier);
  const slots = exception.kind === 'open' ? slotFaults(exception.slots) : [];
  return fault ? [[exception.key, fault], ...slots] : slots;
}

function exceptionFault(
  { from, to, kind, slots, reason }: FormException,
  earlier: readonly FormException[],
): FaultCode | undefined {
  if (!DAY.test(from) || !DAY.test(to)) return 'no-day';
  if (to < from) return 'days-reversed';
  if (earlier.some((other) => DAY.test(other.from) && from <= other.to && other.from <= to)) return 'days-overlap';
  if (kind === 'open' && slots.length === 0) return 'no-slot';
  return reason.trim().length > LONGEST_REASON ? 'too-long' : undefined;
}

function isWhole({ from, to }: FormSlot): boolean {
  return TIME.test(from) && TIME.test(to) && from < to;
}
