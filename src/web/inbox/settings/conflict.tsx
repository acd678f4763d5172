import { type ReactNode, useEffect, useRef } from 'react';
import { Button, Notice } from '../ui/index.js';

export interface ConflictProps {
  readonly title: string;
  readonly text: string;
  readonly keepMine: string;
  readonly takeTheirs: string;
  readonly isBusy: boolean;
  readonly onKeep: () => void;
  readonly onTake: () => void;
  /** Both versions, to compare. */
  readonly children?: ReactNode;
}

/** A colleague has saved in between: in place of the button that was pressed, and with the focus, so that it is seen. */
export function Conflict({
  title,
  text,
  keepMine,
  takeTheirs,
  isBusy,
  onKeep,
  onTake,
  children,
}: ConflictProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1}>
      <Notice
        kind="warning"
        title={title}
        isAnnounced
        actions={
          <>
            <Button onPress={onKeep} isPending={isBusy}>
              {keepMine}
            </Button>
            <Button onPress={onTake}>{takeTheirs}</Button>
          </>
        }
      >
        <p>{text}</p>
        {children}
      </Notice>
    </div>
  );
}
