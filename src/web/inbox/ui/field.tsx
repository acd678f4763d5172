import { type ReactNode, type Ref, useId } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input, type InputProps } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea, type TextAreaProps as AriaTextAreaProps } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';

interface FieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  readonly label: string;
  readonly description?: ReactNode;
  /** What is wrong, and what to do. */
  readonly error?: string | undefined;
}

export interface TextFieldProps extends FieldProps {
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly placeholder?: string;
  /** Beside the box: a button. */
  readonly aside?: ReactNode;
  readonly input?: Omit<InputProps, 'className' | 'style'>;
}

export function TextField({ label, description, error, inputRef, placeholder, aside, input, ...rest }: TextFieldProps) {
  return (
    <AriaTextField validationBehavior="aria" {...rest} className="field" isInvalid={error !== undefined}>
      <Label className="field-label">{label}</Label>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <div className="field-row">
        <Input
          {...input}
          {...(inputRef && { ref: inputRef })}
          {...(placeholder && { placeholder })}
          className="field-box"
        />
        {aside}
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}

export interface TextAreaProps extends FieldProps {
  readonly rows?: number;
  readonly placeholder?: string;
  readonly textAreaRef?: Ref<HTMLTextAreaElement>;
  readonly area?: Omit<AriaTextAreaProps, 'className' | 'style'>;
  readonly boxClass?: string;
}

export function TextArea({
  label,
  description,
  error,
  rows = 3,
  placeholder,
  textAreaRef,
  area,
  boxClass = '',
  ...rest
}: TextAreaProps) {
  return (
    <AriaTextField validationBehavior="aria" {...rest} className="field" isInvalid={error !== undefined}>
      <Label className="field-label">{label}</Label>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <AriaTextArea
        {...area}
        {...(textAreaRef && { ref: textAreaRef })}
        {...(placeholder && { placeholder })}
        rows={rows}
        className={`field-box ${boxClass}`}
      />
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}

export interface NativeFieldProps {
  readonly label: string;
  readonly type: 'date' | 'time' | 'datetime-local' | 'week' | 'number';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: string;
  readonly error?: string | undefined;
  readonly min?: string;
  readonly max?: string;
  readonly step?: number;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
}

/** A day or an hour, by the device's own picker. */
export function NativeField({
  label,
  description,
  error,
  onChange,
  isDisabled,
  isRequired,
  ...input
}: NativeFieldProps) {
  const id = useId();
  const described = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {description && (
        <span className="field-description" id={`${id}-description`}>
          {description}
        </span>
      )}
      <input
        {...input}
        id={id}
        className="field-box"
        disabled={isDisabled}
        required={isRequired}
        aria-invalid={error !== undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {error && (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
