import { z } from 'zod';
import type { LanguageNotice } from '../domain/other-languages.js';
import { OTHER_LANGUAGES, type OtherLanguage } from '../nlu/intent-recognizer.js';
import { readJson } from './read-json.js';
import { words } from './words.js';

export type OtherLanguages = Readonly<Record<OtherLanguage, LanguageNotice>>;

const calm = (text: z.ZodType<string>) =>
  text.refine((value) => !/[!¡]/.test(value), { error: "un point d'exclamation est de trop" });

const schema: z.ZodType<OtherLanguages> = z.record(
  z.enum(OTHER_LANGUAGES, { error: 'langue inconnue' }),
  z.strictObject({
    name: words(),
    direction: z.enum(['ltr', 'rtl'], { error: '« ltr » ou « rtl » attendu' }),
    lines: z.tuple([calm(words()), calm(words('17', '112', '114'))], { error: 'deux phrases attendues' }),
    person: words(),
    card: z.strictObject({ title: words(), call: words('number'), sms: words('number') }),
  }),
);

/** What is said to those who write in another language. @throws ContentError */
export function loadOtherLanguages(corpusDir: URL): OtherLanguages {
  return readJson(new URL('other-languages.json', corpusDir.href.replace(/\/?$/, '/')), schema);
}
