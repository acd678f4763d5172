import type { ReactNode } from 'react';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';

export default function TeamPage(): ReactNode {
  return (
    <div className="page">
      <PageTitle>{PAGES.team}</PageTitle>
    </div>
  );
}
