import { readContactDetails } from './contact-details.js';
import type { FormWords } from './form-words.js';
import type { Command } from './reply-words.js';
import type { ReportContact } from './report-answers.js';
import type { WalkDraft, WalkReading, WalkReply } from './report-walk.js';
import type { ReportWords } from './report-words.js';

export type ContactWords = Pick<FormWords, 'nameIn'>;

type Named = Extract<ReportContact, { kind: 'named' }>;

const ANONYMOUS: readonly Command[] = ['skip', 'no', 'dont-know'];

interface ContactParts {
  readonly words: ReportWords;
  readonly contacts: ContactWords;
}

/**
 * A first name, with a telephone number or an e-mail address, or both; or nobody's. What was given before is kept beside it;
 * where that can be read no more, all of it is asked for again.
 */
export function readContactStep(reply: WalkReply, draft: WalkDraft, parts: ContactParts): WalkReading {
  const { text, command } = reply;
  const { words } = parts;
  if (words.saysNothing(text) || (command && ANONYMOUS.includes(command))) {
    return answerWith(namedBefore(draft) ?? { kind: 'anonymous' });
  }
  if (command === 'callback') return { kind: 'unclear', reason: 'again' };
  if (command) return { kind: 'unclear' };
  return words.isUnclear(text) ? { kind: 'unclear', reason: 'again' } : readNamed(reply, draft, parts);
}

function readNamed({ text, isDoubtful }: WalkReply, draft: WalkDraft, { words, contacts }: ContactParts): WalkReading {
  const { fault, rest, ...ways } = readContactDetails(text);
  if (fault) return { kind: 'unclear', reason: fault };
  const earlier = namedBefore(draft);
  if (ways.phone === undefined && ways.email === undefined) {
    const said = contacts.nameIn(text);
    const isSaid = said !== undefined && (!isDoubtful || said.isIntroduced);
    return isSaid ? withWay({ ...earlier, kind: 'named', firstName: said.name }) : { kind: 'unclear' };
  }
  const { firstName, saysMore } = readBeside(rest, words, contacts);
  const isNameLost = draft.answered.includes('contact') && !draft.known.contact && firstName === undefined;
  if (isNameLost) return { kind: 'unclear', reason: 'again' };
  const named = firstName !== undefined && { firstName };
  return withWay({ ...earlier, kind: 'named', ...named, ...ways, ...(saysMore && { text: text.trim() }) });
}

/** A first name alone reaches nobody. */
function withWay(contact: Named): WalkReading {
  const isReachable = contact.phone !== undefined || contact.email !== undefined;
  return isReachable ? answerWith(contact) : { ...answerWith(contact), remains: 'way' };
}

function answerWith(contact: ReportContact): Extract<WalkReading, { kind: 'answers' }> {
  return { kind: 'answers', answers: [{ step: 'contact', contact }] };
}

function namedBefore({ known: { contact: before } }: WalkDraft): Named | undefined {
  return before?.step === 'contact' && before.contact.kind === 'named' ? before.contact : undefined;
}

/** « Marie, 06 12 34 56 78 »: what is beside the number or the address. */
function readBeside(
  rest: string,
  { saysNothingBeside }: ReportWords,
  { nameIn }: ContactWords,
): { readonly firstName: string | undefined; readonly saysMore: boolean } {
  const parts = rest.split(/[,;:\n]|\s(?:et|mon|au|tel|tél|mail)\s/iu).filter((part) => part.trim() !== '');
  const names = parts.map((part) => nameIn(part)?.name);
  const at = names.findIndex((name) => name !== undefined);
  const others = parts.filter((_, index) => index !== at);
  return { firstName: names[at], saysMore: !others.every(saysNothingBeside) };
}
