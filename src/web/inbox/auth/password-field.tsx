import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { MOST_PASSWORD_LENGTH, type Strength, strengthOf } from '../crypto/password.js';
import { FIELDS, STRENGTHS } from '../strings-auth.js';
import { Button, TextField } from '../ui/index.js';

export interface PasswordFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly error?: string | undefined;
  readonly description?: ReactNode;
  readonly isNew?: boolean;
  readonly isDisabled?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly autoFocus?: boolean;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({
  label = FIELDS.password,
  isNew = false,
  description,
  inputRef,
  ...rest
}: PasswordFieldProps): ReactNode {
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const notes = [description, hasCapsLock && FIELDS.capsLock].filter(Boolean);
  return (
    <TextField
      {...rest}
      {...(inputRef && { inputRef })}
      label={label}
      type={isShown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      autoCorrect="off"
      spellCheck="false"
      maxLength={MOST_PASSWORD_LENGTH}
      input={{ autoCapitalize: 'none' }}
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      {...(notes.length > 0 && {
        description: notes.map((note, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fixed places.
          <span key={index} className="block">
            {note}
          </span>
        )),
      })}
      aside={
        <Button
          icon={isShown ? EyeOff : Eye}
          aria-label={isShown ? FIELDS.hidePassword : FIELDS.showPassword}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? FIELDS.hide : FIELDS.show}
        </Button>
      }
    />
  );
}

export interface NewPasswordFieldProps extends Omit<PasswordFieldProps, 'isNew' | 'description'> {
  /** What others would try first: the login and the name. */
  readonly known: readonly string[];
}

/** A password to choose, with a word on how good it is. */
export function NewPasswordField({ known, label = FIELDS.newPassword, ...rest }: NewPasswordFieldProps): ReactNode {
  const strength = strengthOf(rest.value, known);
  return (
    <div className="stack tight">
      <PasswordField {...rest} label={label} isNew description={FIELDS.newPasswordHint} />
      {/* Once it was refused, why is said at the field itself. */}
      {rest.error === undefined && <StrengthWords strength={rest.value === '' ? undefined : strength} />}
    </div>
  );
}

function StrengthWords({ strength }: { readonly strength: Strength | undefined }): ReactNode {
  return (
    <p className={`strength ${strength ?? 'none'}`} aria-live="polite">
      <span className="strength-bar" aria-hidden />
      {strength && STRENGTHS[strength]}
    </p>
  );
}
