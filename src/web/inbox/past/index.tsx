import '../queue/queue.css';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import type { Card } from '../live/wire.js';
import { CardView } from '../queue/card-view.js';
import { PAGES } from '../strings.js';
import { Button, EmptyState, LoadState, ProblemNotice } from '../ui/index.js';
import { PAST } from './strings.js';

/** What was at the desk before, the latest first. */
export default function PastPage(): ReactNode {
  const { data, problem, reload } = useLoad('past', (signal) => call('listPast', {}, signal));
  return (
    <div className="page">
      <PageTitle>{PAGES.past}</PageTitle>
      {data ? <Cards key={data.cards[0]?.id ?? ''} first={data} /> : <LoadState problem={problem} onRetry={reload} />}
    </div>
  );
}

function Cards({
  first,
}: {
  readonly first: { readonly cards: readonly Card[]; readonly next?: string | undefined };
}): ReactNode {
  const [cards, setCards] = useState(first.cards);
  const [next, setNext] = useState(first.next);
  const more = useAction(async (after: string) => {
    const page = await call('listPast', { query: { after } });
    setCards((before) => [...before, ...page.cards.filter(({ id }) => !before.some((card) => card.id === id))]);
    setNext(page.next);
  });
  if (cards.length === 0) return <EmptyState title={PAST.empty} />;
  return (
    <>
      <ul className="plain cards">
        {cards.map((card) => (
          <li key={card.id}>
            <CardView card={card} />
          </li>
        ))}
      </ul>
      <ProblemNotice problem={more.problem} />
      {next === undefined ? (
        <p className="quiet-words">{PAST.end}</p>
      ) : (
        <div>
          <Button onPress={() => void more.run(next)} isPending={more.isBusy}>
            {PAST.more}
          </Button>
        </div>
      )}
    </>
  );
}
