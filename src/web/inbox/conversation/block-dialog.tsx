import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextArea } from '../ui/field.js';
import { BLOCK } from './strings.js';

/** As the server takes it. */
const MAX_LENGTH = 300;

export interface BlockDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onBlock: (reason: string) => void;
}

export function BlockDialog({ isOpen, onClose, onBlock }: BlockDialogProps): ReactNode {
  return (
    <Dialog isOpen={isOpen} title={BLOCK.title} onClose={onClose}>
      <BlockForm onClose={onClose} onBlock={onBlock} />
    </Dialog>
  );
}

function BlockForm({ onClose, onBlock }: Omit<BlockDialogProps, 'isOpen'>): ReactNode {
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);

  function confirm(): void {
    if (reason.trim() === '') {
      setMissing(true);
      return;
    }
    onClose();
    onBlock(reason.trim());
  }

  return (
    <div className="stack">
      <p>{BLOCK.text}</p>
      <TextArea
        label={BLOCK.reason}
        rows={2}
        value={reason}
        maxLength={MAX_LENGTH}
        onChange={setReason}
        error={isMissing ? BLOCK.missing : undefined}
        autoFocus
      />
      <div className="dialog-foot">
        <Button onPress={onClose}>{BLOCK.cancel}</Button>
        <Button kind="danger" onPress={confirm}>
          {BLOCK.confirm}
        </Button>
      </div>
    </div>
  );
}
