import { type RefObject, useRef, useState } from 'react';
import type { ApiProblem } from '../api/problem.js';
import { useAction } from '../api/use-action.js';
import { useUnsavedGuard } from '../app/router.js';
import { useToast } from '../ui/index.js';

export interface SharedEditOptions<View> {
  /** As it was loaded. */
  readonly first: View;
  /** Whether the form differs from what is saved. */
  readonly isDirty: (saved: View) => boolean;
  /** How much in the form has to be mended before it can be saved. */
  readonly faultCount: number;
  /** Puts a version of the server's into the form. */
  readonly load: (view: View) => void;
  /** Stores the form in place of `over`. @throws what the API threw, `ChangedMeanwhile` when `over` is not the latest. */
  readonly store: (over: View) => Promise<View>;
  /** Reads the latest version. */
  readonly read: () => Promise<View>;
  /** Said once it is stored. */
  readonly savedWords: string;
}

/** A form over something that colleagues edit as well. */
export interface SharedEdit<View> {
  readonly saved: View;
  /** A colleague's version that came in between, until one of the two has been chosen. */
  readonly theirs: View | undefined;
  readonly isDirty: boolean;
  readonly faultCount: number;
  /** Somebody has tried to save. */
  readonly areFaultsShown: boolean;
  readonly isBusy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Around the form: the first field at fault within it gets the focus. */
  readonly page: RefObject<HTMLDivElement | null>;
  /** Takes a version in place of what is in the form. */
  settle(view: View): void;
  /** Stores the form in place of `over`, or shows what has to be mended before. */
  trySaving(over: View): void;
}

/** Saves once at a time; a colleague's change in between is kept beside, and mine stays in the form. */
export function useSharedEdit<View>(options: SharedEditOptions<View>): SharedEdit<View> {
  const { first, faultCount, load, store, read, savedWords } = options;
  const [saved, setSaved] = useState(first);
  const [theirs, setTheirs] = useState<View>();
  const [areFaultsShown, showFaults] = useState(false);
  const toast = useToast();
  const page = useRef<HTMLDivElement>(null);
  const isDirty = options.isDirty(saved);
  useUnsavedGuard(isDirty);

  function settle(view: View): void {
    setTheirs(undefined);
    setSaved(view);
    showFaults(false);
    load(view);
  }

  const { run, isBusy, problem } = useAction(async (over: View) => {
    try {
      settle(await store(over));
      toast.show({ text: savedWords });
    } catch (fault) {
      if (!isConflict(fault)) throw fault;
      const latest = await read();
      setTheirs(() => latest);
    }
  });

  function trySaving(over: View): void {
    showFaults(true);
    if (faultCount === 0) void run(over);
    // After the faults have been drawn.
    else requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  return { saved, theirs, isDirty, faultCount, areFaultsShown, isBusy, problem, page, settle, trySaving };
}

function isConflict(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ChangedMeanwhile';
}
