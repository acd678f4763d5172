import type { ReactNode } from 'react';

export default function LinkPage(): ReactNode {
  return <main className="lone" />;
}
