import type { ReactNode } from 'react';

export default function RequiredFactor(): ReactNode {
  return <main className="lone" />;
}
