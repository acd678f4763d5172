import type { FormEvent, ReactNode } from 'react';

export interface FormProps {
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form that this page handles itself; Enter in a field sends it. */
export function Form({ onSubmit, children }: FormProps): ReactNode {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className="stack wide" onSubmit={submit} noValidate>
      {children}
    </form>
  );
}
