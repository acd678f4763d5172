import type { Answers } from './answers.js';
import type { EmergencyKind, Facts, HelpNumber } from './facts.js';
import { emergencyNumbers } from './help-numbers.js';
import type { Card, Content, Link } from './message.js';

export interface EmergencyAnswerDependencies {
  readonly answers: Answers;
  readonly facts: Facts;
}

/**
 * The answer to a danger: the numbers to call at once, in words and as links, then that nobody has been alerted. Two
 * bubbles, and no button before the numbers.
 */
export function createEmergencyAnswer({
  answers,
  facts,
}: EmergencyAnswerDependencies): (assessment: { readonly kinds: readonly EmergencyKind[] }) => readonly Content[] {
  const displays = Object.fromEntries(facts.helpNumbers.map(({ id, display }) => [id, display]));

  function toLink({ href, display, purpose }: HelpNumber): Link {
    if (href.startsWith('sms:')) return { title: answers.phrase('link.sms', { display }), url: href };
    return { title: answers.phrase('link.call', { display, purpose: firstWords(purpose) }), url: href };
  }

  function numbersCard(kinds: readonly EmergencyKind[]): Card {
    return {
      title: answers.phrase('card.emergency'),
      text: answers.phrase('card.emergency.sms', displays),
      links: emergencyNumbers(facts, kinds).map(toLink),
    };
  }

  return ({ kinds }) => {
    const [kind] = kinds;
    const lead = kind && kinds.length === 1 ? `emergency.${kind}` : 'emergency.generic';
    return [...answers.render(lead, displays, { card: numbersCard(kinds) }), ...answers.render('emergency.reminder')];
  };
}

/** « SAMU » of « SAMU : urgence médicale »: a link is read at a glance. */
function firstWords(purpose: string): string {
  return purpose.split(/\s*[:,.]/, 1)[0] ?? purpose;
}
