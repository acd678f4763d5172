import type { ReactNode } from 'react';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';

export default function OpeningHoursPage(): ReactNode {
  return (
    <div className="page">
      <PageTitle>{PAGES.hours}</PageTitle>
    </div>
  );
}
