import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ApiProblem } from '../api/problem.js';

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger';

const ICONS: Readonly<Record<NoticeKind, LucideIcon>> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: OctagonAlert,
};

export interface NoticeProps {
  readonly kind?: NoticeKind;
  readonly title?: string;
  /** Buttons under the text. */
  readonly actions?: ReactNode;
  /** Read aloud when it appears. */
  readonly isAnnounced?: boolean;
  readonly children?: ReactNode;
}

/** A word about what is on the screen: beside it, not over it. */
export function Notice({ kind = 'info', title, actions, isAnnounced = false, children }: NoticeProps): ReactNode {
  const Icon = ICONS[kind];
  const role = kind === 'danger' ? 'alert' : 'status';
  return (
    <div className={`notice ${kind}`} role={isAnnounced ? role : undefined}>
      <Icon aria-hidden className="icon" />
      <div className="notice-words">
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="actions">{actions}</div>}
      </div>
    </div>
  );
}

/** Why something was refused, where it was asked for; it takes the focus, so that it is read and seen. */
export function ProblemNotice({
  problem,
  actions,
}: {
  readonly problem: ApiProblem | undefined;
  readonly actions?: ReactNode;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) box.current?.focus();
  }, [problem]);
  if (!problem) return null;
  return (
    <div ref={box} tabIndex={-1} className="problem" role="alert">
      <Notice kind="danger" {...(actions !== undefined && { actions })}>
        {problem.detail}
      </Notice>
    </div>
  );
}
