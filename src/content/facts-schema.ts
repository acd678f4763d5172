import { z } from 'zod';
import type {
  HelpNumber,
  NewStation,
  OnlineService,
  Permanence,
  Place,
  RecurrenceRule,
  Sector,
  Slot,
  Weekday,
} from '../domain/facts.js';
import { isLocalDate, isLocalTime, weekdayOf } from '../domain/paris-time.js';

/** The schemas of corpus/fr/facts. What only several files together can tell is checked by `loadFacts`. */

const text = z
  .string()
  .max(300, { error: 'texte trop long (300 caractères au plus)' })
  .refine((value) => value.trim() !== '' && value === value.trim(), {
    error: 'texte vide, ou entouré d’espaces',
  });
const id = z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'identifiant attendu : minuscules, chiffres et tirets' });
const localDate = z.string().refine(isLocalDate, { error: 'jour réel attendu, sous la forme AAAA-MM-JJ' });
const localTime = z.string().refine(isLocalTime, { error: 'heure attendue, sous la forme HH:mm' });
const httpsUrl = z.string().refine((value) => URL.canParse(value) && new URL(value).protocol === 'https:', {
  error: 'adresse https:// attendue',
});

export const emailSchema = z.email({ error: 'adresse e-mail attendue' });

const sourced = { source: text, checkedOn: localDate };

const weekday = z.union(
  ([1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[]).map((day) => z.literal(day)),
  {
    error: 'jour de la semaine attendu : de 1 (lundi) à 7 (dimanche)',
  },
);

const rule: z.ZodType<RecurrenceRule> = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('weekly'),
      weekday,
      everyWeeks: z.int().min(1).max(52),
      anchor: localDate.exactOptional(),
    })
    .refine(({ everyWeeks, anchor }) => everyWeeks === 1 || anchor !== undefined, {
      path: ['anchor'],
      error: 'à indiquer quand everyWeeks dépasse 1 : un jour où la permanence a lieu',
    })
    .refine((weekly) => !weekly.anchor || !isLocalDate(weekly.anchor) || weekdayOf(weekly.anchor) === weekly.weekday, {
      path: ['anchor'],
      error: 'ne tombe pas sur le jour de la semaine indiqué par weekday',
    }),
  z.strictObject({
    kind: z.literal('monthly'),
    weekday,
    nth: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(-1)], {
      error: 'rang attendu : 1, 2, 3, 4, ou -1 pour le dernier du mois',
    }),
  }),
]);

const slot: z.ZodType<Slot> = z.strictObject({
  hours: z
    .strictObject({ from: localTime, to: localTime })
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'doit être après l’heure de début' })
    .exactOptional(),
  part: z.enum(['morning', 'afternoon']).exactOptional(),
});

const closure = z
  .strictObject({ from: localDate, to: localDate, reason: text.exactOptional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'doit être le jour de début ou un jour suivant' });

const addition = z.strictObject({ date: localDate, slot: slot.exactOptional() });

export const townSchema = z.strictObject({ city: text, district: text });

const degrees = (most: number) =>
  z
    .number({ error: 'nombre de degrés attendu, comme 47.2261' })
    .min(-most, { error: `au moins -${most} degrés attendus` })
    .max(most, { error: `au plus ${most} degrés attendus` });

export const placesSchema: z.ZodType<readonly Place[]> = listOf(
  z
    .strictObject({
      ...sourced,
      id,
      name: text,
      street: text,
      district: text,
      city: text,
      postcode: z
        .string()
        .regex(/^\d{5}$/, { error: 'code postal à cinq chiffres attendu' })
        .exactOptional(),
      mapUrl: httpsUrl,
      latitude: degrees(90).exactOptional(),
      longitude: degrees(180).exactOptional(),
    })
    .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
      path: ['longitude'],
      error: 'latitude et longitude vont ensemble : indiquez les deux, ou aucune',
    }),
);

export const permanencesSchema: z.ZodType<readonly Permanence[]> = listOf(
  z.strictObject({
    ...sourced,
    id: z.enum(['delegates', 'commissioners']),
    rule,
    slot,
    placeId: id,
    onPublicHolidays: z.enum(['closed', 'open']),
    closures: z.array(closure),
    additions: uniqueBy(z.array(addition), ({ date }) => date),
  }),
);

export const sectorsSchema: z.ZodType<readonly Sector[]> = listOf(
  z.strictObject({
    id: z.enum(['besancon', 'pontarlier', 'montbeliard']),
    name: text,
    email: emailSchema.exactOptional(),
  }),
);

export const stationSchema: z.ZodType<NewStation> = z
  .strictObject({
    ...sourced,
    status: z.enum(['announced', 'open']),
    openingMonth: z.int().min(1).max(12),
    openingYear: z.int().min(2000).max(2100).exactOptional(),
    officersMin: z.int().min(0),
    officersMax: z.int().min(0),
    address: text.exactOptional(),
    hours: text.exactOptional(),
  })
  .refine(({ officersMin, officersMax }) => officersMin <= officersMax, {
    path: ['officersMax'],
    error: 'doit être au moins officersMin',
  });

const digits = (value: string) => value.replace(/\D/g, '');

/** A wrong digit here can cost a life: the identifier, what is read and what is dialled must agree. */
export const helpNumbersSchema: z.ZodType<readonly HelpNumber[]> = listOf(
  z
    .strictObject({
      ...sourced,
      id: z.string().regex(/^\d{2,10}$/, { error: 'numéro attendu, en chiffres sans espaces' }),
      display: text,
      href: z.string().regex(/^(tel|sms):\d{2,10}$/, { error: 'lien attendu : tel:17 ou sms:114' }),
      purpose: text,
      availability: text,
      price: text,
      kinds: z.array(z.enum(['violence', 'fire', 'medical', 'suicide', 'domestic', 'child', 'intrusion'])),
    })
    .refine((number) => digits(number.display) === number.id, { path: ['display'], error: 'ne montre pas le numéro' })
    .refine((number) => digits(number.href) === number.id, { path: ['href'], error: 'ne compose pas le numéro' }),
);

export const servicesSchema: z.ZodType<readonly OnlineService[]> = listOf(
  z.strictObject({ ...sourced, id, name: text, purpose: text, url: httpsUrl }),
);

function listOf<Item extends { readonly id: string }>(item: z.ZodType<Item>): z.ZodType<readonly Item[]> {
  return uniqueBy(z.array(item).min(1, { error: 'au moins un élément attendu' }), (entry) => entry.id);
}

function uniqueBy<Item>(list: z.ZodType<Item[]>, keyOf: (item: Item) => string): z.ZodType<Item[]> {
  return list.refine((items) => new Set(items.map(keyOf)).size === items.length, {
    error: 'deux éléments ont le même identifiant, ou le même jour',
  });
}
