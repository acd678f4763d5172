import type { Author } from '../model/message.js';
import { strings } from '../strings.js';

/** Who speaks, in words: a robot is always called one. */
export function nameOf({ author, name }: { readonly author: Author; readonly name?: string }): string {
  // A server that gives no names says what they are in place of who they are.
  if (author === 'delegate') return name && name !== strings.delegate ? strings.delegateNamed(name) : strings.delegate;
  return { bot: strings.robot, resident: strings.you, system: strings.system }[author];
}
