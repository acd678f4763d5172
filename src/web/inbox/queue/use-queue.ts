import { useMemo } from 'react';
import { useDesk, useLive, useServerNow } from '../live/hooks.js';
import { orderQueue, type Section } from './order.js';

/** The queue in its order; undefined until it is known. */
export function useQueue(): readonly Section[] | undefined {
  const { me } = useDesk();
  const cards = useLive((state) => state.cards);
  const readSeqs = useLive((state) => state.readSeqs);
  const now = useServerNow(5_000);
  return useMemo(() => cards && orderQueue({ cards: cards.values(), readSeqs, me, now }), [cards, readSeqs, me, now]);
}
