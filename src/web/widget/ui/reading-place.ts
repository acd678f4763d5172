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
  const drawn = useRef<Log | undefined>(undefined);
  /** The first message of the answer that is arriving, and when it came. */
  const answer = useRef({ index: 0, at: 0 });
  const [below, setBelow] = useState<Below>(undefined);
  const [scroll] = useState(() => createScroll(box, setBelow));

  function followMessages(before: number): void {
    const first = log.messages.findIndex(({ seq, author }) => seq > before && author !== 'resident');
    if (before === 0 || first < 0) {
      scroll.keepEnd();
      return;
    }
    const isSameAnswer = log.messages[first - 1]?.author !== 'resident' && Date.now() - answer.current.at < ANSWER_MS;
    if (!isSameAnswer) answer.current = { index: first, at: Date.now() };
    if (scroll.isAtEnd()) scroll.to(topOfAnswer(answer.current.index, box.current, content.current) - MARGIN_PX);
    else if (!isSameAnswer) setBelow('news');
  }

  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = log;
    if (log.messages !== before?.messages) followMessages(before ? lastSeq(before) : 0);
    if (log.outgoing.length !== (before?.outgoing.length ?? 0) && log.outgoing.length > 0) scroll.to(END);
    if (log.typing !== before?.typing) scroll.keepEnd();
  });
  useEffect(() => {
    const observer = new ResizeObserver(scroll.keepEnd);
    for (const element of [box.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);

  return {
    box,
    content,
    below,
    onScroll: scroll.look,
    goOn(covered) {
      const { scrollTop = 0, clientHeight = 0 } = box.current ?? {};
      scroll.to(below === 'news' ? END : scrollTop + (clientHeight - covered) * PAGE);
      if (!scroll.isAtEnd()) return;
      scroll.to(END);
      // The button goes away at the end: the focus stays in the conversation.
      box.current?.focus();
    },
  };
}

const END = Number.MAX_SAFE_INTEGER;

function createScroll(box: RefObject<HTMLDivElement | null>, setBelow: (below: Below) => void) {
  let isAtEnd = true;
  let lastTop = 0;

  function to(top: number): void {
    const element = box.current;
    if (!element) return;
    const end = element.scrollHeight - element.clientHeight;
    element.scrollTop = Math.min(top, end);
    lastTop = element.scrollTop;
    isAtEnd = top >= end - NEAR_PX;
    setBelow(isAtEnd ? undefined : 'rest');
  }

  return {
    to,
    isAtEnd: () => isAtEnd,
    /** Whoever reads the end goes on reading it. */
    keepEnd() {
      if (isAtEnd) to(END);
    },
    /** Notes where the reader has gone. */
    look() {
      const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
      // Told of late, when what is below has grown since: nobody has moved.
      if (scrollTop === lastTop) return;
      lastTop = scrollTop;
      isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      if (isAtEnd) setBelow(undefined);
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
  if (!box || !entry) return END;
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
