import type { ReactNode } from 'react';
import { CardView } from './card-view.js';
import type { Section } from './order.js';
import { SECTIONS } from './strings.js';

export interface QueueListProps {
  readonly sections: readonly Section[];
  readonly shownId: string | undefined;
}

export function QueueList({ sections, shownId }: QueueListProps): ReactNode {
  return sections.map(({ name, items }) => (
    <section key={name} className={`queue-part ${name}`} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>
        {SECTIONS[name]} <span className="quiet-words">({items.length})</span>
      </h2>
      <ul className="plain cards">
        {items.map(({ card, unread }) => (
          <li key={card.id}>
            <CardView card={card} unread={unread} isShown={card.id === shownId} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
