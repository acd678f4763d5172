import type { ReactNode } from 'react';
import { REPORT_CATEGORIES } from '../../../domain/report-answers.js';
import { CATEGORIES, FIGURES } from '../strings-reports.js';
import type { FigureRow, Figures } from './figures.js';

const monthWords = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A month to a row; it is wider than a phone, and scrolls by itself there. */
export function FiguresTable({ figures }: { readonly figures: Figures }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className="figures-scroll" aria-label={FIGURES.table} tabIndex={0}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{FIGURES.month}</th>
            {REPORT_CATEGORIES.map((category) => (
              <th key={category} scope="col" className="number">
                {CATEGORIES[category]}
              </th>
            ))}
            <th scope="col" className="number">
              {FIGURES.unopened}
            </th>
            <th scope="col" className="number">
              {FIGURES.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.months.map((row) => (
            <Row key={row.month} name={monthWords.format(Date.parse(`${row.month}-15T12:00:00Z`))} row={row} />
          ))}
        </tbody>
        <tfoot>
          <Row name={FIGURES.total} row={figures.all} />
        </tfoot>
      </table>
    </section>
  );
}

function Row({ name, row }: { readonly name: string; readonly row: FigureRow }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      {REPORT_CATEGORIES.map((category) => (
        <td key={category} className="number">
          {row.byCategory[category]}
        </td>
      ))}
      <td className="number">{row.unopened}</td>
      <td className="number">{row.total}</td>
    </tr>
  );
}
