import { type ReactNode, useEffect, useRef } from 'react';
import { useAnnounce } from '../ui/announcer.js';
import { useDesk, useLive } from './hooks.js';
import type { LiveState } from './state.js';
import { LIVE } from './strings.js';
import type { Card } from './wire.js';

type Cards = NonNullable<LiveState['cards']>;

/** Reads aloud who begins to wait, whatever the page; a danger interrupts. What was there at first is on the screen. */
export function Announcements(): ReactNode {
  const cards = useLive((state) => state.cards);
  const { me } = useDesk();
  const announce = useAnnounce();
  const known = useRef<Cards>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = cards;
    if (!before || !cards) return;
    for (const { text, urgency } of newsOf(before, cards, me)) announce(text, urgency);
  }, [cards, me, announce]);
  return null;
}

interface News {
  readonly text: string;
  readonly urgency: 'polite' | 'assertive';
}

/** Exported for tests. */
export function newsOf(before: Cards, cards: Cards, me: string): readonly News[] {
  return [...cards.values()].flatMap((card) => newsOfCard(before.get(card.id), card, me));
}

function newsOfCard(before: Card | undefined, card: Card, me: string): readonly News[] {
  const { pseudonym, emergencyAt, waitingSince, offeredTo } = card;
  if (emergencyAt !== undefined && emergencyAt !== before?.emergencyAt) {
    return [{ text: LIVE.newEmergency(pseudonym), urgency: 'assertive' }];
  }
  if (waitingSince === undefined) return [];
  if (offeredTo?.id === me && before?.offeredTo?.id !== me)
    return [{ text: LIVE.newOffer(pseudonym), urgency: 'polite' }];
  return waitingSince === before?.waitingSince ? [] : [{ text: LIVE.newWait(pseudonym), urgency: 'polite' }];
}
