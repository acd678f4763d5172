import type { Answers } from '../src/domain/answers.js';
import { type ContactReading, readContact } from '../src/domain/contact-details.js';
import type { CallbackMoment } from '../src/domain/desk-state.js';
import { MOMENTS } from '../src/domain/form-words.js';
import type { LocalDate, LocalTime } from '../src/domain/local-date.js';
import { parisDate, parisTime } from '../src/domain/paris-time.js';
import type { ReplyWords } from '../src/domain/reply-words.js';
import type { DialogTurn } from './dialog-turn.js';
import type { FormStep, StepReading } from './form.js';

export interface CallbackData {
  /** Null when it was passed over. */
  readonly firstName?: string | null;
  readonly phone?: string;
  readonly email?: string;
  readonly moment?: CallbackMoment;
}

export interface CallbackStepDependencies {
  readonly answers: Answers;
  readonly replies: ReplyWords;
}

type Step = FormStep<CallbackData>;
type Reading = StepReading<CallbackData> | undefined;

/** The parts of the day begin and end then; nobody is called back at night. */
const AFTERNOON: LocalTime = '12:00';
const EVENING: LocalTime = '18:00';

/** First name, telephone or e-mail, best moment. */
export function createCallbackSteps(deps: CallbackStepDependencies): readonly Step[] {
  return [nameStep(deps), contactStep(deps), momentStep(deps)];
}

/** What the request itself tells: « rappelez-moi demain matin au 06 … ». */
export function readRequest({ entities: { dates, time }, isButton, now, text }: DialogTurn): CallbackData {
  const contact = isButton ? undefined : readContact(text);
  const data = contact && contact.kind !== 'fault' ? withContact({}, contact) : {};
  const isOneDay = dates !== undefined && dates.from === dates.to;
  if (!isOneDay) return data;
  const moment = momentOf(dates.from, time?.from);
  return isPast(moment, now) ? data : { ...data, moment };
}

function nameStep({ answers, replies }: CallbackStepDependencies): Step {
  const pass = (data: CallbackData): CallbackData => ({ ...data, firstName: null });

  return {
    id: 'name',
    title: answers.phrase('callback.title.name'),
    pass,
    isAnswered: ({ firstName }) => firstName !== undefined,
    question: (_, isAgain) => answers.render(isAgain ? 'callback.name.again' : 'callback.name'),
    read(turn, data) {
      const { command, decision, language, text } = turn;
      if (command === 'no' || command === 'dont-know') return { kind: 'read', data: pass(data) };
      const contact = readContact(text);
      if (contact && contact.kind !== 'fault') return { kind: 'read', data: withContact(pass(data), contact) };
      const said = command ? undefined : replies.nameIn(text);
      if (!said) return undefined;
      const isDoubtful = decision.kind === 'answer' || (language !== undefined && said.name.includes(' '));
      return isDoubtful && !said.isIntroduced ? undefined : { kind: 'read', data: { ...data, firstName: said.name } };
    },
  };
}

function contactStep({ answers }: CallbackStepDependencies): Step {
  function correct({ text }: DialogTurn, data: CallbackData): Reading {
    const contact = readContact(text);
    if (!contact) return undefined;
    if (contact.kind !== 'fault') return { kind: 'read', data: withContact(data, contact) };
    return { kind: 'refused', contents: answers.render(`callback.contact.${contact.fault}`) };
  }

  return {
    id: 'contact',
    title: answers.phrase('callback.title.contact'),
    correct,
    isAnswered: ({ phone, email }) => phone !== undefined || email !== undefined,
    question: (_, isAgain) => answers.render(isAgain ? 'callback.contact.again' : 'callback.contact'),
    read(turn, data) {
      const { command, decision } = turn;
      const isWithheld = command === 'skip' || command === 'no' || command === 'dont-know';
      if (isWithheld) return { kind: 'refused', contents: answers.render('callback.contact.needed') };
      const reading = correct(turn, data);
      // « plutôt par mail », before the address itself: not a question about the e-mail of the police.
      const isAnnounced = decision.kind === 'answer' && decision.intent === 'contact.email' && !turn.isButton;
      return reading ?? (isAnnounced ? { kind: 'refused', contents: this.question(data, true) } : undefined);
    },
  };
}

function withContact(
  { phone: _, email: __, ...data }: CallbackData,
  contact: Exclude<ContactReading, { kind: 'fault' }>,
): CallbackData {
  return contact.kind === 'phone' ? { ...data, phone: contact.phone } : { ...data, email: contact.email };
}

function momentStep({ answers, replies }: CallbackStepDependencies): Step {
  function correct(turn: DialogTurn, data: CallbackData): Reading {
    const { dates } = turn.entities;
    const moment = readMoment(turn, replies);
    if (!moment) return undefined;
    if (dates && dates.from !== dates.to) {
      return { kind: 'refused', contents: answers.render('callback.moment.one-day') };
    }
    if (isPast(moment, turn.now)) return { kind: 'refused', contents: answers.render('callback.moment.past') };
    return { kind: 'read', data: { ...data, moment } };
  }

  return {
    id: 'moment',
    title: answers.phrase('callback.title.moment'),
    correct,
    isAnswered: ({ moment }) => moment !== undefined,
    question: (_, isAgain) => answers.render(isAgain ? 'callback.moment.again' : 'callback.moment'),
    read(turn, data) {
      const { command, text } = turn;
      const isAny = command === 'skip' || command === 'dont-know';
      if (isAny) return { kind: 'read', data: { ...data, moment: { part: 'any' } } };
      const isVague = !command && replies.momentScope(text) !== 'partly';
      return correct(turn, data) ?? (isVague ? { kind: 'refused', contents: this.question(data, true) } : undefined);
    },
  };
}

/** A button or a part of the day; else the day and the hour that were named, unless they belong to another question. */
function readMoment(
  { command, decision, entities, text }: DialogTurn,
  replies: ReplyWords,
): CallbackMoment | undefined {
  const { dates, time } = entities;
  const part = MOMENTS.find((moment) => moment === command) ?? replies.momentOf(text);
  if (part && !dates) return { part };
  if (!dates && !time) return undefined;
  const scope = replies.momentScope(text);
  if (scope === 'except' || (scope === 'partly' && decision.kind === 'answer')) return undefined;
  const named = momentOf(dates?.from, time?.from);
  return part ? { ...named, part } : named;
}

function momentOf(date: LocalDate | undefined, time: LocalTime | undefined): CallbackMoment {
  return { part: time === undefined ? 'any' : partOf(time), ...(date !== undefined && { date }) };
}

function partOf(time: LocalTime): CallbackMoment['part'] {
  if (time < AFTERNOON) return 'morning';
  return time < EVENING ? 'afternoon' : 'evening';
}

function isPast({ date, part }: CallbackMoment, now: Date): boolean {
  if (date === undefined) return false;
  const today = parisDate(now);
  if (date !== today) return date < today;
  const ends = { morning: AFTERNOON, afternoon: EVENING, evening: undefined, any: undefined }[part];
  return ends !== undefined && parisTime(now) >= ends;
}
