import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** `primary`: what to do now, at most one on a screen. `danger`: what cannot be undone. `quiet`: no border. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: LucideIcon;
  readonly size?: 'normal' | 'large';
  readonly isFullWidth?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button with words; its icon, if any, stands beside them. `isPending` keeps its place and says that it is under way. */
export function Button({
  kind = 'secondary',
  icon: Icon,
  size = 'normal',
  isFullWidth = false,
  className = '',
  children,
  ...rest
}: ButtonProps): ReactNode {
  const classes = ['button', kind, size === 'large' && 'large', isFullWidth && 'full-width', className];
  return (
    <AriaButton {...rest} className={classes.filter(Boolean).join(' ')}>
      {Icon && <Icon aria-hidden className="icon" />}
      <span className="button-words">{children}</span>
    </AriaButton>
  );
}

/** A button that always has an icon beside its words. */
export function IconButton(props: ButtonProps & { readonly icon: LucideIcon }): ReactNode {
  return <Button kind="quiet" {...props} />;
}
