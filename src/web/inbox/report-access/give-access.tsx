import { type ReactNode, useState } from 'react';
import type { ReportAccess } from '../api/types.js';
import { Link } from '../app/router.js';
import { useSession } from '../app/session.js';
import { PageTitle } from '../app/title.js';
import { ACCESS, GRANT } from '../strings-report-access.js';
import { LoadState, Notice } from '../ui/index.js';
import { CompareStep } from './compare-step.js';
import type { GivenAccess } from './give.js';
import { GiveStep } from './give-step.js';
import { ResultStep } from './result-step.js';
import { useAccess } from './use-access.js';
import type { AccessReader } from './who.js';

/** Compare the fingerprint, give access, see what came of it. */
export function GiveAccess({ id }: { readonly id: string }): ReactNode {
  const { session } = useSession();
  const { data, problem, reload } = useAccess();
  const reader = data?.readers.find((one) => one.id === id);
  const isOwn = id === session.account.id;
  return (
    <div className="page">
      <PageTitle>{reader ? GRANT.title(reader.displayName) : ACCESS.give}</PageTitle>
      {!data && <LoadState problem={problem} onRetry={reload} />}
      {data && (!reader || isOwn) && <NoSteps text={GRANT.noSuch} />}
      {data && reader && !isOwn && <Steps reader={reader} access={data} onChanged={reload} />}
    </div>
  );
}

interface StepsProps {
  readonly reader: AccessReader;
  readonly access: ReportAccess;
  readonly onChanged: () => void;
}

/** The key that was compared stays the one that is sealed to, whatever the server names meanwhile. */
function Steps({ reader, access, onChanged }: StepsProps): ReactNode {
  const [compared, setCompared] = useState<AccessReader>();
  const [hasChanged, setChanged] = useState(false);
  const [result, setResult] = useState<GivenAccess>();
  if (result) return <ResultStep reader={reader} access={access} result={result} />;
  if (compared) {
    return (
      <GiveStep
        reader={compared}
        onGiven={setResult}
        onChanged={() => {
          setCompared(undefined);
          setChanged(true);
          onChanged();
        }}
      />
    );
  }
  // Ticks of another key are no comparison of this one.
  return (
    <CompareStep key={reader.publicKey} reader={reader} hasChanged={hasChanged} onSame={() => setCompared(reader)} />
  );
}

function NoSteps({ text }: { readonly text: string }): ReactNode {
  return (
    <>
      <Notice kind="warning">{text}</Notice>
      <p>
        <Link to={{ name: 'reportAccess' }} className="button">
          {GRANT.back}
        </Link>
      </p>
    </>
  );
}
