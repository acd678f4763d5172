import { Lock, LogOut, Menu as MenuIcon } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { COMMON, SHELL } from '../strings.js';
import { Button, Dialog, Menu, Spinner, useToast } from '../ui/index.js';
import { AvailabilitySwitch } from './availability.js';
import { ErrorBoundary } from './error-boundary.js';
import { NavigationList, PhoneBar } from './navigation.js';
import { PageContent } from './page-content.js';
import { useRouter } from './router.js';
import { addressOf } from './routes.js';
import { useSession } from './session.js';
import { useIdleLock } from './use-idle-lock.js';

/** The frame of the inbox: header, navigation, and the page. */
export function Shell(): ReactNode {
  const { route, visits } = useRouter();
  const { session, lock, refresh } = useSession();
  const { leavePage } = useToast();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit ends the one before it.
  useEffect(() => leavePage, [visits, leavePage]);
  useIdleLock({ minutes: session.idleLockMinutes, lock, keepAwake: () => void refresh() });
  return (
    <div className="shell" data-route={route.name}>
      <a className="skip" href="#contenu">
        {SHELL.skip}
      </a>
      <Header />
      <nav className="rail" aria-label={SHELL.mainNavigation}>
        <NavigationList />
      </nav>
      <main className="content" id="contenu" tabIndex={-1}>
        {session.isDemo && <p className="demo-strip">{SHELL.demo}</p>}
        <ErrorBoundary resetKey={addressOf(route)}>
          <Suspense fallback={<Spinner />}>
            <PageContent />
          </Suspense>
        </ErrorBoundary>
      </main>
      <PhoneNavigation />
    </div>
  );
}

function Header(): ReactNode {
  const { lock } = useSession();
  return (
    <header className="header">
      <p className="brand">{COMMON.product}</p>
      <AvailabilitySwitch />
      <div className="header-actions">
        <Button kind="quiet" icon={Lock} onPress={lock}>
          {SHELL.lock}
        </Button>
        <UserMenu />
      </div>
    </header>
  );
}

function UserMenu(): ReactNode {
  const { session, logOut } = useSession();
  const { navigate } = useRouter();
  return (
    <Menu
      kind="quiet"
      label={session.account.displayName}
      entries={[
        { id: 'account', label: SHELL.account, onAction: () => navigate({ name: 'account' }) },
        { id: 'out', label: SHELL.logOut, icon: LogOut, onAction: () => void logOut() },
      ]}
    />
  );
}

/** On a narrow screen: three pages at the bottom, and a drawer with all of them. */
function PhoneNavigation(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { lock, logOut } = useSession();
  const close = () => setOpen(false);
  return (
    <>
      <nav className="phone-bar" aria-label={SHELL.mainNavigation}>
        <PhoneBar />
        <button type="button" className="phone-entry" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <MenuIcon aria-hidden className="icon" />
          {SHELL.menu}
        </button>
      </nav>
      <Dialog isOpen={isOpen} onClose={close} title={SHELL.menu} shape="drawer">
        <NavigationList withAccount onFollow={close} />
        <div className="drawer-actions">
          <Button icon={Lock} isFullWidth onPress={lock}>
            {SHELL.lock}
          </Button>
          <Button icon={LogOut} isFullWidth kind="quiet" onPress={() => void logOut()}>
            {SHELL.logOut}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
