import {
  Bot,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Clock3,
  type LucideIcon,
  Megaphone,
  PencilLine,
  UserRound,
  UserRoundCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { typeset } from '../../shared/typeset.js';
import type { Message } from '../live/wire.js';
import { AttachmentView } from './attachment-view.js';
import type { DeliveryState } from './delivery.js';
import { LinkedText, SafeLink } from './linked-text.js';
import { clockWords, momentWords } from './paris.js';
import { LOG } from './strings.js';
import type { Correction, Row, Voice } from './timeline.js';

const ICONS: Readonly<Record<Voice, LucideIcon>> = {
  resident: UserRound,
  bot: Bot,
  me: UserRoundCheck,
  delegate: UserRoundCheck,
  system: Megaphone,
};

export interface MessageViewProps {
  readonly conversationId: string;
  readonly row: Extract<Row, { kind: 'message' }>;
  /** What is known of its arrival, where something is to be said of it. */
  readonly delivery: DeliveryState | undefined;
}

/** One message: who, when, what; cards and buttons as the resident saw them, to be read only. */
export function MessageView({ conversationId, row, delivery }: MessageViewProps): ReactNode {
  const { message, voice, name, isContinued, correction, replacedAt } = row;
  const Icon = ICONS[voice];
  return (
    <article className={`bubble ${voice}${isContinued ? ' continued' : ''}`}>
      <p className={isContinued ? 'bubble-head visually-hidden' : 'bubble-head'}>
        <Icon aria-hidden className="icon" />
        <strong>{name}</strong>
        <time dateTime={new Date(message.at).toISOString()}>{clockWords(message.at)}</time>
      </p>
      <div className="bubble-body">
        {correction && <CorrectionView correction={correction} at={message.at} />}
        {message.text !== '' && <TextView text={message.text} isReplaced={replacedAt !== undefined} />}
        {message.attachment && <AttachmentView conversationId={conversationId} attachment={message.attachment} />}
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
      {replacedAt !== undefined && (
        <p className="modified">
          <PencilLine aria-hidden className="icon" />
          {LOG.modified(momentWords(replacedAt, message.at))}
        </p>
      )}
      {delivery && <DeliveryView delivery={delivery} />}
    </article>
  );
}

function TextView({ text, isReplaced }: { readonly text: string; readonly isReplaced: boolean }): ReactNode {
  if (!isReplaced) {
    return (
      <p className="bubble-text">
        <LinkedText text={text} />
      </p>
    );
  }
  return (
    <p className="bubble-text">
      <span className="visually-hidden">{LOG.oldText} </span>
      <del>
        <LinkedText text={text} />
      </del>
    </p>
  );
}

/** Which message it corrects, and what stood there; before the new text. */
function CorrectionView({
  correction: { original, before },
  at,
}: {
  readonly correction: Correction;
  readonly at: number;
}): ReactNode {
  return (
    <div className="correction">
      <p>{original ? LOG.corrects(momentWords(original.at, at)) : LOG.correctsEarlier}</p>
      {before !== undefined && (
        <details>
          <summary>{LOG.showOldText}</summary>
          <TextView text={before} isReplaced />
        </details>
      )}
      <p className="visually-hidden">{LOG.newText}</p>
    </div>
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
  uncertain: CircleHelp,
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
