import type { ReactNode } from 'react';

/** Tells the browser's password manager whose password the form is for; people neither see nor reach it. */
export function HiddenLogin({ login }: { readonly login: string }): ReactNode {
  return (
    <input
      className="visually-hidden"
      name="username"
      autoComplete="username"
      value={login}
      readOnly
      tabIndex={-1}
      aria-hidden
    />
  );
}
