import type { EmergencyKind, Facts, HelpNumber } from './facts.js';

/** Police, Europe, and SMS for those who cannot speak: shown in every danger. The data must hold them. */
export const ALWAYS_SHOWN = ['17', '112', '114'] as const;

/** Who thinks of dying needs somebody to listen first, then a doctor. */
const LISTENING_FIRST = ['3114', '15', '112', '17', '114'] as const;
const VICTIMS = '116006';

/**
 * The numbers for a danger: 17 and 112 first, then those of its kinds in the order of the data, then 114 by SMS. Without
 * a kind: 17, 112 and 114. For suicidal words alone: 3114 first, then 15 and 112.
 */
export function emergencyNumbers(facts: Facts, kinds: readonly EmergencyKind[]): readonly HelpNumber[] {
  const isSuicideAlone = kinds.length > 0 && kinds.every((kind) => kind === 'suicide');
  if (isSuicideAlone) return LISTENING_FIRST.map((id) => helpNumber(facts, id));
  const always = ALWAYS_SHOWN.map((id) => helpNumber(facts, id));
  return [...always.slice(0, 2), ...fittingNumbers(facts, kinds), ...always.slice(2)];
}

/** The numbers for what is over: help for victims first, then the kinds' own, then those for a danger that comes back. */
export function aftermathNumbers(facts: Facts, kinds: readonly EmergencyKind[]): readonly HelpNumber[] {
  if (kinds.includes('suicide')) return emergencyNumbers(facts, ['suicide']);
  const always = ALWAYS_SHOWN.map((id) => helpNumber(facts, id));
  return [helpNumber(facts, VICTIMS), ...fittingNumbers(facts, kinds), ...always];
}

/** When victims' help answers: « de 9 h à 20 h, 7 j/7 ». */
export function victimHelpHours(facts: Facts): string {
  return helpNumber(facts, VICTIMS).availability;
}

/** @throws Error for a number that the data does not hold: a fault of the code, found by the tests. */
export function helpNumber(facts: Facts, id: string): HelpNumber {
  const number = facts.helpNumbers.find((entry) => entry.id === id);
  if (!number) throw new Error(`No help number "${id}" in the facts`);
  return number;
}

function fittingNumbers(facts: Facts, kinds: readonly EmergencyKind[]): readonly HelpNumber[] {
  return facts.helpNumbers.filter(
    (number) => !ALWAYS_SHOWN.some((id) => id === number.id) && number.kinds.some((kind) => kinds.includes(kind)),
  );
}
