import type { ReactNode } from 'react';
import { STAGES } from '../strings-auth.js';
import { Spinner } from '../ui/index.js';

/** Says what the device is at while it derives a key, which takes a second or two on a phone. */
export function KeyProgress({ stage }: { readonly stage: keyof typeof STAGES | undefined }): ReactNode {
  return stage ? <Spinner>{STAGES[stage]}</Spinner> : null;
}
