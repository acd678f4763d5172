import type { ReportAnswer } from './report-answers.js';
import type { WalkDraft, WalkReading, WalkReply } from './report-walk.js';

type PlaceAnswer = Extract<ReportAnswer, { step: 'where'; text: string }>;
export type PlaceReading = Extract<WalkReading, { kind: 'answers' }>;

/** The answer to « où » in words, perhaps with a place on the map; undefined for one that is passed over or cannot be read. */
export function placeKnown({ known: { where } }: Pick<WalkDraft, 'known'>): PlaceAnswer | undefined {
  return where?.step === 'where' && 'text' in where ? where : undefined;
}

/**
 * A place on the map that is shared, and words about the place, complete each other: neither takes the other away. A second
 * place on the map, or other words, replace the first.
 * @param shared what is read back of a place on the map without words.
 */
export function readPlace(
  { text, position }: Pick<WalkReply, 'text' | 'position'>,
  draft: WalkDraft,
  shared: string,
): PlaceReading {
  const before = placeKnown(draft);
  if (!position) {
    const kept = before?.position;
    return answerWith({ step: 'where', text, ...(kept && { position: kept }) }, kept !== undefined);
  }
  const said = text.trim() === '' || text === shared ? undefined : text;
  const kept = said === undefined && before?.text !== shared ? before?.text : undefined;
  return answerWith({ step: 'where', text: said ?? kept ?? shared, position }, kept !== undefined);
}

/** What is left without the place on the map: its words, or nothing. */
export function withoutPosition(draft: Pick<WalkDraft, 'known'>, shared: string): ReportAnswer {
  const before = placeKnown(draft);
  return before && before.text !== shared ? { step: 'where', text: before.text } : { step: 'where', isSkipped: true };
}

function answerWith(answer: PlaceAnswer, isJoined: boolean): PlaceReading {
  return { kind: 'answers', answers: [answer], ...(isJoined && { isJoined }) };
}

/** True when the answer to « où » is sealed for good: whatever is said now would take it away unseen. */
export function isPlaceSealed({ answered, known }: WalkDraft): boolean {
  return answered.includes('where') && known.where === undefined;
}
