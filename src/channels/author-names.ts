import type { Author, Message } from '../domain/message.js';

/** What residents read as the writer's name; `delegate` is the word for what they are. */
export type AuthorNames = Readonly<Record<Exclude<Author, 'resident'>, string>>;

/** The one place where a delegate's name is put into words: « Jean, délégué », or « Délégué » when it is not known. */
export function nameOfDelegate(names: AuthorNames, name: string | undefined): string {
  return name ? `${name}, ${names.delegate.toLocaleLowerCase('fr')}` : names.delegate;
}

/** Undefined for the resident, who needs no name. What a delegate signed is theirs, also when the system says it. */
export function nameOfAuthor(
  names: AuthorNames,
  { author, signature }: Pick<Message, 'author' | 'signature'>,
): string | undefined {
  if (author === 'resident') return undefined;
  return author === 'delegate' || signature ? nameOfDelegate(names, signature?.name) : names[author];
}
