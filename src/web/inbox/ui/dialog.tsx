import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { COMMON } from '../strings.js';
import { Button } from './button.js';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  /** Under the text: the buttons. */
  readonly footer?: ReactNode;
  /** `drawer` comes in from the side; `wide` has room for a picture. */
  readonly shape?: 'box' | 'wide' | 'drawer';
  /** What must be answered and not waved away. */
  readonly isAlert?: boolean;
  readonly children: ReactNode;
}

/** A window over the page; the focus stays in it and goes back to where it was. */
export function Dialog({ isOpen, title, onClose, footer, shape = 'box', isAlert = false, children }: DialogProps) {
  return (
    <ModalOverlay
      className={`overlay ${shape}`}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={!isAlert}
    >
      <Modal className={`modal ${shape}`}>
        <AriaDialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {!isAlert && (
              <Button kind="quiet" icon={X} onPress={onClose}>
                {COMMON.close}
              </Button>
            )}
          </div>
          <div className="dialog-body">{children}</div>
          {footer && <div className="dialog-foot">{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will happen, on its button: « Supprimer le compte ». */
  readonly confirm: string;
  readonly cancel?: string;
  readonly isDangerous?: boolean;
  readonly isPending?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Only for what cannot be undone; elsewhere act, and offer « Annuler » in a toast. */
export function ConfirmDialog({
  isOpen,
  title,
  confirm,
  cancel = COMMON.cancel,
  isDangerous = false,
  isPending = false,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps): ReactNode {
  const footer = (
    <>
      <Button onPress={onClose} autoFocus>
        {cancel}
      </Button>
      <Button kind={isDangerous ? 'danger' : 'primary'} onPress={onConfirm} isPending={isPending}>
        {confirm}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={isOpen} title={title} onClose={onClose} footer={footer} isAlert>
      {children}
    </Dialog>
  );
}
