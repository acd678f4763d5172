import type { EmergencyKind } from './facts.js';

/** What the dialogs and the pipeline say by id, with the variables that each text may name. The data must hold them all. */

/** Help numbers as people read them, by their id: `{17}`. */
const NUMBERS = ['17', '112', '114', '15', '18', '3919', '119', '3114', '3018', '116006', '3133'] as const;
const TOWN = ['district', 'city'] as const;
const PERMANENCE = ['who', 'address', 'rule', 'doubt', 'next'] as const;

export const ANSWER_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  welcome: [],
  menu: [],
  'unsure.first': [],
  'unsure.again': [],
  'unsure.danger': [],
  disambiguate: [],
  'disambiguate.danger': NUMBERS,
  'disambiguate.again': [],
  cancelled: [],
  'nothing.to-cancel': [],
  acknowledged: [],
  'error.turn': [],

  ...forEachDanger('emergency', NUMBERS),
  ...forEachDanger('emergency.risk', NUMBERS),
  ...forEachDanger('emergency.now', [...NUMBERS, 'victims']),
  ...forEachDanger('emergency.over', [...NUMBERS, 'victims']),
  'emergency.reminder': [],
  'emergency.reminder.suicide': [],
  'emergency.reminder.domestic': [],
  'emergency.ask': [],
  'emergency.ask.again': NUMBERS,
  'emergency.ask.safety': [],
  'emergency.ask.safety.again': NUMBERS,
  'emergency.doubt': NUMBERS,
  'emergency.left': NUMBERS,

  'smalltalk.greeting': [],
  'smalltalk.greeting.evening': [],
  'smalltalk.thanks': [],
  'smalltalk.goodbye': [],
  'smalltalk.abuse': [...NUMBERS, ...TOWN],
  'bot.help': [...NUMBERS, ...TOWN],
  'bot.identity': ['runner'],

  'hours.next': [...PERMANENCE, 'when'],
  'hours.none': PERMANENCE,
  'hours.yes': [...PERMANENCE, 'when', 'near', 'although'],
  'hours.now': [...PERMANENCE, 'when', 'slot'],
  'hours.now.yes': [...PERMANENCE, 'when', 'slot'],
  'hours.maybe-now': [...PERMANENCE, 'when'],
  'hours.over': PERMANENCE,
  'hours.no': [...PERMANENCE, 'day', 'because'],
  'hours.no.other': [...PERMANENCE, 'day', 'because', 'other'],
  'hours.past': [...PERMANENCE, 'day'],
  'hours.past.range': PERMANENCE,
  'hours.range': [...PERMANENCE, 'dates'],
  'hours.range.one': [...PERMANENCE, 'when'],
  'hours.range.none-left': [...PERMANENCE, 'from', 'to'],
  'hours.range.none': [...PERMANENCE, 'from', 'to'],

  'permanence.location': ['address'],
  'permanence.appointment': ['meet'],
  'delegates.role': [...NUMBERS, ...TOWN],
  'station.new': ['news', 'officers', 'details'],
  'policing.daily': [...NUMBERS, ...TOWN],
  'prevention.actions': [...NUMBERS, ...TOWN],
  'privacy.confidentiality': ['days'],

  'contact.email.ask': [],
  'contact.email.ask-again': [],
  'contact.email.set': [...NUMBERS, 'sector', 'email'],
  'contact.email.unset': [...NUMBERS, 'sector', 'elsewhere'],
  'contact.email.no-home': ['elsewhere'],

  'privacy.delete.ask': [],
  'privacy.delete.ask-again': [],
  'privacy.deleted': ['count'],
  'privacy.kept': [],

  'complaint.file': [],
  'report.start': [...NUMBERS, 'meet', 'contact'],
  'report.status': [...NUMBERS, 'meet', 'contact'],
  'handoff.request': [...NUMBERS, 'meet', 'contact'],
};

export const PHRASE_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  'who.delegates': [],
  'who.commissioners': [],
  address: ['place', 'street', 'district'],
  at: ['address'],
  next: ['who', 'when'],
  'next.none': ['who'],
  meet: ['when', 'address'],
  'doubt.hours': ['checked'],
  'doubt.checked': ['checked'],
  'other.same-day': ['who', 'address'],
  'relative.day': ['relative', 'day'],
  'relative.that-day': [],
  'although.holiday': ['holiday'],
  because: ['reason'],
  'because.closure': [],
  'because.holiday': ['holiday'],
  'range.item': ['when'],
  'range.more': [],

  'card.delegates': [],
  'card.commissioners': [],
  'card.emergency': [],
  'card.help': [],
  'card.emergency.sms': NUMBERS,
  'card.privacy': [],
  'card.complaint': [],
  'card.contact': [],
  'link.map': [],
  'link.calendar': [],
  'link.subscribe': [],
  'link.mail': [],
  'link.privacy': [],
  'link.service': ['name'],
  'link.call': ['display', 'purpose'],
  'link.sms': ['display'],

  chat: ['name'],
  visit: ['when'],
  'contact.chat': ['name'],
  'contact.mail': ['email'],
  'sector.home': ['district', 'sector'],
  'nothing-erased': [],
  'only-here': ['district'],
  'person.bilingual': ['person', 'title'],
  'operator.demo': [],
  'operator.named': ['operator'],

  'station.announced': ['district', 'month'],
  'station.announced.year': ['district', 'month', 'year'],
  'station.open': ['district'],
  'station.officers': ['min', 'max'],
  'station.officers.open': ['min', 'max'],
  'station.address': ['address'],
  'station.hours': ['hours'],
  'station.unknown': ['list'],
  'station.unknown.year': [],
  'station.unknown.address': [],
  'station.unknown.hours': [],
};

/** Buttons that the code asks for by id, besides one for each intent. */
export const ACTIONS_BY_ID: readonly string[] = ['other'];

/** One answer for each kind of danger, and one for dangers of no kind or of several. */
function forEachDanger(id: string, variables: readonly string[]): Record<string, readonly string[]> {
  const kinds: readonly (EmergencyKind | 'generic')[] = [
    'generic',
    'violence',
    'intrusion',
    'fire',
    'medical',
    'suicide',
    'domestic',
    'child',
  ];
  return Object.fromEntries(kinds.map((kind) => [`${id}.${kind}`, variables]));
}
