import { Component, type ReactNode } from 'react';
import { COMMON } from '../strings.js';

interface Props {
  readonly children: ReactNode;
  /** When it changes, what failed is tried again: the address of the page. */
  readonly resetKey?: string;
}

interface State {
  readonly hasFailed: boolean;
  readonly resetKey: string | undefined;
}

/** A fault in one page leaves the others usable, and says so. (React offers this to classes only.) */
export class ErrorBoundary extends Component<Props, State> {
  static getDerivedStateFromError(): Partial<State> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { hasFailed: false, resetKey };
  }

  override state: State = { hasFailed: false, resetKey: this.props.resetKey };

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div className="lone" role="alert">
        <h1>{COMMON.brokenTitle}</h1>
        <p>{COMMON.broken}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {COMMON.reload}
        </button>
      </div>
    );
  }
}
