import type { ReactNode } from 'react';

export default function LockScreen(): ReactNode {
  return <main className="lone" />;
}
