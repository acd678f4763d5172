import type { ReactNode } from 'react';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';

export default function AuditPage(): ReactNode {
  return (
    <div className="page">
      <PageTitle>{PAGES.audit}</PageTitle>
    </div>
  );
}
