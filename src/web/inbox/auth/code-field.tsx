import type { ReactNode, Ref } from 'react';
import { FIELDS } from '../strings-auth.js';
import { TextField } from '../ui/index.js';

const DIGITS = 6;

export interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The six digits of an authenticator; phones offer to fill them in. */
export function CodeField({ onChange, description = FIELDS.codeHint, inputRef, ...rest }: CodeFieldProps): ReactNode {
  return (
    <TextField
      {...rest}
      {...(inputRef && { inputRef })}
      label={FIELDS.code}
      description={description}
      autoComplete="one-time-code"
      inputMode="numeric"
      // Spaces that apps show between the digits are taken out below.
      maxLength={DIGITS + 2}
      input={{ spellCheck: false }}
      onChange={(text) => onChange(text.replace(/\D/g, '').slice(0, DIGITS))}
    />
  );
}

export function isCode(text: string): boolean {
  return text.length === DIGITS;
}
