import {
  Bot,
  CircleAlert,
  CircleCheck,
  Clock3,
  type LucideIcon,
  Megaphone,
  UserRound,
  UserRoundCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { typeset } from '../../shared/typeset.js';
import type { Message } from '../live/wire.js';
import type { DeliveryState } from './delivery.js';
import { LinkedText, SafeLink } from './linked-text.js';
import { clockWords } from './paris.js';
import { LOG } from './strings.js';
import type { Row, Voice } from './timeline.js';

const ICONS: Readonly<Record<Voice, LucideIcon>> = {
  resident: UserRound,
  bot: Bot,
  me: UserRoundCheck,
  delegate: UserRoundCheck,
  system: Megaphone,
};

export interface MessageViewProps {
  readonly row: Extract<Row, { kind: 'message' }>;
  /** Under the last message that the reader sent. */
  readonly delivery: DeliveryState | undefined;
}

/** One message: who, when, what; cards and buttons as the resident saw them, to be read only. */
export function MessageView({ row, delivery }: MessageViewProps): ReactNode {
  const { message, voice, name, isContinued } = row;
  const Icon = ICONS[voice];
  return (
    <article className={`bubble ${voice}${isContinued ? ' continued' : ''}`}>
      <p className={isContinued ? 'bubble-head visually-hidden' : 'bubble-head'}>
        <Icon aria-hidden className="icon" />
        <strong>{name}</strong>
        <time dateTime={new Date(message.at).toISOString()}>{clockWords(message.at)}</time>
      </p>
      <div className="bubble-body">
        {message.text !== '' && (
          <p className="bubble-text">
            <LinkedText text={message.text} />
          </p>
        )}
        {message.card && <CardView card={message.card} />}
        {message.actions && message.actions.length > 0 && (
          <p className="bubble-actions">
            {LOG.actions}{' '}
            {message.actions.map((title) => (
              <span key={title} className="shown-button">
                {typeset(title)}
              </span>
            ))}
          </p>
        )}
      </div>
      {delivery && <DeliveryView delivery={delivery} />}
    </article>
  );
}

function CardView({ card }: { readonly card: NonNullable<Message['card']> }): ReactNode {
  return (
    <div className="shown-card">
      <p className="shown-card-title">{typeset(card.title)}</p>
      {card.text !== undefined && (
        <p className="bubble-text">
          <LinkedText text={card.text} />
        </p>
      )}
      {card.links.length > 0 && (
        <ul className="plain">
          {card.links.map(({ title, url }) => (
            <li key={`${title} ${url}`}>
              <SafeLink url={url}>{typeset(title)}</SafeLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const DELIVERY_ICONS: Readonly<Record<DeliveryState['kind'], LucideIcon>> = {
  delivered: CircleCheck,
  stored: Clock3,
  failed: CircleAlert,
};

function DeliveryView({ delivery: { kind, text } }: { readonly delivery: DeliveryState }): ReactNode {
  const Icon = DELIVERY_ICONS[kind];
  return (
    <p className={`delivery ${kind}`}>
      <Icon aria-hidden className="icon" />
      {text}
    </p>
  );
}
