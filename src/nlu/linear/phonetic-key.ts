/** Spellings that sound alike in French, in the order in which they are folded. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/eaux?|aux?/g, 'o'],
  [/ph/g, 'f'],
  [/sch|sh|ch/g, '2'],
  [/qu|q|ck|cc(?=[aou])|c(?=[^eiy2]|$)/g, 'k'],
  [/sc(?=[eiy])|c(?=[eiy])|ss|z/g, 's'],
  [/ge(?=[ao])|g(?=[eiy])/g, 'j'],
  [/gu(?=[eiy])/g, 'g'],
  [/[ae]i[ns](?=[^aeiouy]|$)|[yi][nm](?=[^aeiouynm]|$)|un(?=[^aeiouyn]|$)/g, '5'],
  [/[ae][nm](?=[^aeiouynm]|$)/g, '1'],
  [/o[nm](?=[^aeiouynm]|$)/g, '3'],
  [/(?:ai|ei)(?:t|ent|s)?/g, 'e'],
  [/(?:er|ez|ee?s?)$/g, 'e'],
  [/oeu|eu/g, 'e'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
  [/(?<=..)(?:ent|[estdxp])$/g, ''],
];

/** A rough key: « comissaire » and « commissaire », « kartié » and « quartier » share one. Digits stay as they are. */
export function phoneticKey(word: string): string {
  if (/\d/.test(word)) return word;
  return FOLDS.reduce((key, [spelling, sound]) => key.replace(spelling, sound), word);
}
