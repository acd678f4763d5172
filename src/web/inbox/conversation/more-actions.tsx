import { Ban, CalendarClock, CheckCheck, Clock, Ellipsis, Sunrise, UsersRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useServerNow } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { Menu, type MenuEntry } from '../ui/menu.js';
import { BlockDialog } from './block-dialog.js';
import type { DeskCommands } from './desk-commands.js';
import { momentWords, tomorrowAt } from './paris.js';
import { SnoozeDialog } from './snooze-dialog.js';
import { ACTIONS, TALK } from './strings.js';
import { TransferDialog } from './transfer-dialog.js';

const HOUR_MS = 3_600_000;
const MORNING = '10:00';

export interface MoreActionsProps {
  readonly detail: Detail;
  readonly commands: DeskCommands;
}

/** What one does less often, in a menu of words. Only what the server allows is there. */
export function MoreActions({ detail: { actions }, commands }: MoreActionsProps): ReactNode {
  const [dialog, setDialog] = useState<'transfer' | 'snooze' | 'block'>();
  const now = useServerNow(60_000);
  const close = (): void => setDialog(undefined);
  const snoozeUntil = (until: number): void => void commands.snooze(until, momentWords(until, now));
  const entries: readonly (MenuEntry & { readonly needs: (typeof actions)[number] })[] = [
    {
      needs: 'transfer',
      id: 'transfer',
      label: ACTIONS.transfer,
      icon: UsersRound,
      onAction: () => setDialog('transfer'),
    },
    { needs: 'close', id: 'close', label: ACTIONS.close, icon: CheckCheck, onAction: () => void commands.close() },
    { needs: 'snooze', id: 'hour', label: ACTIONS.inOneHour, icon: Clock, onAction: () => snoozeUntil(now + HOUR_MS) },
    {
      needs: 'snooze',
      id: 'tomorrow',
      label: ACTIONS.tomorrow,
      icon: Sunrise,
      onAction: () => snoozeUntil(tomorrowAt(now, MORNING)),
    },
    { needs: 'snooze', id: 'pick', label: ACTIONS.pick, icon: CalendarClock, onAction: () => setDialog('snooze') },
    {
      needs: 'block',
      id: 'block',
      label: ACTIONS.block,
      icon: Ban,
      isDangerous: true,
      onAction: () => setDialog('block'),
    },
  ];
  const allowed = entries.filter(({ needs }) => actions.includes(needs));
  return (
    <>
      {allowed.length > 0 && <Menu className="more-actions" icon={Ellipsis} label={TALK.more} entries={allowed} />}
      <TransferDialog isOpen={dialog === 'transfer'} onClose={close} onTransfer={(to) => void commands.transfer(to)} />
      <SnoozeDialog isOpen={dialog === 'snooze'} onClose={close} onSnooze={snoozeUntil} />
      <BlockDialog isOpen={dialog === 'block'} onClose={close} onBlock={(reason) => void commands.block(reason)} />
    </>
  );
}
