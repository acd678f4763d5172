import './facts.css';
import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { LoadState } from '../ui/index.js';
import { FactsEditor } from './facts-editor.js';
import { FACTS } from './strings.js';

/** A public page of this server. */
const POSTER_PATH = '/affiche';

export default function FactsPage(): ReactNode {
  const { data, problem, reload } = useLoad('facts', (signal) => call('readFacts', {}, signal));
  return (
    <div className="page facts-page">
      <PageTitle>{PAGES.facts}</PageTitle>
      <p>{FACTS.intro}</p>
      <p>
        <a href={POSTER_PATH} target="_blank" rel="noopener">
          {FACTS.poster}
        </a>
        <br />
        <span className="quiet-words">{FACTS.posterHint}</span>
      </p>
      {data ? <FactsEditor first={data} /> : <LoadState problem={problem} onRetry={reload} />}
    </div>
  );
}
