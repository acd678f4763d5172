import { z } from 'zod';
import type { Bubble } from '../domain/answers.js';
import type { DeskWords } from '../domain/desk-words.js';
import { naming, text } from './answers-schema.js';

/** The schema of desk.json: what the desk says to residents by itself, and what it offers delegates to say. */

export interface CannedReply {
  /** What is typed after « / »: lower case, no accents. */
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
}

export interface DeskTemplate {
  readonly bubbles: readonly Bubble[];
  readonly actions?: readonly string[];
}

export interface DeskCatalogue {
  readonly words: Readonly<Record<keyof DeskWords, DeskTemplate>>;
  readonly cannedReplies: readonly CannedReply[];
  readonly labels: readonly string[];
}

/** To be in sight while somebody waits for a person. */
const NUMBERS = ['17', '112', '114'] as const;

/** What canned replies may name; those of which the facts say nothing leave the reply out. */
export const CANNED_VARIABLES = [
  ...NUMBERS,
  '15',
  '18',
  '3919',
  '119',
  '3114',
  '3018',
  '116006',
  '3133',
  'victims',
  'district',
  'city',
  'delegatesRule',
  'commissionersRule',
  'address',
  'map',
  'complaint',
  'email',
] as const;

const words: z.ZodType<DeskTemplate> = z.strictObject({
  bubbles: z
    .array(naming(NUMBERS))
    .min(1, { error: 'au moins une bulle attendue' })
    .max(3, { error: 'au plus 3 bulles' }),
  actions: z.array(z.string()).max(3, { error: 'au plus 3 boutons' }).exactOptional(),
});

const cannedReply: z.ZodType<CannedReply> = z.strictObject({
  shortcut: z.string().regex(/^[a-z0-9]{2,20}$/, { error: 'raccourci attendu : de 2 à 20 minuscules sans accent' }),
  title: text.max(40, { error: 'titre trop long (40 caractères au plus)' }),
  text: naming(CANNED_VARIABLES),
});

export const deskSchema: z.ZodType<DeskCatalogue> = z.strictObject({
  words: z.strictObject({
    taken: words,
    givenBack: words,
    closed: words,
    transferred: words,
    lostHold: words,
    nobodyCame: words,
  }),
  cannedReplies: z
    .array(cannedReply)
    .refine((all) => new Set(all.map(({ shortcut }) => shortcut)).size === all.length, {
      error: 'un raccourci est donné deux fois',
    }),
  labels: z
    .array(text.max(40, { error: 'étiquette trop longue (40 caractères au plus)' }))
    .refine((all) => new Set(all).size === all.length, { error: 'une étiquette est donnée deux fois' }),
});
