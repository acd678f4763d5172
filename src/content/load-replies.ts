import { foldText } from '../domain/answers.js';
import { createReplyWords, type ReplyCatalogue, type ReplyWords } from '../domain/reply-words.js';
import { repliesSchema } from './answers-schema.js';
import { ContentError, readJson } from './read-json.js';

/**
 * The words for yes, no, cancel and the like.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its replies.json.
 */
export function loadReplies(corpusDir: URL): ReplyWords {
  const catalogue = readJson(new URL('replies.json', corpusDir.href.replace(/\/?$/, '/')), repliesSchema);
  const faults = ambiguousWords(catalogue);
  if (faults.length > 0) throw new ContentError(faults);
  return createReplyWords(catalogue);
}

/** A word in two lists would mean whichever is read first. */
function ambiguousWords({ words }: ReplyCatalogue): string[] {
  const owners = new Map<string, string>();
  return Object.entries(words).flatMap(([command, list]) =>
    list.flatMap((word) => {
      const owner = owners.get(foldText(word)) ?? command;
      owners.set(foldText(word), owner);
      return owner === command
        ? []
        : [`corpus/fr/replies.json : words.${command} : « ${word} » est déjà dans ${owner}`];
    }),
  );
}
