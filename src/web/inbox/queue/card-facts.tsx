import {
  Ban,
  Clock,
  Flag,
  Hand,
  type LucideIcon,
  OctagonAlert,
  PhoneCall,
  PhoneMissed,
  UserRoundCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { momentWords } from '../conversation/paris.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import type { Card } from '../live/wire.js';
import { CARD } from './strings.js';

interface Fact {
  readonly key: string;
  readonly icon?: LucideIcon;
  readonly tone: 'danger' | 'attention' | 'delegate' | 'quiet';
  readonly text: string;
}

export interface CardFactsProps {
  readonly card: Card;
  /** False where a danger is told larger beside it. */
  readonly withUrgencies?: boolean;
}

/** Where a conversation stands, in words: who waits, who holds it, what is to be done. */
export function CardFacts({ card, withUrgencies = true }: CardFactsProps): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(5_000);
  return (
    <ul className="plain facts">
      {factsOf(card, me, now, withUrgencies).map(({ key, icon: Icon, tone, text }) => (
        <li key={key} className={`fact ${tone}`}>
          {Icon && <Icon aria-hidden className="icon" />}
          {text}
        </li>
      ))}
    </ul>
  );
}

/** Exported for tests. */
export function factsOf(card: Card, me: string, now: number, withUrgencies = true): readonly Fact[] {
  return [...(withUrgencies ? urgencies(card, now) : []), standing(card, me, now), ...marks(card, me)].filter(
    (fact) => fact !== undefined,
  );
}

function urgencies({ emergencyAt, missedAt }: Card, now: number): readonly Fact[] {
  const facts: Fact[] = [];
  if (emergencyAt !== undefined) {
    facts.push({
      key: 'danger',
      icon: OctagonAlert,
      tone: 'danger',
      text: CARD.emergency(momentWords(emergencyAt, now)),
    });
  }
  if (missedAt !== undefined) {
    facts.push({ key: 'missed', icon: PhoneMissed, tone: 'attention', text: CARD.missed(momentWords(missedAt, now)) });
  }
  return facts;
}

function standing(card: Card, me: string, now: number): Fact {
  const { holder, snoozedUntil, waitingSince, status } = card;
  if (holder?.id === me) return { key: 'mine', icon: UserRoundCheck, tone: 'delegate', text: CARD.mine };
  if (holder) return { key: 'held', icon: UserRoundCheck, tone: 'quiet', text: CARD.held(holder.displayName) };
  if (snoozedUntil !== undefined && snoozedUntil > now) {
    return { key: 'later', icon: Clock, tone: 'quiet', text: CARD.snoozed(momentWords(snoozedUntil, now)) };
  }
  if (waitingSince !== undefined) {
    return { key: 'waits', icon: Clock, tone: 'attention', text: CARD.waits(now - waitingSince) };
  }
  return { key: 'bot', tone: 'quiet', text: status === 'closed' ? CARD.closed : CARD.withBot };
}

function marks({ offeredTo, openCallbacks, isBlocked, priority }: Card, me: string): readonly (Fact | undefined)[] {
  const offer = offeredTo && (offeredTo.id === me ? CARD.offeredToMe : CARD.offeredTo(offeredTo.displayName));
  return [
    offer ? { key: 'offer', icon: Hand, tone: offeredTo?.id === me ? 'attention' : 'quiet', text: offer } : undefined,
    openCallbacks > 0
      ? { key: 'callbacks', icon: PhoneCall, tone: 'attention', text: CARD.callbacks(openCallbacks) }
      : undefined,
    priority === 'high' ? { key: 'high', icon: Flag, tone: 'attention', text: CARD.high } : undefined,
    isBlocked ? { key: 'blocked', icon: Ban, tone: 'quiet', text: CARD.blocked } : undefined,
  ];
}
