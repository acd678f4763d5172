import type { DateWords } from '../domain/date-words.js';
import type { Facts, Permanence, PermanenceId, Place } from '../domain/facts.js';
import { ALWAYS_SHOWN } from '../domain/help-numbers.js';
import type { LocalDate } from '../domain/local-date.js';
import { parisDate } from '../domain/paris-time.js';
import { drawQrCode } from './qr-code.js';
import type { View } from './template.js';

export interface PosterSources {
  /** As they are now. */
  readonly facts: Facts;
  readonly dates: DateWords;
  /** What each permanence is called. */
  readonly names: Readonly<Record<PermanenceId, string>>;
  /** Whoever answers for the data. */
  readonly controller: string;
  readonly publicUrl?: string | undefined;
  /** Absent: no bot was set up. `username` is unknown until Telegram has told it. */
  readonly telegram?: { readonly username?: string | undefined } | undefined;
  readonly now: Date;
}

/** What a link to the bot says of where somebody came from (Bot API, deep linking). */
const START = 'affiche';

/** The address under which Telegram opens a bot. */
export function telegramAddress(username: string, start?: string): string {
  const address = `https://t.me/${encodeURIComponent(username)}`;
  return start === undefined ? address : `${address}?start=${start}`;
}

/** What fills affiche.html. What is missing is told to the operator, and is not on the printed page. */
export function posterView(sources: PosterSources): View {
  const { facts, dates, controller, publicUrl, now } = sources;
  const telegram = telegramView(sources);
  // A phone reaches no `localhost`, and no browser should be led to a page in clear.
  const isReachable = publicUrl?.startsWith('https://') ?? false;
  const web = isReachable && publicUrl !== undefined ? webView(publicUrl) : { hasWeb: false };
  return {
    ...telegram,
    ...web,
    isUrlMissing: publicUrl === undefined,
    isUrlUnfit: publicUrl !== undefined && !isReachable,
    hasWay: telegram.hasBot === true || web.hasWeb,
    ...facts.town,
    places: facts.places.flatMap((place) => placeView(place, sources)),
    checkedOn: dates.fullDate(oldestCheck(facts)),
    numbers: ALWAYS_SHOWN.map((id) => numberView(id, facts)),
    controller,
    printedOn: dates.fullDate(parisDate(now)),
  };
}

function telegramView({ telegram }: PosterSources): View {
  const username = telegram?.username;
  const missing = { isBotMissing: telegram === undefined, isBotUnknown: telegram !== undefined && !username };
  if (!username) return { ...missing, hasBot: false };
  const address = telegramAddress(username, START);
  return {
    ...missing,
    hasBot: true,
    bot: username,
    botAddress: address,
    botShown: shown(telegramAddress(username)),
    botCode: drawQrCode(address, `Code à scanner : ${address}`),
  };
}

function webView(publicUrl: string): View & { readonly hasWeb: true } {
  const address = `${publicUrl}/`;
  return {
    hasWeb: true,
    webAddress: address,
    webShown: shown(publicUrl),
    webCode: drawQrCode(address, `Code à scanner : ${address}`),
  };
}

/** What takes place there; nothing for a place of no permanence. */
function placeView(place: Place, sources: PosterSources): readonly View[] {
  const { name, street, district, postcode, city } = place;
  const permanences = sources.facts.permanences.filter(({ placeId }) => placeId === place.id);
  if (permanences.length === 0) return [];
  return [
    {
      address: [name, street, district, postcode === undefined ? city : `${postcode} ${city}`].join(', '),
      permanences: permanences.map((permanence) => permanenceView(permanence, sources)),
      areHoursUnknown: permanences.some(({ slot }) => slot.hours === undefined),
    },
  ];
}

function permanenceView({ id, rule, slot, onPublicHolidays }: Permanence, { dates, names }: PosterSources): View {
  return {
    name: names[id],
    rule: dates.rule(rule),
    slot: dates.slot(slot),
    isClosedOnHolidays: onPublicHolidays === 'closed',
  };
}

function numberView(id: string, { helpNumbers }: Facts): View {
  const number = helpNumbers.find((entry) => entry.id === id);
  if (!number) throw new Error(`No help number "${id}" in the facts`);
  const { display, href, purpose } = number;
  return { display, purpose, isText: href.startsWith('sms:') };
}

function oldestCheck({ permanences, places }: Facts): LocalDate {
  const used = places.filter(({ id }) => permanences.some(({ placeId }) => placeId === id));
  const [oldest] = [...permanences, ...used].map(({ checkedOn }) => checkedOn).toSorted();
  if (oldest === undefined) throw new Error('The facts hold no permanence');
  return oldest;
}

/** As people type it. */
function shown(address: string): string {
  return address.replace(/^https:\/\//, '');
}
