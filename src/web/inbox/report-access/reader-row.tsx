import type { ReactNode } from 'react';
import { Link } from '../app/router.js';
import { ACCESS } from '../strings-report-access.js';
import { Fingerprint, Notice } from '../ui/index.js';
import { useFingerprint } from './use-fingerprint.js';
import type { AccessReader } from './who.js';

export interface ReaderRowProps {
  readonly reader: AccessReader;
  readonly reports: number;
  readonly isSelf: boolean;
}

/** One delegate: how much they can read, their fingerprint, and what to do where something is missing. */
export function ReaderRow({ reader, reports, isSelf }: ReaderRowProps): ReactNode {
  const { id, displayName: name, canRead, lacks, publicKey } = reader;
  const groups = useFingerprint(publicKey);
  return (
    <li>
      <div className="member">
        <div className="member-head">
          <div>
            <h3>{isSelf ? `${name} (${ACCESS.you})` : name}</h3>
            {reports > 0 && (
              <p className="tags">
                {lacks > 0 && <span className="tag warning">{ACCESS.lacksSome(lacks)}</span>}
                {lacks === 0 && canRead > 0 && <span className="tag there">{ACCESS.readsAll}</span>}
              </p>
            )}
          </div>
          {!isSelf && lacks > 0 && (
            <Link to={{ name: 'giveAccess', id }} className="button primary">
              {ACCESS.give}
              <span className="visually-hidden">{` : ${name}`}</span>
            </Link>
          )}
        </div>
        {reports > 0 && <p>{ACCESS.canRead(canRead, reports)}</p>}
        {isSelf && lacks > 0 && (
          <Notice kind="warning" title={ACCESS.ownLacksTitle(lacks)}>
            {ACCESS.ownLacks}
          </Notice>
        )}
        <div>
          <p className="quiet-words">{isSelf ? ACCESS.ownFingerprint : ACCESS.fingerprintOf(name)}</p>
          {groups && <Fingerprint>{groups.join(' ')}</Fingerprint>}
        </div>
      </div>
    </li>
  );
}
