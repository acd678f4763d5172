import { z } from 'zod';

/** A text that is not empty and names these variables in braces, each at least once, and no other. */
export function words(...variables: readonly string[]): z.ZodType<string> {
  return z
    .string()
    .refine((text) => text.trim() !== '', { error: 'texte vide' })
    .refine(
      (text) => namedIn(text).size === new Set(variables).size && variables.every((name) => namedIn(text).has(name)),
      {
        error: `variables attendues : ${variables.map((name) => `{${name}}`).join(', ') || 'aucune'}`,
      },
    );
}

function namedIn(text: string): Set<string | undefined> {
  return new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name));
}
