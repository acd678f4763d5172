import type { ReactNode } from 'react';

export interface DetailsListProps {
  /** Names and values; those without a value are left out. */
  readonly entries: readonly (readonly [name: string, value: ReactNode])[];
}

/** Names with their values, in two columns where there is room. */
export function DetailsList({ entries }: DetailsListProps): ReactNode {
  return (
    <dl className="details-list">
      {entries
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
