import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem.js';
import { COMMON } from '../strings.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

/** Something is under way, in words. */
export function Spinner({ children = COMMON.loading }: { readonly children?: string }): ReactNode {
  return (
    <p className="spinner" role="status">
      <LoaderCircle aria-hidden className="icon turning" />
      {children}
    </p>
  );
}

export interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Nothing here, why, and what to do next. */
export function EmptyState({ icon: Icon, title, actions, children }: EmptyStateProps): ReactNode {
  return (
    <div className="empty">
      {Icon && <Icon aria-hidden className="icon" />}
      <p className="empty-title">{title}</p>
      {children && <div className="quiet-words">{children}</div>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

/** For a page that reads something first: a spinner, or why it failed with « Essayer de nouveau ». */
export function LoadState({
  problem,
  onRetry,
}: {
  readonly problem: ApiProblem | undefined;
  readonly onRetry: () => void;
}): ReactNode {
  if (!problem) return <Spinner />;
  return (
    <Notice kind="danger" isAnnounced actions={<Button onPress={onRetry}>{COMMON.retry}</Button>}>
      {problem.detail}
    </Notice>
  );
}

/** Read by screen readers, seen by nobody. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="visually-hidden">{children}</span>;
}
