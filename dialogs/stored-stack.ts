import type { Dialog, DialogInstance, DialogState } from 'botbuilder-dialogs';

/** What the root dialog can tell of the dialogs that exist now. */
export interface KnownDialogs {
  readonly rootId: string;
  /** Changes whenever a dialog is added, removed or changes what it stores. */
  readonly version: string;
  find(id: string): Dialog | undefined;
}

/**
 * True when a stored stack is one that the present dialogs can go on from. Stacks of an earlier release, and anything
 * that is no stack at all, are not: the conversation then starts afresh.
 */
export function canGoOnFrom(stored: unknown, dialogs: KnownDialogs): stored is DialogState {
  const stack = stackOf(stored);
  if (!stack || stack.length > 1) return false;
  const [root] = stack;
  if (!root) return true;
  if (root.id !== dialogs.rootId || root.version !== dialogs.version) return false;
  const inner = stackOf(isRecord(root.state) ? root.state.dialogs : undefined);
  return inner?.every(({ id }) => dialogs.find(id) !== undefined) ?? false;
}

/** True when one of these dialogs is on the stack of the root's own state, whatever else is stored. */
export function isOnStack(stored: unknown, ids: readonly string[]): boolean {
  return innerOf(stored).some(({ id }) => ids.includes(id));
}

/** The one of the root's own dialogs that waits for a reply. */
export function topOf(stored: unknown): DialogInstance | undefined {
  return innerOf(stored).at(-1);
}

function innerOf(stored: unknown): DialogInstance[] {
  const [root] = stackOf(stored) ?? [];
  return stackOf(root && isRecord(root.state) ? root.state.dialogs : undefined) ?? [];
}

function stackOf(stored: unknown): DialogInstance[] | undefined {
  const stack = isRecord(stored) ? stored.dialogStack : undefined;
  return Array.isArray(stack) && stack.every(isInstance) ? stack : undefined;
}

function isInstance(entry: unknown): entry is DialogInstance {
  return isRecord(entry) && typeof entry.id === 'string' && isRecord(entry.state);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
