import type { ReactNode } from 'react';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';

export default function AccountPage(): ReactNode {
  return (
    <div className="page">
      <PageTitle>{PAGES.account}</PageTitle>
    </div>
  );
}
