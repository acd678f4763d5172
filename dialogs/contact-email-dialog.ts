import type { Answers } from '../src/domain/answers.js';
import type { DateWords } from '../src/domain/date-words.js';
import type { Facts, Sector } from '../src/domain/facts.js';
import type { Content } from '../src/domain/message.js';
import type { DialogTurn, ReadTurn } from './dialog-turn.js';
import { InterruptibleDialog, type Reply } from './interruptible-dialog.js';
import type { Wording } from './wording.js';

export interface ContactEmailDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly facts: Facts;
  readonly wording: Wording;
  readonly readTurn: ReadTurn;
}

/** Gives the e-mail address of a sector, asking which one when the message does not say. */
export class ContactEmailDialog extends InterruptibleDialog {
  readonly #deps: ContactEmailDependencies;

  constructor(deps: ContactEmailDependencies) {
    super('contact.email', deps.readTurn);
    this.#deps = deps;
  }

  protected override answerAtOnce(turn: DialogTurn): readonly Content[] | undefined {
    const sector = this.#sectorOf(turn);
    return sector && this.#answer(sector, turn.now);
  }

  protected override takeNotes(): object {
    return {};
  }

  protected override question(): readonly Content[] {
    const { answers, facts } = this.#deps;
    return answers.render('contact.email.ask', {}, { choices: facts.sectors.map(({ name }) => name) });
  }

  protected override questionAgain(): readonly Content[] {
    const { answers, facts } = this.#deps;
    return answers.render('contact.email.ask-again', {}, { choices: facts.sectors.map(({ name }) => name) });
  }

  protected override async receive(turn: DialogTurn): Promise<Reply | undefined> {
    if (turn.command === 'dont-know') return { kind: 'said', contents: this.#answerUnknown(turn.now) };
    const isOtherQuestion = turn.decision.kind === 'answer' && turn.decision.intent !== 'contact.email';
    const sector = isOtherQuestion ? undefined : this.#sectorOf(turn);
    return sector && { kind: 'said', contents: this.#answer(sector, turn.now) };
  }

  protected override cancelled(): readonly Content[] {
    return this.#deps.answers.render('cancelled');
  }

  #sectorOf({ entities }: DialogTurn): Sector | undefined {
    return this.#deps.facts.sectors.find(({ id }) => id === entities.sector);
  }

  #answer(sector: Sector, now: Date): readonly Content[] {
    const { answers, wording } = this.#deps;
    const numbers = wording.numbers();
    if (sector.email === undefined) {
      const variables = { ...numbers, sector: sector.name, elsewhere: this.#elsewhere(sector, now) };
      return answers.render('contact.email.unset', variables, { card: wording.contactCard() });
    }
    const link = { title: answers.phrase('link.mail'), url: `mailto:${sector.email}` };
    const card = { title: answers.phrase('card.contact'), links: [link] };
    return answers.render('contact.email.set', { ...numbers, sector: sector.name, email: sector.email }, { card });
  }

  #answerUnknown(now: Date): readonly Content[] {
    const { answers, facts, wording } = this.#deps;
    const home = facts.sectors.find(({ name }) => name === facts.town.city);
    if (!home)
      return answers.render('contact.email.no-home', { elsewhere: wording.chat() }, { card: wording.contactCard() });
    const [answer, ...rest] = this.#answer(home, now);
    const lead = answers.phrase('sector.home', { district: facts.town.district, sector: home.name });
    return answer?.kind === 'text' ? [{ ...answer, text: `${lead} ${answer.text}` }, ...rest] : [];
  }

  /** The permanence is a way for those who live near it only. */
  #elsewhere(sector: Sector, now: Date): string {
    const { answers, dates, facts, wording } = this.#deps;
    const next = sector.name === facts.town.city ? wording.nextOf('delegates', now) : undefined;
    const visit = next ? answers.phrase('visit', { when: dates.when(next, now) }) : '';
    return `${wording.chat()} ${visit}`.trim();
  }
}
