import {
  createContext,
  type MouseEvent,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { COMMON } from '../strings.js';
import { ConfirmDialog } from '../ui/dialog.js';
import { addressOf, type Route, routeOf } from './routes.js';

export interface Router {
  readonly route: Route;
  /** How many times the reader has gone somewhere; 0 on the page that was loaded. */
  readonly visits: number;
  /** Goes there, unless the reader would rather keep what is not saved. */
  readonly navigate: (to: Route, options?: { readonly replace?: boolean }) => void;
  /** While somebody holds it, leaving is asked about. Returns how to let go. */
  readonly hold: () => () => void;
}

const RouterContext = createContext<Router | undefined>(undefined);

export function useRouter(): Router {
  const router = use(RouterContext);
  if (!router) throw new Error('No RouterProvider');
  return router;
}

/** Asks before the page is left while `isDirty`: by a link of ours, by « back », or by closing the tab. */
export function useUnsavedGuard(isDirty: boolean): void {
  const { hold } = useRouter();
  useEffect(() => (isDirty ? hold() : undefined), [isDirty, hold]);
}

export function RouterProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [place, setPlace] = useState(() => ({ route: routeOf(location.pathname), visits: 0 }));
  const [asked, setAsked] = useState<() => void>();
  const holders = useRef(new Set<symbol>());
  const shown = useRef(location.pathname);

  const show = useCallback(() => {
    shown.current = location.pathname;
    setPlace((before) => ({ route: routeOf(location.pathname), visits: before.visits + 1 }));
  }, []);

  const navigate = useCallback<Router['navigate']>(
    (to, { replace = false } = {}) => {
      const address = addressOf(to);
      const go = () => {
        history[replace ? 'replaceState' : 'pushState'](null, '', address);
        show();
      };
      if (address === shown.current) return;
      if (holders.current.size > 0) setAsked(() => go);
      else go();
    },
    [show],
  );

  const hold = useCallback(() => {
    const holder = Symbol();
    holders.current.add(holder);
    return () => {
      holders.current.delete(holder);
    };
  }, []);

  useEffect(() => {
    const onPop = () => {
      if (location.pathname === shown.current) return;
      if (holders.current.size === 0) return show();
      const wanted = location.pathname;
      history.pushState(null, '', shown.current);
      setAsked(() => () => {
        history.pushState(null, '', wanted);
        show();
      });
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (holders.current.size > 0) event.preventDefault();
    };
    addEventListener('popstate', onPop);
    addEventListener('beforeunload', onUnload);
    return () => {
      removeEventListener('popstate', onPop);
      removeEventListener('beforeunload', onUnload);
    };
  }, [show]);

  const router = useMemo(() => ({ ...place, navigate, hold }), [place, navigate, hold]);
  return (
    <RouterContext value={router}>
      {children}
      <ConfirmDialog
        isOpen={asked !== undefined}
        title={COMMON.unsavedTitle}
        confirm={COMMON.leave}
        cancel={COMMON.stay}
        isDangerous
        onConfirm={() => {
          holders.current.clear();
          setAsked(undefined);
          asked?.();
        }}
        onClose={() => setAsked(undefined)}
      >
        {COMMON.unsaved}
      </ConfirmDialog>
    </RouterContext>
  );
}

export interface LinkProps {
  readonly to: Route;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onFollow?: () => void;
}

/** A link within the page; opened in another tab it works as well. */
export function Link({ to, className, children, onFollow }: LinkProps): ReactNode {
  const { navigate, route } = useRouter();
  const address = addressOf(to);
  const isHere = addressOf(route) === address && route.name !== 'unknown';
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow?.();
    navigate(to);
  };
  return (
    <a className={className} href={address} aria-current={isHere ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
