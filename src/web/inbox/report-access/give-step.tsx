import { type ReactNode, useEffect, useRef } from 'react';
import { type OwnKey, UnlockReports, useReportKey } from '../reports-key/index.js';
import { GRANT } from '../strings-report-access.js';
import { Button, Notice, ProblemNotice } from '../ui/index.js';
import type { GivenAccess } from './give.js';
import { Step } from './step.js';
import { type GivePhase, useGive } from './use-give.js';
import type { AccessReader } from './who.js';

export interface GiveStepProps {
  /** As compared. */
  readonly reader: AccessReader;
  readonly onGiven: (result: GivenAccess) => void;
  /** The colleague has other keys by now. */
  readonly onChanged: () => void;
}

/** Seals the keys of the reports to the colleague, once the delegate's own key is there. */
export function GiveStep({ reader, onGiven, onChanged }: GiveStepProps): ReactNode {
  const { key } = useReportKey();
  return (
    <Step number={2} title={GRANT.giving} takesFocus>
      {key ? (
        <Run reader={reader} own={key} onGiven={onGiven} onChanged={onChanged} />
      ) : (
        <>
          <p>{GRANT.locked(reader.displayName)}</p>
          <UnlockReports />
        </>
      )}
    </Step>
  );
}

function Run({ reader, own, onGiven, onChanged }: GiveStepProps & { readonly own: OwnKey }): ReactNode {
  const { phase, done, start, stop } = useGive(reader);
  const latest = useRef({ onGiven, onChanged });
  latest.current = { onGiven, onChanged };

  useEffect(() => start(own), [start, own]);
  useEffect(() => {
    if (phase.kind !== 'ended') return;
    const { given } = phase;
    if (given.kind === 'changed') latest.current.onChanged();
    else latest.current.onGiven(given);
  }, [phase]);

  return (
    <>
      <Progress done={Math.min(done, reader.lacks)} of={reader.lacks} />
      <RunWords phase={phase} done={done} onStop={stop} onResume={() => start(own)} />
    </>
  );
}

function Progress({ done, of }: { readonly done: number; readonly of: number }): ReactNode {
  return (
    <div className="give-progress">
      <progress max={Math.max(of, 1)} value={done} aria-label={GRANT.progressLabel} />
      <p role="status">{GRANT.progress(done, of)}</p>
    </div>
  );
}

interface RunWordsProps {
  readonly phase: GivePhase;
  readonly done: number;
  readonly onStop: () => void;
  readonly onResume: () => void;
}

function RunWords({ phase, done, onStop, onResume }: RunWordsProps): ReactNode {
  const resume = (
    <Button kind="primary" onPress={onResume}>
      {GRANT.resume}
    </Button>
  );
  if (phase.kind === 'stopped') {
    return (
      <Notice kind="warning" title={GRANT.stoppedTitle} isAnnounced actions={resume}>
        {GRANT.stopped(done)}
      </Notice>
    );
  }
  if (phase.kind === 'failed') {
    return (
      <>
        <ProblemNotice problem={phase.problem} actions={resume} />
        <p>{GRANT.failed(done)}</p>
      </>
    );
  }
  return (
    <>
      <p className="quiet-words">{GRANT.givingText}</p>
      <div className="actions">
        <Button onPress={onStop}>{GRANT.stop}</Button>
      </div>
    </>
  );
}
