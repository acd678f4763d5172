import { z } from 'zod';
import type { Author } from '../domain/message.js';
import { readJson } from './read-json.js';

/** What residents read as the writer's name beside each message. */
export type AuthorNames = Readonly<Record<Exclude<Author, 'resident'>, string>>;

const name = z.string({ error: 'doit être un texte' }).min(1, { error: 'ne doit pas être vide' });
const schema: z.ZodType<AuthorNames> = z.strictObject({ bot: name, delegate: name, system: name });

/** @throws ContentError */
export function loadAuthors(corpusDir: URL): AuthorNames {
  return readJson(new URL('authors.json', corpusDir), schema);
}
