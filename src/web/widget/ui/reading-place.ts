import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Log, lastSeq } from '../model/log.js';

/** What lies below the visible part: the rest of an answer whose beginning shows, or messages not seen at all. */
export type Below = 'rest' | 'news' | undefined;

export interface ReadingPlace {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly below: Below;
  readonly onScroll: () => void;
  /**
   * A page further through an answer; to the end, when new messages wait there.
   * @param covered how much of the box's end is under the button, in pixels.
   */
  readonly goOn: (covered: number) => void;
}

/** Nearer to the end than this counts as reading the end: less than a line, so that nothing to read is left out. */
const NEAR_PX = 20;
const MARGIN_PX = 8;
/** Messages that come within this time of the first one are one answer. */
const ANSWER_MS = 3_000;
/** Of the visible height, so that the last line read stays in view. */
const PAGE = 0.8;
/** A question that takes more of the height than this makes way for its answer. */
const LARGEST_QUESTION = 0.3;

/**
 * Keeps the end in view, with two exceptions. A reader who went back up is not moved. And an answer longer than the
 * panel is shown from its beginning, under the question when that is short: there stands « Appelez le 17 ».
 */
export function useReadingPlace(log: Log): ReadingPlace {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shownSeq = useRef(0);
  /** The first message of the answer that is arriving, and when it came. */
  const answer = useRef({ index: 0, at: 0 });
  const [below, setBelow] = useState<Below>(undefined);

  function scrollTo(top: number): void {
    const element = box.current;
    if (!element) return;
    const end = element.scrollHeight - element.clientHeight;
    element.scrollTop = Math.min(top, end);
    isAtEnd.current = top >= end - NEAR_PX;
    setBelow(isAtEnd.current ? undefined : 'rest');
  }

  function scrollToEnd(): void {
    scrollTo(Number.MAX_SAFE_INTEGER);
  }

  function onScroll(): void {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (isAtEnd.current) setBelow(undefined);
  }

  useLayoutEffect(() => {
    const before = shownSeq.current;
    shownSeq.current = lastSeq(log);
    const first = log.messages.findIndex(({ seq, author }) => seq > before && author !== 'resident');
    if (before === 0 || first < 0) {
      if (isAtEnd.current) scrollToEnd();
      return;
    }
    const isSameAnswer = log.messages[first - 1]?.author !== 'resident' && Date.now() - answer.current.at < ANSWER_MS;
    if (!isSameAnswer) answer.current = { index: first, at: Date.now() };
    if (isAtEnd.current) scrollTo(topOfAnswer(answer.current.index, box.current, content.current) - MARGIN_PX);
    else if (!isSameAnswer) setBelow('news');
  }, [log.messages]);
  useLayoutEffect(() => {
    if (log.outgoing.length > 0) scrollToEnd();
  }, [log.outgoing.length]);
  useLayoutEffect(() => {
    if (isAtEnd.current) scrollToEnd();
  }, [log.typing]);
  useEffect(() => {
    const observer = new ResizeObserver(() => isAtEnd.current && scrollToEnd());
    for (const element of [box.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return {
    box,
    content,
    below,
    onScroll,
    goOn(covered) {
      const { scrollTop = 0, clientHeight = 0 } = box.current ?? {};
      if (below === 'news') scrollToEnd();
      else scrollTo(scrollTop + (clientHeight - covered) * PAGE);
      if (!isAtEnd.current) return;
      scrollToEnd();
      // The button goes away at the end: the focus stays in the conversation.
      box.current?.focus();
    },
  };
}

/**
 * Where an answer that does not fit begins to be read: at the question just before it, or else at the name of who
 * answers. One that fits is shown whole, with its buttons.
 */
function topOfAnswer(index: number, box: HTMLElement | null, content: HTMLElement | null): number {
  const entries = content?.querySelectorAll('.entry') ?? [];
  const entry = entries[index];
  if (!box || !entry) return Number.MAX_SAFE_INTEGER;
  const isFirstOfGroup = entry.parentElement?.querySelector('.entry') === entry;
  const start = (isFirstOfGroup && entry.parentElement) || entry;
  const question = isFirstOfGroup ? entries[index - 1] : undefined;
  const isShort = question && question.clientHeight < box.clientHeight * LARGEST_QUESTION;
  const isAsked = isShort && question.closest('.resident');
  const top = topWithin(box, start);
  const fits = box.scrollHeight - top <= box.clientHeight;
  return isAsked && !fits ? topWithin(box, question) : top;
}

function topWithin(box: HTMLElement, element: Element): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}
