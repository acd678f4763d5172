import { Copy } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { InvitationLink } from '../api/types.js';
import { dayAndTime } from '../app/dates.js';
import { COMMON } from '../strings.js';
import { TEAM } from '../strings-team.js';
import { Button, Dialog, TextField, useToast } from '../ui/index.js';

/** A link, and who it is for. */
export interface MadeLink {
  readonly link: InvitationLink;
  readonly name: string;
}

export interface LinkDialogProps {
  readonly made: MadeLink | undefined;
  readonly onClose: () => void;
}

/** Shows a new link, once. */
export function LinkDialog({ made, onClose }: LinkDialogProps): ReactNode {
  return (
    <Dialog
      isOpen={made !== undefined}
      onClose={onClose}
      title={TEAM.linkTitle}
      footer={<Button onPress={onClose}>{TEAM.done}</Button>}
    >
      {made && <LinkWords {...made} />}
    </Dialog>
  );
}

function LinkWords({ link, name }: MadeLink): ReactNode {
  const toast = useToast();
  const box = useRef<HTMLInputElement>(null);
  const copy = () => {
    navigator.clipboard.writeText(link.url).then(
      () => toast.show({ text: TEAM.linkCopied }),
      () => {
        box.current?.select();
        toast.show({ text: COMMON.copyFailed, kind: 'danger' });
      },
    );
  };
  return (
    <div className="stack">
      <p>{TEAM.linkFor(name)}</p>
      <TextField label={TEAM.link} value={link.url} isReadOnly inputRef={box} autoComplete="off" />
      <p className="quiet-words">{TEAM.linkUntil(dayAndTime(link.expiresAt))}</p>
      <Button kind="primary" icon={Copy} onPress={copy}>
        {TEAM.copyLink}
      </Button>
    </div>
  );
}
