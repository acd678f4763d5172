import { type ReactNode, useEffect, useId, useState } from 'react';
import { call } from '../api/client.js';
import { type ApiProblem, isAbort, problemFrom } from '../api/problem.js';
import type { EditableFacts, FactsPreview, FactsView } from '../api/types.js';
import { Notice, Spinner } from '../ui/index.js';
import { PREVIEW } from './strings.js';
import { type Run, wordChanges } from './word-changes.js';

/** The reader has stopped typing. */
const PAUSE_MS = 600;

export interface PreviewProps {
  readonly saved: FactsView;
  /** Absent while the form has faults. */
  readonly draft: EditableFacts | undefined;
}

/** What the assistant answers with the saved facts, and what saving would change of it. */
export function Preview({ saved, draft }: PreviewProps): ReactNode {
  const before = useAnswers(saved.facts, 0);
  const after = useAnswers(draft, PAUSE_MS);
  const heading = useId();
  const { answers } = after;
  const changed = answers?.filter((answer, index) => !isSame(before.answers?.[index], answer)) ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself on a wide screen, and the keyboard must reach it.
    <section className="section preview" aria-labelledby={heading} tabIndex={0}>
      <h2 id={heading}>{PREVIEW.title}</h2>
      <div role="status">
        {!draft && <p>{PREVIEW.stale}</p>}
        {after.problem && <Notice kind="warning">{after.problem.detail}</Notice>}
        {answers && before.answers && (
          <p className="quiet-words">{changed.length > 0 ? PREVIEW.hint : PREVIEW.unchanged}</p>
        )}
      </div>
      {!answers && !after.problem && draft && <Spinner>{PREVIEW.pending}</Spinner>}
      {answers?.map((answer, index) => (
        <Answer key={answer.question} before={before.answers?.[index] ?? answer} after={answer} />
      ))}
    </section>
  );
}

type Answered = FactsPreview['answers'][number];

function Answer({ before, after }: { readonly before: Answered; readonly after: Answered }): ReactNode {
  const count = Math.max(before.bubbles.length, after.bubbles.length);
  return (
    <div className="answer">
      <h3>
        {PREVIEW.question(after.question)}
        {!isSame(before, after) && <span className="badge">{PREVIEW.changed}</span>}
      </h3>
      {count === 0 && <p>{PREVIEW.nothing}</p>}
      {Array.from({ length: count }, (_, index) => {
        const runs = wordChanges(before.bubbles[index] ?? '', after.bubbles[index] ?? '');
        // biome-ignore lint/suspicious/noArrayIndexKey: bubbles have no other name than their place.
        return <Bubble key={index} runs={runs} />;
      })}
    </div>
  );
}

function Bubble({ runs }: { readonly runs: readonly Run[] }): ReactNode {
  return (
    <p className="robot-bubble">
      {runs.map(({ kind, text }, index) => {
        const key = `${index}-${kind}`;
        if (kind === 'added') return <ins key={key}>{text}</ins>;
        return kind === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
      })}
    </p>
  );
}

interface Answers {
  readonly answers: readonly Answered[] | undefined;
  readonly problem: ApiProblem | undefined;
}

/** Asks the server for its answers when the facts have not changed for a while; the last ones stay meanwhile. */
function useAnswers(facts: EditableFacts | undefined, pauseMs: number): Answers {
  const [state, setState] = useState<Answers>({ answers: undefined, problem: undefined });
  const text = facts && JSON.stringify(facts);
  useEffect(() => {
    if (text === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { answers } = await call('previewFacts', { body: { facts: JSON.parse(text) } }, abort.signal);
        setState({ answers, problem: undefined });
      } catch (fault) {
        if (!isAbort(fault)) setState(({ answers }) => ({ answers, problem: problemFrom(fault) }));
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, pauseMs]);
  return state;
}

function isSame(one: Answered | undefined, other: Answered): boolean {
  return one === undefined || one.bubbles.join('\n') === other.bubbles.join('\n');
}
