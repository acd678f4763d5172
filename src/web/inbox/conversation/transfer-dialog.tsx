import { UserRoundCheck, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk, useLive } from '../live/hooks.js';
import type { Colleague } from '../live/wire.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TRANSFER } from './strings.js';

export interface TransferDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Without anybody: to all. */
  readonly onTransfer: (to?: { readonly id: string; readonly name: string }) => void;
}

/** A button for each colleague: choosing is doing. */
export function TransferDialog({ isOpen, onClose, onTransfer }: TransferDialogProps): ReactNode {
  const { me } = useDesk();
  const team = useLive((state) => state.team);
  const colleagues = team.filter(({ id }) => id !== me).toSorted((a, b) => presence(b) - presence(a));
  const choose = (to?: { readonly id: string; readonly name: string }): void => {
    onClose();
    onTransfer(to);
  };
  return (
    <Dialog
      isOpen={isOpen}
      title={TRANSFER.title}
      onClose={onClose}
      footer={<Button onPress={onClose}>{TRANSFER.cancel}</Button>}
    >
      <div className="stack">
        <p>{TRANSFER.text}</p>
        <Button icon={UsersRound} isFullWidth onPress={() => choose()}>
          {TRANSFER.all}
        </Button>
        {colleagues.map((colleague) => (
          <Button
            key={colleague.id}
            icon={UserRoundCheck}
            isFullWidth
            onPress={() => choose({ id: colleague.id, name: colleague.displayName })}
          >
            {colleague.displayName} <span className="quiet-words">({presenceWords(colleague)})</span>
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

function presence({ isConnected, isAvailable }: Colleague): number {
  return Number(isConnected) + Number(isConnected && isAvailable);
}

function presenceWords(colleague: Colleague): string {
  return [TRANSFER.away, TRANSFER.connected, TRANSFER.available][presence(colleague)] ?? TRANSFER.away;
}
