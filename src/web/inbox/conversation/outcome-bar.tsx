import { CircleCheck, OctagonAlert, Undo2, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { COMMON } from '../strings.js';
import { Button } from '../ui/button.js';
import type { DeskActions } from './use-desk-actions.js';

/** Long enough to be found and read; a refusal stays until the next action. */
const SHOWN_MS = 30_000;

/** What was just done, and the way back. It stands in the page and covers nothing. */
export function OutcomeBar({ actions: { outcome, dismiss } }: { readonly actions: DeskActions }): ReactNode {
  useEffect(() => {
    if (outcome?.kind !== 'success') return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome, dismiss]);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed has gone with what it did: a keyboard goes on from here.
    if (outcome && document.activeElement === document.body) bar.current?.focus();
  }, [outcome]);
  if (!outcome) return null;
  const Icon = outcome.kind === 'success' ? CircleCheck : OctagonAlert;
  return (
    <div ref={bar} tabIndex={-1} className={`outcome ${outcome.kind}`}>
      <Icon aria-hidden className="icon" />
      <p>{outcome.text}</p>
      {outcome.undo && (
        <Button icon={Undo2} onPress={outcome.undo}>
          {COMMON.undo}
        </Button>
      )}
      <Button kind="quiet" icon={X} onPress={dismiss}>
        {COMMON.close}
      </Button>
    </div>
  );
}
