import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components/Checkbox';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components/Switch';
import { Text } from 'react-aria-components/Text';
import { COMMON } from '../strings.js';

export interface SwitchProps extends Omit<AriaSwitchProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode;
}

export function Switch({ children, ...rest }: SwitchProps): ReactNode {
  return (
    <AriaSwitch {...rest} className="switch">
      <span className="switch-track" aria-hidden>
        <span className="switch-thumb" />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  );
}

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode;
}

export function Checkbox({ children, ...rest }: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox {...rest} className="checkbox">
      <span className="checkbox-box" aria-hidden>
        <Check className="icon" />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}

export interface Option<Value extends string> {
  readonly id: Value;
  readonly label: string;
  readonly description?: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly description?: string;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean;
}

/** One of a few, in a list that opens. For two or three, `Choices` shows them all. */
export function Select<Value extends string>({
  label,
  options,
  value,
  onChange,
  description,
  error,
  isDisabled = false,
}: SelectProps<Value>): ReactNode {
  return (
    <AriaSelect
      className="field"
      value={value ?? null}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option) onChange(option.id);
      }}
      placeholder={COMMON.choose}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      {description && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <Button className="field-box select-button">
        <SelectValue className="select-value" />
        <ChevronDown aria-hidden className="icon" />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover select-popover">
        <ListBox className="list-box" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="list-item">
              <Text slot="label">{option.label}</Text>
              {option.description && (
                <Text slot="description" className="quiet-words">
                  {option.description}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of two or three, all on the screen. */
export function Choices<Value extends string>({
  label,
  options,
  value,
  onChange,
  isDisabled = false,
}: Omit<SelectProps<Value>, 'description' | 'error'>): ReactNode {
  return (
    <RadioGroup
      className="field"
      value={value ?? null}
      isDisabled={isDisabled}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key);
        if (option) onChange(option.id);
      }}
    >
      <Label className="field-label">{label}</Label>
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className="radio">
          <span className="radio-ring" aria-hidden />
          <span>
            {option.label}
            {option.description && <span className="quiet-words block">{option.description}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
