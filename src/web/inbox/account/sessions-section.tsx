import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import type { OwnSession } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useLoad } from '../api/use-load.js';
import { dayAndTime } from '../app/dates.js';
import { ACCOUNT } from '../strings-account.js';
import { Button, LoadState, ProblemNotice, Section, useToast } from '../ui/index.js';

/** Where one is logged in, and how to end it elsewhere: a phone that was lost. */
export function SessionsSection(): ReactNode {
  const toast = useToast();
  const { data, problem, reload } = useLoad('sessions', (signal) => call('listSessions', {}, signal));
  const revoke = useAction(async (id: string) => {
    await call('revokeSession', { params: { id } });
    toast.show({ text: ACCOUNT.revoked });
    reload();
  });
  const revokeOthers = useAction(async () => {
    await call('revokeOtherSessions');
    toast.show({ text: ACCOUNT.othersRevoked });
    reload();
  });
  if (!data) {
    return (
      <Section title={ACCOUNT.sessions}>
        <LoadState problem={problem} onRetry={reload} />
      </Section>
    );
  }
  const others = data.sessions.filter(({ isCurrent }) => !isCurrent);
  const own = data.sessions.filter(({ isCurrent }) => isCurrent);
  return (
    <Section title={ACCOUNT.sessions}>
      <ProblemNotice problem={revoke.problem ?? revokeOthers.problem} />
      <ul className="rows">
        {[...own, ...others].map((session) => (
          <SessionRow key={session.id} session={session} onRevoke={() => void revoke.run(session.id)} />
        ))}
      </ul>
      {others.length === 0 && <p className="quiet-words">{ACCOUNT.noOthers}</p>}
      {others.length > 1 && (
        <div className="actions">
          <Button onPress={() => void revokeOthers.run()} isPending={revokeOthers.isBusy}>
            {ACCOUNT.revokeOthers}
          </Button>
        </div>
      )}
    </Section>
  );
}

interface SessionRowProps {
  readonly session: OwnSession;
  readonly onRevoke: () => void;
}

function SessionRow({ session, onRevoke }: SessionRowProps): ReactNode {
  const { device, createdAt, lastActiveAt, isCurrent } = session;
  return (
    <li>
      <div>
        <p className="tags">
          <strong>{device}</strong>
          {isCurrent && <span className="tag there">{ACCOUNT.thisDevice}</span>}
        </p>
        <p className="quiet-words">
          {isCurrent ? ACCOUNT.connectedSince(dayAndTime(createdAt)) : ACCOUNT.lastActive(dayAndTime(lastActiveAt))}
        </p>
      </div>
      {!isCurrent && (
        <Button onPress={onRevoke} aria-label={ACCOUNT.revokeNamed(device)}>
          {ACCOUNT.revoke}
        </Button>
      )}
    </li>
  );
}
