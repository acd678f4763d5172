import type { ReactNode } from 'react';
import { LINK, PASSWORD_KEPT } from '../strings-auth.js';
import { Button, Notice } from '../ui/index.js';
import { Frame } from './frame.js';

/** The answer was lost, and the new password holds: what is left is to log in with it, and with the code. */
export function PasswordKept({ onLogin }: { readonly onLogin: () => void }): ReactNode {
  return (
    <Frame title={PASSWORD_KEPT.title}>
      <Notice kind="success" isAnnounced>
        {PASSWORD_KEPT.text}
      </Notice>
      <Button kind="primary" size="large" isFullWidth onPress={onLogin}>
        {LINK.toSignIn}
      </Button>
    </Frame>
  );
}
