import type { ConcealedWords } from '../domain/concealed-words.js';
import type { TextContent } from '../domain/message.js';
import type { Turn } from './compose.js';

/** From now on the resident's words are in no draft of this turn. */
export function conceal({ secrecy, draft }: Pick<Turn, 'secrecy' | 'draft'>, words: ConcealedWords): void {
  secrecy.isConcealed = true;
  if (draft.inbound) draft.inbound = { ...draft.inbound, content: concealedContent(words) };
}

export function concealedContent({ answer }: ConcealedWords): TextContent {
  return { kind: 'text', text: answer, isConcealed: true };
}
