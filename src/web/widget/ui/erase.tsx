import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../client/chat.js';
import { strings } from '../strings.js';
import { Icon } from './icons.js';

export interface EraseDialogProps {
  readonly chat: Chat;
  readonly cancel: () => void;
  readonly done: () => void;
}

/** The one confirmation of the widget: what follows cannot be undone. */
export function EraseDialog({ chat, cancel, done }: EraseDialogProps): JSX.Element {
  const [step, setStep] = useState<'asking' | 'working' | 'failed'>('asking');
  const keepButton = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keepButton.current?.focus(), []);

  async function confirm(): Promise<void> {
    if (step === 'working') return;
    setStep('working');
    if (await chat.erase()) done();
    else setStep('failed');
  }

  return (
    <div class="notice" role="alertdialog" aria-labelledby="erase-title" aria-describedby="erase-text">
      <Icon name="erase" />
      <h3 id="erase-title">{strings.erase.title}</h3>
      <p id="erase-text">{strings.erase.text}</p>
      <p class="fault" role="alert">
        {step === 'failed' && strings.erase.failed}
      </p>
      <button type="button" class="main danger" aria-disabled={step === 'working'} onClick={confirm}>
        {step === 'working' ? strings.erase.underWay : strings.erase.confirm}
      </button>
      <button type="button" class="plain" ref={keepButton} onClick={cancel}>
        {strings.erase.cancel}
      </button>
    </div>
  );
}

export function ErasedNotice({ restart }: { readonly restart: () => void }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <div class="notice">
      <Icon name="erase" />
      <h3 tabIndex={-1} ref={heading}>
        {strings.state.erased}
      </h3>
      <p>{strings.state.erasedHelp}</p>
      <button type="button" class="main" onClick={restart}>
        {strings.state.restart}
      </button>
    </div>
  );
}
