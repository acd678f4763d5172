import { ChevronDown, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button, type ButtonProps } from './button.js';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

export interface MenuProps extends Pick<ButtonProps, 'kind' | 'icon' | 'className' | 'isDisabled' | 'aria-label'> {
  /** On the button. */
  readonly label: ReactNode;
  readonly entries: readonly MenuEntry[];
}

/** A button that opens a list of things to do. */
export function Menu({ label, entries, icon = ChevronDown, kind = 'secondary', ...button }: MenuProps): ReactNode {
  return (
    <MenuTrigger>
      <Button {...button} kind={kind} icon={icon}>
        {label}
      </Button>
      <Popover className="popover">
        <AriaMenu className="list-box">
          {entries.map(({ id, label: words, icon: Icon, isDangerous, isDisabled = false, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              className={isDangerous ? 'list-item dangerous' : 'list-item'}
              isDisabled={isDisabled}
              onAction={onAction}
            >
              {Icon && <Icon aria-hidden className="icon" />}
              {words}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
