import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../api/client.js';
import type { InvitationView, Session } from '../api/types.js';
import { useLoad } from '../api/use-load.js';
import { Link, useRouter } from '../app/router.js';
import { useSessionControl } from '../app/session.js';
import type { Enrolment } from '../crypto/credentials.js';
import { COMMON } from '../strings.js';
import { FACTOR, LINK } from '../strings-auth.js';
import { Button, Notice, Spinner, type Toasts, useToast } from '../ui/index.js';
import { AcceptSteps } from './accept-steps.js';
import { EnrolForm, type Who } from './enrol-form.js';
import { Frame } from './frame.js';
import type { LinkToken } from './link-token.js';
import { SecondFactorSetup } from './second-factor-setup.js';

const STEPS = 3;
const READING_MS = 30_000;

/** Where a link leads: the first account, an invitation, or a new password. */
export default function LinkPage({ token }: { readonly token: LinkToken }): ReactNode {
  if (token === undefined) return <Invalid text={LINK.noToken} />;
  return <ReadLink token={token} />;
}

function ReadLink({ token }: { readonly token: string }): ReactNode {
  const { data, problem, reload } = useLoad('link', (signal) => call('readInvitation', { body: { token } }, signal));
  if (data) return <Enrol token={token} invitation={data} />;
  if (!problem) return <LoneSpinner />;
  // A token that is not even of the right form is refused as a malformed request.
  if (problem.status === 404) return <Invalid text={problem.detail} />;
  if (problem.status === 400) return <Invalid text={LINK.noToken} />;
  return <Invalid text={problem.detail} onRetry={reload} />;
}

interface Enrolled {
  readonly who: Who;
  readonly enrolment: Enrolment;
}

function Enrol({ token, invitation }: { readonly token: string; readonly invitation: InvitationView }): ReactNode {
  const [enrolled, setEnrolled] = useState<Enrolled>();
  const [isAccepted, setAccepted] = useState(false);
  const { state } = useSessionControl();
  const hasFactor = (state.status === 'in' || state.status === 'locked') && state.session.secondFactor === 'on';
  const step = (number: number) => ({ step: LINK.step(number, STEPS) });

  if (isAccepted) return hasFactor ? <Finish /> : <OfferFactor {...step(3)} />;
  if (enrolled) {
    return <AcceptSteps {...step(2)} token={token} {...enrolled} onAccepted={() => setAccepted(true)} />;
  }
  return (
    <EnrolForm {...step(1)} invitation={invitation} onEnrolled={(who, enrolment) => setEnrolled({ who, enrolment })} />
  );
}

function OfferFactor({ step }: { readonly step: string }): ReactNode {
  const { state, update } = useSessionControl();
  const [wantsIt, setWantsIt] = useState(false);
  const finish = useFinish();
  const isRequired = state.status === 'in' && state.session.secondFactor === 'required';
  const later = (
    <Button kind={wantsIt ? 'quiet' : 'secondary'} size={wantsIt ? 'normal' : 'large'} onPress={() => finish()}>
      {FACTOR.later}
    </Button>
  );
  return (
    <Frame title={FACTOR.title} step={step}>
      <p>{isRequired ? `${FACTOR.why} ${FACTOR.required}` : FACTOR.why}</p>
      {isRequired || wantsIt ? (
        <SecondFactorSetup
          onDone={(session) => {
            update(session);
            finish(FACTOR.on);
          }}
          {...(!isRequired && { actions: later })}
        />
      ) : (
        <div className="actions">
          <Button kind="primary" size="large" onPress={() => setWantsIt(true)}>
            {FACTOR.begin}
          </Button>
          {later}
        </div>
      )}
    </Frame>
  );
}

function Finish(): ReactNode {
  const finish = useFinish();
  useEffect(() => finish(), [finish]);
  return <LoneSpinner />;
}

/** Goes to the inbox; the link's page is not to be come back to. */
function useFinish(): (text?: string) => void {
  const { navigate } = useRouter();
  const { state } = useSessionControl();
  const toast = useToast();
  const latest = useRef(state);
  latest.current = state;
  const [finish] = useState(() => (text: string = LINK.done) => {
    toast.show({ text, isOfThisPage: true });
    navigate({ name: 'queue' }, { replace: true });
    if (latest.current.status === 'in') tellWhatIsMissing(latest.current.session, toast);
  });
  return finish;
}

/** The first visit says which reports are closed to newcomers; where it cannot be known, the page of the reports will say it. */
function tellWhatIsMissing({ account, permissions }: Session, toast: Toasts): void {
  if (!permissions.includes('reports')) return;
  call('readReportAccess', { isBackground: true }).then(
    ({ readers }) => {
      const lacks = readers.find(({ id }) => id === account.id)?.lacks ?? 0;
      if (lacks > 0) toast.show({ text: LINK.lacks(lacks), durationMs: READING_MS });
    },
    () => undefined,
  );
}

function Invalid({ text, onRetry }: { readonly text: string; readonly onRetry?: () => void }): ReactNode {
  return (
    <Frame title={LINK.invalidTitle}>
      <Notice kind="warning" isAnnounced>
        {text}
      </Notice>
      <div className="actions">
        {onRetry && (
          <Button kind="primary" onPress={onRetry}>
            {COMMON.retry}
          </Button>
        )}
        <Link to={{ name: 'queue' }} className="button">
          {LINK.toSignIn}
        </Link>
      </div>
    </Frame>
  );
}

function LoneSpinner(): ReactNode {
  return (
    <main className="lone">
      <Spinner />
    </main>
  );
}
