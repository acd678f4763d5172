import type { Author } from '../model/message.js';
import { strings } from '../strings.js';

/** Who speaks, in words: a robot is always called one. */
export function nameOf({ author, name }: { readonly author: Author; readonly name?: string }): string {
  // The server says who it is and what they are: « Jean, délégué ».
  return { bot: strings.robot, resident: strings.you, system: strings.system, delegate: name ?? strings.delegate }[
    author
  ];
}
