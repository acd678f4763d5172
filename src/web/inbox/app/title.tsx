import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { COMMON } from '../strings.js';
import { useRouter } from './router.js';

interface TitleBar {
  readonly setTitle: (title: string) => void;
  /** Before the title in the browser's tab: « (2) »; empty for none. */
  readonly setBadge: (badge: string) => void;
}

const TitleContext = createContext<TitleBar>({ setTitle: () => undefined, setBadge: () => undefined });

export function TitleProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [title, setTitle] = useState('');
  const [badge, setBadge] = useState('');
  useEffect(() => {
    document.title = [badge, title, title && '·', COMMON.product].filter(Boolean).join(' ');
  }, [title, badge]);
  const bar = useMemo(() => ({ setTitle, setBadge }), []);
  return <TitleContext value={bar}>{children}</TitleContext>;
}

/** Names the browser's tab after what is shown. */
export function useTitle(title: string): void {
  const { setTitle } = use(TitleContext);
  useEffect(() => setTitle(title), [title, setTitle]);
}

/** Puts how many wait before the tab's title, while it is given. */
export function useTitleBadge(badge: string): void {
  const { setBadge } = use(TitleContext);
  useEffect(() => {
    setBadge(badge);
    return () => setBadge('');
  }, [badge, setBadge]);
}

export interface PageTitleProps {
  readonly children: string;
  readonly isVisuallyHidden?: boolean;
  /** The heading takes the focus when the reader has come here by a link; true by default. */
  readonly takesFocus?: boolean;
}

/** The page's `h1`: names the tab as well, and takes the focus after a navigation, so that a screen reader reads on there. */
export function PageTitle({ children, isVisuallyHidden = false, takesFocus = true }: PageTitleProps): ReactNode {
  const { visits } = useRouter();
  const seen = useRef(0);
  useTitle(children);
  const heading = useCallback(
    (element: HTMLHeadingElement | null) => {
      if (!element || !takesFocus || seen.current === visits) return;
      seen.current = visits;
      element.focus({ preventScroll: true });
      scrollTo(0, 0);
    },
    [visits, takesFocus],
  );
  return (
    <h1 ref={heading} tabIndex={-1} className={isVisuallyHidden ? 'page-title visually-hidden' : 'page-title'}>
      {children}
    </h1>
  );
}
