import type { ReactNode } from 'react';
import { typeset } from '../../shared/typeset.js';
import { Link } from '../app/router.js';
import type { Card } from '../live/wire.js';
import { CardFacts } from './card-facts.js';
import { CARD } from './strings.js';

export interface CardViewProps {
  readonly card: Card;
  readonly unread?: number | 'new';
  readonly isShown?: boolean;
  readonly excerpt?: string;
}

/** A conversation as a card: the whole of it is the link. */
export function CardView({ card, unread = 0, isShown = false, excerpt }: CardViewProps): ReactNode {
  const { id, pseudonym, channel, last, labels, emergencyAt } = card;
  const classes = ['card', isShown && 'shown', emergencyAt !== undefined && 'danger', unread !== 0 && 'unread'];
  const said = excerpt ?? (last && `${CARD.by[last.author]} : ${last.excerpt}`);
  return (
    <Link to={{ name: 'conversation', id }} className={classes.filter(Boolean).join(' ')}>
      <span className="card-head">
        <strong className="card-name">{pseudonym}</strong>
        <span className="quiet-words small-words">{CARD.channels[channel]}</span>
      </span>
      <CardFacts card={card} />
      {said !== undefined && <span className="card-said">{typeset(said)}</span>}
      <span className="card-foot">
        {unread !== 0 && <span className="unread-mark">{unread === 'new' ? CARD.isNew : CARD.unread(unread)}</span>}
        {labels.map((label) => (
          <span key={label} className="label">
            {label}
          </span>
        ))}
      </span>
    </Link>
  );
}
