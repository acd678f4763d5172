import type { ReactNode } from 'react';

export default function SignIn({ hasEnded }: { readonly hasEnded: boolean }): ReactNode {
  return <main className="lone" data-has-ended={hasEnded} />;
}
