import type { EmergencyKind, Facts, HelpNumber } from './facts.js';

/** Police, Europe, and SMS for those who cannot speak: shown in every danger. The data must hold them. */
export const ALWAYS_SHOWN = ['17', '112', '114'] as const;

/**
 * The numbers for a danger: 17 and 112 first, then those of its kinds in the order of the data, then 114 by SMS. Without
 * a kind: 17, 112 and 114.
 */
export function emergencyNumbers(facts: Facts, kinds: readonly EmergencyKind[]): readonly HelpNumber[] {
  const always = ALWAYS_SHOWN.map((id) => helpNumber(facts, id));
  const fitting = facts.helpNumbers.filter(
    (number) => !always.includes(number) && number.kinds.some((kind) => kinds.includes(kind)),
  );
  return [...always.slice(0, 2), ...fitting, ...always.slice(2)];
}

/** @throws Error for a number that the data does not hold: a fault of the code, found by the tests. */
export function helpNumber(facts: Facts, id: string): HelpNumber {
  const number = facts.helpNumbers.find((entry) => entry.id === id);
  if (!number) throw new Error(`No help number "${id}" in the facts`);
  return number;
}
