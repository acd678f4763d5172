import type { Answers, Variables } from './answers.js';
import type { Danger } from './danger.js';
import type { EmergencyKind, Facts, HelpNumber } from './facts.js';
import { aftermathNumbers, emergencyNumbers, victimHelpHours } from './help-numbers.js';
import type { Card, Content, Link } from './message.js';

export interface EmergencyAnswerDependencies {
  readonly answers: Answers;
  readonly facts: Facts;
}

type Kinds = readonly EmergencyKind[];

/** @param channel what the resident writes through. */
export type EmergencyAnswer = (danger: Danger, channel?: string) => readonly Content[];

/**
 * The answer to a danger. Level 2: the numbers to call at once, in words and as links, then that nobody has been
 * alerted; two bubbles, and no button before the numbers. Level 1: one short bubble, to be put under another answer.
 */
export function createEmergencyAnswer(deps: EmergencyAnswerDependencies): EmergencyAnswer {
  const { answers } = deps;
  const variables = numberWords(deps);

  return ({ kinds, level }, channel = '') => {
    const card = numbersCard(deps, emergencyNumbers(deps.facts, kinds));
    if (level === 1) return answers.render(`emergency.risk.${wordsFor(kinds)}`, variables, { card });
    const lead = answers.render(`emergency.${wordsFor(kinds)}`, variables, { card });
    return [...lead, ...answers.render(answers.inChannel(reminderFor(kinds), channel))];
  };
}

/** What follows a danger once somebody has said whether it is under way. The numbers are under each answer. */
export interface EmergencyFollowUp {
  /** It is under way, or the person is not safe. */
  happening(kinds: Kinds, channel: string): readonly Content[];
  /** It is over, or the person is safe: what can be done now. */
  over(kinds: Kinds, channel: string): readonly Content[];
  /** Nobody knows. */
  doubtful(kinds: Kinds): readonly Content[];
}

export function createEmergencyFollowUp(deps: EmergencyAnswerDependencies): EmergencyFollowUp {
  const { answers, facts } = deps;
  const variables = numberWords(deps);
  const urgentCard = (kinds: Kinds) => numbersCard(deps, emergencyNumbers(facts, kinds));

  return {
    happening(kinds, channel) {
      const id = answers.inChannel(`emergency.now.${wordsFor(kinds)}`, channel);
      return answers.render(id, variables, { card: urgentCard(kinds) });
    },
    over(kinds, channel) {
      const words = kinds.includes('suicide') ? 'suicide' : wordsFor(kinds);
      const card = numbersCard(deps, aftermathNumbers(facts, kinds), 'card.help');
      return answers.render(answers.inChannel(`emergency.over.${words}`, channel), variables, { card });
    },
    doubtful: (kinds) => answers.render('emergency.doubt', variables, { card: urgentCard(kinds) }),
  };
}

/** Help numbers as people read them, by their id, and the hours of victims' help. */
export function numberWords({ facts }: Pick<EmergencyAnswerDependencies, 'facts'>): Variables {
  const displays = Object.fromEntries(facts.helpNumbers.map(({ id, display }) => [id, display]));
  return { ...displays, victims: victimHelpHours(facts) };
}

/** Several kinds at once have the general words; the card has the numbers of them all. */
function wordsFor(kinds: Kinds): EmergencyKind | 'generic' {
  const [kind] = kinds;
  return kind && kinds.length === 1 ? kind : 'generic';
}

function reminderFor(kinds: Kinds): string {
  if (kinds.includes('suicide')) return 'emergency.reminder.suicide';
  return kinds.includes('domestic') ? 'emergency.reminder.domestic' : 'emergency.reminder';
}

function numbersCard(
  { answers, facts }: EmergencyAnswerDependencies,
  numbers: readonly HelpNumber[],
  title = 'card.emergency',
): Card {
  return {
    title: answers.phrase(title),
    text: answers.phrase('card.emergency.sms', numberWords({ facts })),
    links: numbers.map((number) => toLink(answers, number)),
  };
}

function toLink(answers: Answers, { href, display, purpose }: HelpNumber): Link {
  if (href.startsWith('sms:')) return { title: answers.phrase('link.sms', { display }), url: href };
  return { title: answers.phrase('link.call', { display, purpose: firstWords(purpose) }), url: href };
}

/** « SAMU » of « SAMU : urgence médicale »: a link is read at a glance. */
function firstWords(purpose: string): string {
  return purpose.split(/\s*[:,.]/, 1)[0] ?? purpose;
}
