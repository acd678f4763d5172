import { type ReactNode, useId } from 'react';
import { WEEKLY } from './strings.js';

export interface BarTableProps {
  readonly title: string;
  /** Over the first column. */
  readonly what: string;
  readonly rows: readonly { readonly label: string; readonly count: number }[];
}

/** A table whose last column draws what the one before says: whoever cannot see the bars misses nothing. */
export function BarTable({ title, what, rows }: BarTableProps): ReactNode {
  const heading = useId();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section className="section" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {rows.every(({ count }) => count === 0) ? (
        <p>{WEEKLY.none}</p>
      ) : (
        <table className="bar-table" aria-labelledby={heading}>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              <th scope="col" className="number">
                {WEEKLY.count}
              </th>
              <td className="bar-cell" />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, count }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td className="number">{count}</td>
                <td className="bar-cell">
                  <svg aria-hidden="true" className="bar" viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect width={(count / most) * 100} height="10" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
