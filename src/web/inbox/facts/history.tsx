import { History as HistoryIcon } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { call } from '../api/client.js';
import { problemFrom } from '../api/problem.js';
import type { FactsHistory, FactsView } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { momentWords } from '../conversation/paris.js';
import { Button, LoadState, ProblemNotice, useToast } from '../ui/index.js';
import { HISTORY } from './strings.js';

export interface HistoryProps {
  /** The one that is live. */
  readonly version: number;
  /** Something is not saved: going back would lose it. */
  readonly isBlocked: boolean;
  readonly onRestored: (view: FactsView) => void;
}

/** Who changed what, and the way back. */
export function History({ version, isBlocked, onRestored }: HistoryProps): ReactNode {
  const { data, problem, reload } = useLoad(`facts-${version}`, (signal) => call('readFactsHistory', {}, signal));
  const toast = useToast();
  const heading = useId();

  async function goTo(to: number, from: number): Promise<FactsView> {
    const view = await call('undoFacts', { body: { to, version: from } });
    onRestored(view);
    return view;
  }
  const restore = useAction(async (to: number) => {
    const view = await goTo(to, version);
    toast.show({
      text: HISTORY.restored,
      onUndo: () => {
        goTo(version, view.version).catch((fault: unknown) =>
          toast.show({ text: problemFrom(fault).detail, kind: 'danger' }),
        );
      },
    });
  });

  const entry = { version, isBlocked, isBusy: restore.isBusy, onRestore: (to: number) => void restore.run(to) };
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading}>{HISTORY.title}</h2>
      <ProblemNotice problem={restore.problem} />
      {!data && <LoadState problem={problem} onRetry={reload} />}
      {data?.versions.length === 0 && <p>{HISTORY.empty}</p>}
      {data && data.versions.length > 0 && (
        <>
          {isBlocked && <p className="quiet-words">{HISTORY.blocked}</p>}
          <ol className="plain versions-list">
            {[...data.versions]
              .sort((one, other) => other.version - one.version)
              .map((one) => (
                <Entry key={one.version} {...entry} shown={one} />
              ))}
            <Origin {...entry} />
          </ol>
        </>
      )}
    </section>
  );
}

interface EntryProps {
  readonly version: number;
  readonly isBlocked: boolean;
  readonly isBusy: boolean;
  readonly onRestore: (to: number) => void;
}

function Entry({ shown, ...rest }: EntryProps & { readonly shown: FactsHistory['versions'][number] }): ReactNode {
  const { version, at, by, changes, undoneTo } = shown;
  const name = HISTORY.number(version);
  return (
    <li>
      <h3>{name}</h3>
      <p className="quiet-words">{HISTORY.version(momentWords(at, Date.now()), by.displayName)}</p>
      {undoneTo !== undefined && <p>{HISTORY.undone(undoneTo)}</p>}
      {changes.length === 0 && undoneTo === undefined && <p>{HISTORY.noChange}</p>}
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
      {version === rest.version ? (
        <p>
          <strong>{HISTORY.current}</strong>
        </p>
      ) : (
        <RestoreButton {...rest} to={version} name={name} />
      )}
    </li>
  );
}

function Origin(props: EntryProps): ReactNode {
  return (
    <li>
      <h3>{HISTORY.origin}</h3>
      <RestoreButton {...props} to={0} name={HISTORY.origin} />
    </li>
  );
}

function RestoreButton({
  to,
  name,
  isBlocked,
  isBusy,
  onRestore,
}: EntryProps & { readonly to: number; readonly name: string }): ReactNode {
  return (
    <div className="actions">
      <Button
        icon={HistoryIcon}
        aria-label={HISTORY.restoreLabel(name)}
        isDisabled={isBlocked || isBusy}
        onPress={() => onRestore(to)}
      >
        {HISTORY.restore}
      </Button>
    </div>
  );
}
