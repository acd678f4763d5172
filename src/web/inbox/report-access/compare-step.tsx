import { type ReactNode, useState } from 'react';
import { Link } from '../app/router.js';
import { COMMON } from '../strings.js';
import { GRANT } from '../strings-report-access.js';
import { Button, Checkbox, Notice, Spinner } from '../ui/index.js';
import { Step } from './step.js';
import { useFingerprint } from './use-fingerprint.js';
import type { AccessReader } from './who.js';

export interface CompareStepProps {
  readonly reader: AccessReader;
  /** It was compared before, and has changed since. */
  readonly hasChanged: boolean;
  readonly onSame: () => void;
}

/** Two people compare a key by voice or side by side, group by group: nothing else shows that a key was put in its place. */
export function CompareStep({ reader, hasChanged, onSame }: CompareStepProps): ReactNode {
  const { displayName: name, publicKey } = reader;
  const [isDifferent, setDifferent] = useState(false);
  if (isDifferent) return <Different name={name} onAgain={() => setDifferent(false)} />;
  return (
    <Step number={1} title={GRANT.compare} takesFocus={hasChanged}>
      {hasChanged && (
        <Notice kind="warning" isAnnounced>
          {GRANT.changed(name)}
        </Notice>
      )}
      <ol className="steps">
        {GRANT.how(name).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <Groups name={name} publicKey={publicKey} onSame={onSame} onDifferent={() => setDifferent(true)} />
      <Notice title={GRANT.whyTitle}>{GRANT.why}</Notice>
    </Step>
  );
}

interface GroupsProps {
  readonly name: string;
  readonly publicKey: string;
  readonly onSame: () => void;
  readonly onDifferent: () => void;
}

/** One box for each group: ticking them as they are read keeps the place, and is the comparison. */
function Groups({ name, publicKey, onSame, onDifferent }: GroupsProps): ReactNode {
  const groups = useFingerprint(publicKey);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [isMissing, setMissing] = useState(false);
  if (!groups) return <Spinner />;

  const tick = (index: number, isOn: boolean) => {
    setMissing(false);
    setTicked((before) => {
      const after = new Set(before);
      if (isOn) after.add(index);
      else after.delete(index);
      return after;
    });
  };
  const check = () => {
    if (ticked.size === groups.length) onSame();
    else setMissing(true);
  };
  return (
    <>
      <fieldset className="fingerprint-groups">
        <legend className="field-label">{GRANT.groupsOf(name)}</legend>
        {groups.map((group, index) => (
          <Checkbox
            // biome-ignore lint/suspicious/noArrayIndexKey: the groups stay where they are, and two may be the same.
            key={index}
            isSelected={ticked.has(index)}
            onChange={(isOn) => tick(index, isOn)}
            aria-label={GRANT.group(index + 1, [...group].join(' '))}
          >
            <span className="fingerprint-group" aria-hidden>
              {group}
            </span>
          </Checkbox>
        ))}
      </fieldset>
      <p className="field-error" role="alert">
        {isMissing && GRANT.missing}
      </p>
      <div className="actions">
        <Button kind="primary" size="large" onPress={check}>
          {GRANT.give}
        </Button>
        <Button onPress={onDifferent}>{GRANT.different}</Button>
        <Link to={{ name: 'reportAccess' }} className="button quiet">
          {COMMON.cancel}
        </Link>
      </div>
    </>
  );
}

function Different({ name, onAgain }: { readonly name: string; readonly onAgain: () => void }): ReactNode {
  return (
    <Step number={1} title={GRANT.differentTitle} takesFocus>
      <Notice kind="danger">{GRANT.differentText(name)}</Notice>
      <div className="actions">
        <Button onPress={onAgain}>{GRANT.again}</Button>
        <Link to={{ name: 'reportAccess' }} className="button">
          {GRANT.back}
        </Link>
      </div>
    </Step>
  );
}
