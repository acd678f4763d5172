import { createContext, type ReactNode, use } from 'react';
import { SHELL } from '../strings.js';
import { VisuallyHidden } from '../ui/index.js';

/** How many people wait for a delegate. Whoever follows the queue provides it: `<WaitingContext value={count}>`. */
export const WaitingContext = createContext(0);

export function WaitingBadge(): ReactNode {
  const count = use(WaitingContext);
  if (count === 0) return null;
  return (
    <span className="badge">
      <span aria-hidden>{count}</span>
      <VisuallyHidden>{` : ${SHELL.waiting(count)}`}</VisuallyHidden>
    </span>
  );
}
