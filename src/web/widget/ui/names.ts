import type { Author } from '../model/message.js';
import { strings } from '../strings.js';

/** Who speaks, in words: a robot is always called one. */
export function nameOf({ author, name }: { readonly author: Author; readonly name?: string }): string {
  if (author === 'delegate') return name ? strings.delegateNamed(name) : strings.delegate;
  return { bot: strings.robot, resident: strings.you, system: strings.system }[author];
}
