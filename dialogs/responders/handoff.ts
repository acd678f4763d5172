import type { Answers } from '../../src/domain/answers.js';
import type { DateWords } from '../../src/domain/date-words.js';
import type { HandoffOutlook } from '../../src/domain/handoff-outlook.js';
import type { Content } from '../../src/domain/message.js';
import type { Responder } from '../dialog-turn.js';
import type { Wording } from '../wording.js';

export interface HandoffDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly wording: Wording;
}

/**
 * « Parler à un délégué »: asks for one, and says honestly who is there, how long it takes and when the desk opens. Who
 * waits already is told their place again.
 */
export function answerHandoff(deps: HandoffDependencies): Responder {
  const { answers, wording } = deps;
  const sentences = createSentences(deps);

  return async ({ command, isButton, effects: { handoff }, now }) => {
    if (handoff.isBlocked) return answerBlocked(deps, now);
    const outlook = await handoff.outlook();
    handoff.request();
    const numbers = wording.numbers();
    if (handoff.status === 'waiting') {
      const queue = sentences.before(outlook);
      if (command === 'wait' && isButton) return answers.render('handoff.wait', { ...numbers, queue });
      return answers.render('handoff.waiting', { ...numbers, queue, situation: sentences.situation(outlook, now) });
    }
    if (outlook.available > 0) {
      const queue = `${sentences.before(outlook)} ${sentences.usual(outlook)}`;
      return answers.render('handoff.connected', { ...numbers, queue, people: sentences.people(outlook) });
    }
    const id = outlook.hours === 'closed' ? 'handoff.closed' : 'handoff.nobody';
    return answers.render(id, { ...numbers, hours: sentences.hours(outlook, now) });
  };
}

/** The delegates take this conversation no more: the other ways to reach them and the police. */
export function answerBlocked({ answers, wording }: Omit<HandoffDependencies, 'dates'>, now: Date): readonly Content[] {
  const variables = { ...wording.numbers(), meet: wording.meet(now), contact: wording.contact() };
  return answers.render('handoff.blocked', variables, { card: wording.contactCard() });
}

interface Sentences {
  people(outlook: HandoffOutlook): string;
  /** How many wait before this one. */
  before(outlook: HandoffOutlook): string;
  /** How long waits usually last; empty when that is not known. */
  usual(outlook: HandoffOutlook): string;
  /** Whether somebody is there, and how long it takes, or else when somebody will be there. */
  situation(outlook: HandoffOutlook, now: Date): string;
  /** When a delegate will be there; empty when the desk is open. */
  hours(outlook: HandoffOutlook, now: Date): string;
}

function createSentences({ answers, dates }: HandoffDependencies): Sentences {
  function before({ position }: HandoffOutlook): string {
    if (position <= 1) return answers.phrase('handoff.before.none');
    if (position === 2) return answers.phrase('handoff.before.one');
    return answers.phrase('handoff.before.many', { count: String(position - 1) });
  }

  function usual({ usualWaitMinutes, usualWaitOverMinutes }: HandoffOutlook): string {
    if (usualWaitMinutes === 1) return answers.phrase('handoff.usual.one');
    if (usualWaitMinutes !== undefined) return answers.phrase('handoff.usual', { minutes: String(usualWaitMinutes) });
    if (usualWaitOverMinutes === undefined) return '';
    return answers.phrase('handoff.usual.over', { minutes: String(usualWaitOverMinutes) });
  }

  function hours(outlook: HandoffOutlook, now: Date): string {
    if (outlook.hours === 'open') return '';
    const { nextOpening } = outlook;
    if (!nextOpening) return answers.phrase('handoff.next.unknown');
    const { date, from, to } = nextOpening;
    return answers.phrase('handoff.next', { when: dates.when({ date, slot: { hours: { from, to } } }, now) });
  }

  return {
    before,
    usual,
    hours,
    people({ available }) {
      if (available === 1) return answers.phrase('handoff.people.one');
      return answers.phrase('handoff.people.many', { count: String(available) });
    },
    situation(outlook, now) {
      if (outlook.available > 0) return `${answers.phrase('handoff.there')} ${usual(outlook)}`;
      return `${answers.phrase('handoff.not-there')} ${hours(outlook, now)}`;
    },
  };
}
