import { lazy, type ReactNode, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { LinkToken } from '../auth/link-token.js';
import { LiveProvider } from '../live/provider.js';
import { ReportDraftsProvider } from '../reports/drafts.js';
import { COMMON, INSECURE, PAGES } from '../strings.js';
import { AnnouncerProvider, Button, Notice, Spinner, ToastProvider } from '../ui/index.js';
import { ErrorBoundary } from './error-boundary.js';
import { RouterProvider, useRouter } from './router.js';
import { SessionProvider, useSessionControl } from './session.js';
import { Shell } from './shell.js';
import { TitleProvider } from './title.js';

const LinkPage = lazy(() => import('../auth/link-page.js'));
const SignIn = lazy(() => import('../auth/sign-in.js'));
const LockScreen = lazy(() => import('../auth/lock-screen.js'));
const RequiredFactor = lazy(() => import('../auth/required-factor.js'));
const AlarmRinger = lazy(() => import('../alarm/ringer.js'));

export interface AppProps {
  /** Of the link that the page was opened by. */
  readonly linkToken: LinkToken;
}

export function App({ linkToken }: AppProps): ReactNode {
  return (
    <I18nProvider locale="fr-FR">
      <ErrorBoundary>
        <AnnouncerProvider>
          <ToastProvider>
            <RouterProvider>
              <TitleProvider>
                <SessionProvider>
                  <Suspense fallback={<Waiting />}>
                    <Gate linkToken={linkToken} />
                  </Suspense>
                </SessionProvider>
              </TitleProvider>
            </RouterProvider>
          </ToastProvider>
        </AnnouncerProvider>
      </ErrorBoundary>
    </I18nProvider>
  );
}

/** What somebody sees first: a link's page, the sign-in, the lock, or the inbox. */
function Gate({ linkToken }: AppProps): ReactNode {
  const { state, refresh } = useSessionControl();
  const { route } = useRouter();
  // Browsers give no cryptography to a page that somebody on the way may have changed.
  if (!isSecureContext) return <Insecure />;
  if (route.name === 'link') return <LinkPage token={linkToken} />;
  switch (state.status) {
    case 'loading':
      return <Waiting />;
    case 'unreachable':
      return (
        <main className="lone">
          <h1>{COMMON.product}</h1>
          <Notice kind="danger" isAnnounced actions={<Button onPress={() => void refresh()}>{COMMON.retry}</Button>}>
            {state.problem.detail}
          </Notice>
        </main>
      );
    case 'out':
      return <SignIn hasEnded={state.hasEnded} />;
    case 'locked':
    case 'in':
      return (
        <LiveProvider>
          <Suspense>
            <AlarmRinger />
          </Suspense>
          <ReportDraftsProvider key={state.session.account.id}>
            <Inside isLocked={state.status === 'locked'} needsFactor={state.session.secondFactor === 'required'} />
          </ReportDraftsProvider>
        </LiveProvider>
      );
  }
}

function Inside({ isLocked, needsFactor }: { readonly isLocked: boolean; readonly needsFactor: boolean }): ReactNode {
  if (isLocked) return <LockScreen />;
  if (needsFactor) return <RequiredFactor />;
  return <Shell />;
}

function Insecure(): ReactNode {
  return (
    <main className="lone">
      <h1>{INSECURE.title}</h1>
      <Notice kind="danger">{INSECURE.text}</Notice>
    </main>
  );
}

function Waiting(): ReactNode {
  return (
    <main className="lone" aria-label={PAGES.queue}>
      <Spinner />
    </main>
  );
}
