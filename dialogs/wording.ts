import type { Answers, Variables } from '../src/domain/answers.js';
import type { DateWords } from '../src/domain/date-words.js';
import type { Facts, Permanence, PermanenceId } from '../src/domain/facts.js';
import type { Card, Link } from '../src/domain/message.js';
import type { Occurrence, PermanenceSchedules } from '../src/domain/permanence-schedule.js';

/** Sentences that several answers share, made from the facts. Empty where the facts say nothing. */
export interface Wording {
  /** « permanence des délégués » */
  who(id: PermanenceId): string;
  /** « Maison de Services au Public, 7/9 rue Picasso, à Planoise » */
  address(placeId: string): string;
  /** The next that is not over, today's included. */
  nextOf(id: PermanenceId, now: Date): Occurrence | undefined;
  /** « La prochaine permanence des délégués : … », or that it is not known. */
  next(id: PermanenceId, occurrence: Occurrence | undefined, now: Date): string;
  /** The same with its address. */
  nextWithAddress(id: PermanenceId, occurrence: Occurrence | undefined, now: Date): string;
  /** When and where the delegates can be met. */
  meet(now: Date): string;
  /** What is not certain of the hours, and when they were last confirmed. */
  doubt(id: PermanenceId): string;
  /** When the permanence was last confirmed. */
  checked(id: PermanenceId): string;
  /** The numbers of the facts as people read them, by their id. */
  numbers(): Variables;
  /** The town and its district. */
  town(): Variables;
  /** Addresses as answers say them: « Adresse : … ». */
  addresses(): readonly string[];
  /** Who can see a text on its way, by the channel. */
  passes(channel: string): string;
  /** Where to write to the police online. */
  chat(): string;
  /** Where to write instead of coming: the e-mail address of the home sector, or the online chat. */
  contact(): string;
  /** Both of them, to be pressed. */
  contactCard(): Card | undefined;
  /** The page of this service on the web; undefined where no address of it is known. */
  homeCard(): Card | undefined;
  /** Links to these online services, as far as the facts hold them. */
  serviceLinks(ids: readonly string[]): readonly Link[];
}

export interface WordingDependencies {
  readonly answers: Answers;
  readonly dates: DateWords;
  readonly facts: Facts;
  readonly schedules: PermanenceSchedules;
  readonly publicPaths: { readonly home?: string };
}

const CHAT_SERVICE = 'ma-securite';

export function createWording({ answers, dates, facts, schedules, publicPaths }: WordingDependencies): Wording {
  const nextOf = (id: PermanenceId, now: Date) => schedules.get(id)?.next(now)[0];
  const who = (id: PermanenceId) => answers.phrase(`who.${id}`);

  function address(placeId: string): string {
    const place = facts.places.find(({ id }) => id === placeId);
    if (!place) throw new Error(`No place "${placeId}" in the facts`);
    const { name, street, district } = place;
    return answers.phrase('address', { place: name, street, district });
  }

  function serviceLinks(ids: readonly string[]): readonly Link[] {
    const services = ids.flatMap((id) => facts.services.find((service) => service.id === id) ?? []);
    return services.map(({ name, url }) => ({ title: answers.phrase('link.service', { name }), url }));
  }

  function next(id: PermanenceId, occurrence: Occurrence | undefined, now: Date): string {
    if (!occurrence) return answers.phrase('next.none', { who: who(id) });
    return answers.phrase('next', { who: who(id), when: dates.when(occurrence, now) });
  }

  const homeEmail = facts.sectors.find(({ name }) => name === facts.town.city)?.email;
  const chat = facts.services.find(({ id }) => id === CHAT_SERVICE);
  const mailLinks = homeEmail ? [{ title: answers.phrase('link.mail'), url: `mailto:${homeEmail}` }] : [];

  return {
    who,
    address,
    next,
    serviceLinks,
    nextOf,
    nextWithAddress(id, occurrence, now) {
      const sentence = next(id, occurrence, now);
      return occurrence ? `${sentence} ${answers.phrase('at', { address: address(occurrence.placeId) })}` : sentence;
    },
    meet(now) {
      const occurrence = nextOf('delegates', now);
      if (!occurrence) return answers.phrase('next.none', { who: who('delegates') });
      return answers.phrase('meet', { when: dates.when(occurrence, now), address: address(occurrence.placeId) });
    },
    doubt(id) {
      const { checkedOn, slot } = permanenceOf(facts, id);
      return answers.phrase(slot.hours ? 'doubt.checked' : 'doubt.hours', { checked: dates.fullDate(checkedOn) });
    },
    checked: (id) => answers.phrase('doubt.checked', { checked: dates.fullDate(permanenceOf(facts, id).checkedOn) }),
    numbers: () => Object.fromEntries(facts.helpNumbers.map(({ id, display }) => [id, display])),
    town: () => ({ ...facts.town }),
    addresses: () => facts.places.map(({ id }) => answers.phrase('at', { address: address(id) })),
    passes: (channel) => answers.phrase(`report.passes.${PASSING[channel] ?? 'directline'}`),
    chat: () => (chat ? answers.phrase('chat', { name: chat.name }) : ''),
    contact() {
      if (homeEmail) return answers.phrase('contact.mail', { email: homeEmail });
      return chat ? answers.phrase('contact.chat', { name: chat.name }) : '';
    },
    homeCard() {
      const { home } = publicPaths;
      if (home === undefined) return undefined;
      return { title: answers.phrase('card.home'), links: [{ title: answers.phrase('link.home'), url: home }] };
    },
    contactCard() {
      const links = [...mailLinks, ...serviceLinks([CHAT_SERVICE])];
      return links.length > 0 ? { title: answers.phrase('card.contact'), links } : undefined;
    },
  };
}

/** Channels through others' servers. */
const PASSING: Readonly<Record<string, string>> = { telegram: 'telegram', botframework: 'botframework' };

/** @throws Error for a permanence that the facts do not hold. */
export function permanenceOf(facts: Facts, id: PermanenceId): Permanence {
  const permanence = facts.permanences.find((entry) => entry.id === id);
  if (!permanence) throw new Error(`No permanence "${id}" in the facts`);
  return permanence;
}
