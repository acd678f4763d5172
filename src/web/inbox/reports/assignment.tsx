import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import type { ReportDetail } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { useDesk } from '../live/hooks.js';
import { ASSIGN } from '../strings-reports.js';
import { ProblemNotice, Section, Select, useToast } from '../ui/index.js';

const NOBODY = 'nobody';

export interface AssignmentProps {
  readonly detail: ReportDetail;
  readonly onDetail: (detail: ReportDetail) => Promise<void>;
}

/** Who deals with it: choosing is doing, with a way back. */
export function Assignment({ detail: { card, readers }, onDetail }: AssignmentProps): ReactNode {
  const { me } = useDesk();
  const toast = useToast();
  const current = card.assignee?.id;
  const assign = useAction(async (id: string | undefined, before: string | undefined) => {
    await onDetail(await call('assignReport', { params: { id: card.id }, body: { assigneeId: id ?? null } }));
    const name = readers.find((reader) => reader.id === id)?.displayName;
    toast.show({
      text: name === undefined ? ASSIGN.freed : ASSIGN.assigned(name),
      ...(id !== before && { onUndo: () => void assign.run(before, before) }),
    });
  });
  // Somebody who has left may still hold it.
  const held = card.assignee && !readers.some(({ id }) => id === current) ? [card.assignee] : [];
  const people = [...readers, ...held].map(({ id, displayName }) => ({
    id,
    label: id === me ? ASSIGN.me(displayName) : displayName,
  }));
  return (
    <Section title={ASSIGN.title}>
      <Select
        label={ASSIGN.label}
        value={current ?? NOBODY}
        isDisabled={assign.isBusy}
        options={[{ id: NOBODY, label: ASSIGN.nobody }, ...people]}
        onChange={(id) => void assign.run(id === NOBODY ? undefined : id, current)}
      />
      <ProblemNotice problem={assign.problem} />
    </Section>
  );
}
