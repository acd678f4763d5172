import { Undo2, X } from 'lucide-react';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { COMMON } from '../strings.js';
import { Button } from './button.js';

const SHOWN_MS = 8000;

export interface ToastRequest {
  readonly text: string;
  /** Offers « Annuler ». */
  readonly onUndo?: () => void;
  readonly kind?: 'info' | 'danger';
  /** Until it goes by itself; under the pointer or the focus it stays. 8 s by default. */
  readonly durationMs?: number;
  /** Goes when the reader goes elsewhere: it says where they have come to. */
  readonly isOfThisPage?: boolean;
}

export interface Toasts {
  /** Returns how to take it away. */
  readonly show: (toast: ToastRequest) => () => void;
  /** The reader goes elsewhere. */
  readonly leavePage: () => void;
}

interface ShownToast extends ToastRequest {
  readonly id: string;
}

const ToastContext = createContext<Toasts>({ show: () => () => undefined, leavePage: () => undefined });

/** `useToast().show({ text: 'Conversation rendue.', onUndo })` */
export function useToast(): Toasts {
  return use(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<readonly ShownToast[]>([]);
  const dismiss = useCallback((id: string) => setShown((before) => before.filter((toast) => toast.id !== id)), []);
  const toasts = useMemo<Toasts>(
    () => ({
      show(toast) {
        const id = crypto.randomUUID();
        setShown((before) => [...before.slice(-2), { ...toast, id }]);
        return () => dismiss(id);
      },
      leavePage: () => setShown((before) => before.filter(({ isOfThisPage }) => !isOfThisPage)),
    }),
    [dismiss],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      {/* Above a dialog too: react-aria makes everything inert that is beside one, but for what is marked so. */}
      <section
        aria-label={COMMON.notifications}
        aria-live="polite"
        aria-relevant="additions"
        data-react-aria-top-layer="true"
      >
        <ol className="toasts">
          {shown.map((toast) => (
            <Toast key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
          ))}
        </ol>
      </section>
    </ToastContext>
  );
}

function Toast({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: () => void }): ReactNode {
  const [isHeld, setHeld] = useState(false);
  const { id, durationMs = SHOWN_MS } = toast;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time is counted once for each toast, whoever renders.
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onDismiss, durationMs);
    return () => clearTimeout(timer);
  }, [id, durationMs, isHeld]);
  return (
    <li
      className={`toast ${toast.kind ?? 'info'}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{toast.text}</p>
      {toast.onUndo && (
        <Button
          icon={Undo2}
          onPress={() => {
            toast.onUndo?.();
            onDismiss();
          }}
        >
          {COMMON.undo}
        </Button>
      )}
      <Button kind="quiet" icon={X} onPress={onDismiss}>
        {COMMON.close}
      </Button>
    </li>
  );
}
