import { FileLock2, FileWarning, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { FAULTS, ITEMS } from '../strings-reports.js';
import { isOutOfPlace, type ReportItem } from './whole-report.js';

/** What is wrong with one passage, where it stands. */
export function ItemFault({ item }: { readonly item: ReportItem }): ReactNode {
  return (
    <>
      {item.missingBefore > 0 && (
        <Fault icon={FileWarning} tone="danger">
          {ITEMS.missing(item.missingBefore)}
        </Fault>
      )}
      {isOutOfPlace(item) && item.missingBefore === 0 && (
        <Fault icon={FileWarning} tone="danger">
          {ITEMS.outOfPlace}
        </Fault>
      )}
      {item.state === 'closed' && (
        <Fault icon={FileLock2} tone={item.fault === 'altered' ? 'danger' : 'attention'}>
          {FAULTS[item.fault]}
        </Fault>
      )}
    </>
  );
}

interface FaultProps {
  readonly icon: LucideIcon;
  readonly tone: 'danger' | 'attention';
  readonly children: string;
}

function Fault({ icon: Icon, tone, children }: FaultProps): ReactNode {
  return (
    <p className={`item-fault ${tone}`}>
      <Icon aria-hidden className="icon" />
      <span>{children}</span>
    </p>
  );
}
