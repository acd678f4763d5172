import type { JSX } from 'preact';
import { autolink, type Piece, safeHref } from '../../shared/autolink.js';
import { formatTime } from '../../shared/dates.js';
import { typeset } from '../../shared/typeset.js';
import type { Card, Progress } from '../model/message.js';
import type { Entry, Group, Marker } from '../model/timeline.js';
import { strings } from '../strings.js';
import { Icon } from './icons.js';
import { nameOf } from './names.js';

export interface GroupViewProps {
  readonly group: Group;
  readonly resend: (clientId: string) => void;
  readonly base: string;
}

export function GroupView({ group, resend, base }: GroupViewProps): JSX.Element {
  const name = nameOf(group);
  return (
    <div class={`group ${group.author}`}>
      <p class="who">
        {group.author === 'bot' && <Icon name="robot" />}
        {group.author === 'delegate' && <Icon name="person" />}
        <span>{name}</span> <time dateTime={new Date(group.at).toISOString()}>{formatTime(group.at)}</time>
      </p>
      {group.entries.map((entry, index) => (
        <div key={entry.key} class="entry">
          <div class="bubble">
            {index > 0 && <span class="hidden">{name} : </span>}
            {entry.progress && <Step {...entry.progress} />}
            {group.author === 'resident' && entry.isConfidential ? (
              <p class="words sealed">
                <Icon name="lock" /> {strings.sealed}
              </p>
            ) : (
              <Words text={withoutParts(entry)} />
            )}
          </div>
          {entry.receipt && (
            <div class="receipt" data-at={group.at}>
              {entry.receipt}
            </div>
          )}
          {entry.cards.map((card) => (
            <CardView key={card.title} card={card} base={base} />
          ))}
          <DeliveryView entry={entry} resend={resend} />
        </div>
      ))}
    </div>
  );
}

function Step(progress: Progress): JSX.Element {
  return (
    <label class="step">
      {strings.step(progress)} <progress value={progress.step} max={progress.of} />
    </label>
  );
}

/** What stands in a place of its own is not said twice. */
function withoutParts({ text, receipt, progress }: Entry): string {
  return text.replace(`\n${receipt}`, '').replace(progress ? `${strings.step(progress)}. ` : '', '');
}

/** Who speaks from here on. */
export function MarkerView({ marker }: { readonly marker: Marker }): JSX.Element {
  return (
    <div class={`marker entry ${marker.state}`}>
      <Icon name={marker.state === 'delegate' ? 'person' : 'robot'} />
      <Words text={marker.text} />
    </div>
  );
}

/**
 * Text as it was written, from right to left where its language is, with what can be called or visited as links. Made of
 * nodes: markup stays text.
 */
function Words({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="words" dir="auto">
      {autolink(text).map(pieceView)}
    </p>
  );
}

function pieceView({ text, href }: Piece): JSX.Element | string {
  return href ? <TextLink href={href}>{text}</TextLink> : typeset(text);
}

function CardView({ card, base }: { readonly card: Card; readonly base: string }): JSX.Element {
  return (
    <div class="card">
      {card.title && <p class="card-title">{typeset(card.title)}</p>}
      {card.text && <Words text={card.text} />}
      {card.links.map(({ title, url }) => {
        const href = safeHref(url, base);
        return href ? (
          <TextLink key={url} href={href} className="card-link">
            {typeset(title)}
          </TextLink>
        ) : null;
      })}
    </div>
  );
}

interface TextLinkProps {
  readonly href: string;
  readonly className?: string;
  readonly children: string;
}

/** A web page opens beside the conversation, and says so; a call or a message leaves to the telephone. */
function TextLink({ href, className, children }: TextLinkProps): JSX.Element {
  if (!href.startsWith('http')) {
    return (
      <a class={className} href={href}>
        {children}
      </a>
    );
  }
  return (
    <a class={className} href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="hidden"> {strings.menu.newWindow}</span>
    </a>
  );
}

function DeliveryView({ entry, resend }: { readonly entry: Entry; readonly resend: (clientId: string) => void }) {
  if (!entry.delivery) return null;
  if (entry.delivery !== 'failed') {
    return (
      <p class="delivery">
        {entry.delivery === 'queued' && <Icon name="clock" />}
        {strings.delivery[entry.delivery]}
      </p>
    );
  }
  return (
    <p class="delivery fault">
      <Icon name="alert" />
      {strings.delivery.failed}
      <button type="button" onClick={() => resend(entry.key)}>
        {strings.delivery.resend}
      </button>
    </p>
  );
}
