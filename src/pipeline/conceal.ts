import type { ConcealedWords } from '../domain/concealed-words.js';
import type { JsonObject } from '../domain/json.js';
import type { TextContent } from '../domain/message.js';
import type { Turn } from './compose.js';

/** Whether what the resident answers in this state is for no transcript. It never throws. */
export type IsConfidential = (dialogState: JsonObject) => boolean;

/** @param onFailure told when the dialogs cannot tell: the state is then taken for confidential. */
export function confidentialityBy(
  dialogs: { isConfidential(dialogState: JsonObject): boolean },
  onFailure: (error: unknown) => void,
): IsConfidential {
  return (dialogState) => {
    try {
      return dialogs.isConfidential(dialogState);
    } catch (error) {
      onFailure(error);
      return true;
    }
  };
}

/** From now on the resident's words are in no draft of this turn. */
export function conceal(
  turn: Pick<Turn, 'secrecy' | 'draft' | 'received' | 'correction'>,
  words: ConcealedWords,
): void {
  const { secrecy, draft } = turn;
  secrecy.isConcealed = true;
  if (draft.inbound) draft.inbound = { ...draft.inbound, content: concealedContent(turn, words) };
}

export function concealedContent(
  turn: Pick<Turn, 'received' | 'correction'>,
  { answer, corrected }: ConcealedWords,
): TextContent {
  const text = turn.correction ? corrected : answer;
  return { kind: 'text', text, isConcealed: true, ...correctionMarks(turn) };
}

/** Which message is corrected, and when. */
export function correctionMarks({
  received: { editedAt },
  correction,
}: Pick<Turn, 'received' | 'correction'>): Pick<TextContent, 'edits' | 'editedAt'> {
  return {
    ...(correction && { edits: correction.original.seq }),
    ...(editedAt && { editedAt: editedAt.getTime() }),
  };
}
