import { INTENTS, type Intent, type Label } from './intent-recognizer.js';

/** Every label, in the order of the contract, `None` last. */
export const LABELS = [...INTENTS, 'None'] as const satisfies readonly Label[];

export function isIntent(label: Label): label is Intent {
  return label !== 'None';
}
