import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'isPending'> {
  /** `primary`: what to do now, at most one on a screen. `danger`: what cannot be undone. `quiet`: no border. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: LucideIcon;
  readonly size?: 'normal' | 'large';
  readonly isFullWidth?: boolean;
  /** What it does is under way: it keeps its place and the focus, and does nothing. */
  readonly isPending?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/**
 * A button with words; its icon, if any, stands beside them. (The pending state of react-aria would leave a label behind
 * that points to nothing when the button goes.)
 */
export function Button({
  kind = 'secondary',
  icon: Icon,
  size = 'normal',
  isFullWidth = false,
  isPending = false,
  className = '',
  children,
  ...rest
}: ButtonProps): ReactNode {
  const classes = [
    'button',
    kind,
    size === 'large' && 'large',
    isFullWidth && 'full-width',
    isPending && 'pending',
    className,
  ];
  return (
    <AriaButton {...rest} {...(isPending && PENDING)} className={classes.filter(Boolean).join(' ')}>
      {Icon && <Icon aria-hidden className="icon" />}
      <span className="button-words">{children}</span>
    </AriaButton>
  );
}

const PENDING = { 'aria-disabled': true, type: 'button', onPress: () => undefined } as const;

/** A button that always has an icon beside its words. */
export function IconButton(props: ButtonProps & { readonly icon: LucideIcon }): ReactNode {
  return <Button kind="quiet" {...props} />;
}
