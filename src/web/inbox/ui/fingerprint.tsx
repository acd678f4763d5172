import type { ReactNode } from 'react';

/** Groups of digits that two people read to each other. */
export function Fingerprint({ children }: { readonly children: string }): ReactNode {
  return (
    <p className="fingerprint">
      {children.split(' ').map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups stay where they are, and two may be the same.
        <span key={index}>{group} </span>
      ))}
    </p>
  );
}
