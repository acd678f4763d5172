import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { call } from '../api/client.js';
import { useSession } from '../app/session.js';
import { WaitingContext } from '../app/waiting-badge.js';
import { countWaiting, orderQueue } from '../queue/order.js';
import { Announcements } from './announcements.js';
import { createDeskClient } from './desk-client.js';
import { DeskContext, useDesk, useServerNow } from './hooks.js';

export { useDesk, useLive, useNow, useServerNow, useWriting } from './hooks.js';

/** How many people wait for a delegate now and how many dangers nobody has seen; also known to a locked page. */
export function useWaiting(): { readonly waiting: number; readonly emergencies: number } {
  const { live, me } = useDesk();
  const serverNow = useServerNow(5_000);
  const { cards, readSeqs, locked } = useSyncExternalStore(live.subscribe, live.snapshot);
  return useMemo(
    () => locked ?? countWaiting(orderQueue({ cards: cards?.values() ?? [], readSeqs, me, now: serverNow })),
    [locked, cards, readSeqs, me, serverNow],
  );
}

/**
 * Follows the desk for somebody who is logged in, also while the page is locked: then only to count who waits. It stands
 * around every page, so that going from one to another loses nothing.
 */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { session, isLocked, refresh } = useSession();
  const me = session.account.id;
  const desk = useMemo(() => createDeskClient({ me, call, onSessionOver: () => void refresh() }), [me, refresh]);
  useEffect(() => desk.start(), [desk]);
  useEffect(() => desk.setLocked(isLocked), [desk, isLocked]);
  return (
    <DeskContext value={desk}>
      <Announcements />
      <Waiting>{children}</Waiting>
    </DeskContext>
  );
}

/** Tells the frame how many people wait. */
function Waiting({ children }: { readonly children: ReactNode }): ReactNode {
  return <WaitingContext value={useWaiting().waiting}>{children}</WaitingContext>;
}
