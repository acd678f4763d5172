import { readContact } from './contact-details.js';
import type { FormWords } from './form-words.js';
import type { Command } from './reply-words.js';
import type { ReportAnswer, ReportContact } from './report-answers.js';
import type { WalkReading, WalkReply } from './report-walk.js';
import type { ReportWords } from './report-words.js';

export type ContactWords = Pick<FormWords, 'nameIn'>;

type Way = Exclude<NonNullable<ReturnType<typeof readContact>>, { kind: 'fault' }>;
type Named = Extract<ReportContact, { kind: 'named' }>;

const ANONYMOUS: readonly Command[] = ['skip', 'no', 'dont-know'];

/** A first name, with a telephone number or an e-mail address; or nobody's. What was given before is kept beside it. */
export function readContactStep(
  { text, command, isDoubtful }: WalkReply,
  before: ReportAnswer | undefined,
  { words, contacts }: { readonly words: ReportWords; readonly contacts: ContactWords },
): WalkReading {
  const earlier = namedBefore(before);
  if (words.saysNothing(text) || (command && ANONYMOUS.includes(command))) {
    return answerWith(earlier ?? { kind: 'anonymous' });
  }
  if (command === 'callback') return { kind: 'unclear', reason: 'again' };
  if (command) return { kind: 'unclear' };
  if (words.isUnclear(text)) return { kind: 'unclear', reason: 'again' };
  const way = readContact(text);
  if (way?.kind === 'fault') return { kind: 'unclear', reason: way.fault };
  const said = way ? nameBeside(text, contacts) : contacts.nameIn(text);
  const isSaid = way !== undefined || (said !== undefined && (!isDoubtful || said.isIntroduced));
  return isSaid ? withWay(join(earlier, said?.name, way)) : { kind: 'unclear' };
}

/** What was said anew replaces what was said before. */
function join(earlier: Named | undefined, name: string | undefined, way: Way | undefined): Named {
  const firstName = name ?? earlier?.firstName;
  const phone = way?.kind === 'phone' ? way.phone : earlier?.phone;
  const email = way?.kind === 'email' ? way.email : earlier?.email;
  return {
    kind: 'named',
    ...(firstName !== undefined && { firstName }),
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

/** A first name alone reaches nobody. */
function withWay(contact: Named): WalkReading {
  const isReachable = contact.phone !== undefined || contact.email !== undefined;
  return isReachable ? answerWith(contact) : { ...answerWith(contact), remains: 'way' };
}

function answerWith(contact: ReportContact): Extract<WalkReading, { kind: 'answers' }> {
  return { kind: 'answers', answers: [{ step: 'contact', contact }] };
}

function namedBefore(before: ReportAnswer | undefined): Named | undefined {
  return before?.step === 'contact' && before.contact.kind === 'named' ? before.contact : undefined;
}

/** « Marie, 06 12 34 56 78 »: what is beside the number or the address. */
function nameBeside(text: string, { nameIn }: ContactWords): ReturnType<ContactWords['nameIn']> {
  const parts = text
    .replace(/\S+\s?@\s?\S*/gu, ',')
    .replace(/\+?\d[\d\s./_()-]*/gu, ',')
    .split(/[,;:\n]|\s(?:et|mon|au|tel|tél|mail)\s/iu);
  return parts.map((part) => (part.trim() === '' ? undefined : nameIn(part))).find((found) => found !== undefined);
}
