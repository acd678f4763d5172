import '../queue/queue.css';
import { Search } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { PageTitle } from '../app/title.js';
import type { SearchResult } from '../live/wire.js';
import { CardView } from '../queue/card-view.js';
import { PAGES } from '../strings.js';
import { Button, ProblemNotice, TextField, useAnnounce } from '../ui/index.js';
import { SEARCH } from './strings.js';

const MAX_LENGTH = 100;

/** Looks for words in what delegates and residents said; the words go in the body of the call, not in an address. */
export default function SearchPage(): ReactNode {
  const [text, setText] = useState('');
  const [result, setResult] = useState<SearchResult>();
  const announce = useAnnounce();
  const search = useAction(async (words: string) => {
    const found = await call('search', { body: { text: words } });
    setResult(found);
    announce(found.matches.length === 0 ? SEARCH.none : SEARCH.found(found.matches.length));
  });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== '') void search.run(text.trim());
  }

  return (
    <div className="page">
      <PageTitle>{PAGES.search}</PageTitle>
      <search>
        <form onSubmit={submit}>
          <TextField
            label={SEARCH.label}
            description={SEARCH.description}
            value={text}
            maxLength={MAX_LENGTH}
            onChange={setText}
            aside={
              <Button type="submit" kind="primary" icon={Search} isPending={search.isBusy}>
                {SEARCH.search}
              </Button>
            }
          />
        </form>
      </search>
      <ProblemNotice problem={search.problem} />
      {result && <Results result={result} />}
    </div>
  );
}

function Results({ result: { matches, searched, isPartial } }: { readonly result: SearchResult }): ReactNode {
  return (
    <section className="stack" aria-label={SEARCH.found(matches.length)}>
      <p>
        <strong>{matches.length === 0 ? SEARCH.none : SEARCH.found(matches.length)}</strong>{' '}
        <span className="quiet-words">
          {SEARCH.searched(searched)} {isPartial && SEARCH.partial}
        </span>
      </p>
      <ul className="plain cards">
        {matches.map(({ card, seq, excerpt }) => (
          <li key={`${card.id} ${seq}`}>
            <CardView card={card} excerpt={excerpt} />
          </li>
        ))}
      </ul>
    </section>
  );
}
