import { z } from 'zod';

/** Base64url of exactly so many bytes, without padding. */
export const base64url = (bytes: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), { error: 'base64url attendu' });

/** Base64url of at most so many bytes. */
export const shortBase64url = (bytes: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((bytes * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/, { error: 'base64url attendu' });

/** One line that people typed: no control characters, trimmed. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value) && value.isWellFormed(), {
      error: 'caractère interdit',
    });

/** Several lines that people typed. */
export const lines = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/[^\P{Cc}\n\t\r]/u.test(value) && value.isWellFormed(), { error: 'caractère interdit' });

export const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w-]+$/);
/** Milliseconds since 1970. */
export const millis = z.int().min(0).max(8.64e15);
export const seq = z.int().min(0).max(1_000_000_000);
export const rev = z.int().min(0);
export const role = z.enum(['coordinator', 'delegate']);
export const localDate = z.iso.date();
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const email = z.email().max(200);
export const code = z.string().regex(/^\d{6}$/);
/** The token of a link, from its fragment. */
export const token = base64url(32);

export const nothing = z.strictObject({});
/** What calls answer that have nothing to tell. */
export const done = z.strictObject({ ok: z.literal(true) });
