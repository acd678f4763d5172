import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Message } from '../live/wire.js';

/** Nearer to the end than this counts as reading the end. */
const NEAR_PX = 40;

export interface ReadingPlace {
  readonly box: RefObject<HTMLDivElement | null>;
  /** What lies below: nothing, messages read before, or new ones. */
  readonly below: 'nothing' | 'rest' | 'news';
  readonly onScroll: () => void;
  readonly goToEnd: () => void;
}

/**
 * Keeps the end in view unless the reader has gone back up; earlier messages that come in above do not move what is read.
 * @param ownCount how many replies of the reader's are on their way: writing one goes back to the end.
 */
export function useReadingPlace(messages: readonly Message[], ownCount: number): ReadingPlace {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lastTop = useRef(0);
  const before = useRef({ firstSeq: 0, lastSeq: 0, height: 0, ownCount: 0 });
  const [below, setBelow] = useState<ReadingPlace['below']>('nothing');

  const goToEnd = useCallback(() => {
    const element = box.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    isAtEnd.current = true;
    setBelow('nothing');
  }, []);

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    // A box that grows smaller leaves the end without the reader having moved.
    const wentUp = element.scrollTop < lastTop.current - 1;
    lastTop.current = element.scrollTop;
    if (isNear) isAtEnd.current = true;
    else if (wentUp) isAtEnd.current = false;
    if (isAtEnd.current && !isNear) return;
    setBelow((now) => (isAtEnd.current ? 'nothing' : now === 'news' ? now : 'rest'));
  }, []);

  const firstSeq = messages[0]?.seq ?? 0;
  const lastSeq = messages.at(-1)?.seq ?? 0;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const last = before.current;
    before.current = { firstSeq, lastSeq, height: element.scrollHeight, ownCount };
    const cameAbove = last.firstSeq > 0 && firstSeq < last.firstSeq;
    if (cameAbove) element.scrollTop += element.scrollHeight - last.height;
    else if (isAtEnd.current || ownCount > last.ownCount) goToEnd();
    else if (lastSeq > last.lastSeq) setBelow('news');
  }, [firstSeq, lastSeq, ownCount, goToEnd]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      before.current.height = element.scrollHeight;
      if (isAtEnd.current) goToEnd();
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [goToEnd]);

  return { box, below, onScroll, goToEnd };
}
