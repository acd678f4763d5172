import { createContext, type ReactNode, use, useCallback, useState } from 'react';

export type Announce = (text: string, urgency?: 'polite' | 'assertive') => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Reads something aloud that shows elsewhere on the screen. */
export function useAnnounce(): Announce {
  return use(AnnounceContext);
}

/** Holds the regions that screen readers listen to: they must be there before there is anything to say. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, setSaid] = useState({ polite: '', assertive: '', round: 0 });
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    // The same words twice are news twice: an invisible difference makes them so.
    setSaid((before) => {
      const round = before.round + 1;
      return { ...before, round, [urgency]: round % 2 === 0 ? text : `${text}\u00a0` };
    });
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <LiveRegion urgency="polite">{said.polite}</LiveRegion>
      <LiveRegion urgency="assertive">{said.assertive}</LiveRegion>
    </AnnounceContext>
  );
}

export interface LiveRegionProps {
  readonly urgency?: 'polite' | 'assertive';
  readonly children: ReactNode;
}

/** What changes in it is read aloud, beside a dialog as well; nobody sees it. */
export function LiveRegion({ urgency = 'polite', children }: LiveRegionProps): ReactNode {
  return (
    <div className="visually-hidden" aria-live={urgency} aria-atomic="true" data-react-aria-top-layer="true">
      {children}
    </div>
  );
}
