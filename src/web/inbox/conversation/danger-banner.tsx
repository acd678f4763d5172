import { Check, OctagonAlert, PhoneMissed } from 'lucide-react';
import type { ReactNode } from 'react';
import { useServerNow } from '../live/hooks.js';
import type { Detail } from '../live/wire.js';
import { Button } from '../ui/button.js';
import type { DeskCommands } from './desk-commands.js';
import { momentWords } from './paris.js';
import { DANGER } from './strings.js';

export interface DangerBannerProps {
  readonly detail: Detail;
  readonly commands: DeskCommands;
  readonly pending: string | undefined;
}

/** A danger, or a request that nobody answered, until a delegate says that they have seen it. */
export function DangerBanner({ detail: { card, actions }, commands, pending }: DangerBannerProps): ReactNode {
  const now = useServerNow(60_000);
  const { emergencyAt, missedAt } = card;
  if (emergencyAt === undefined && missedAt === undefined) return null;
  const isDanger = emergencyAt !== undefined;
  const Icon = isDanger ? OctagonAlert : PhoneMissed;
  const at = momentWords(emergencyAt ?? missedAt ?? now, now);
  return (
    <div className={isDanger ? 'banner danger' : 'banner missed'}>
      <Icon aria-hidden className="icon" />
      <h2>{isDanger ? DANGER.title(at) : DANGER.missed(at)}</h2>
      <p>{isDanger ? DANGER.text : DANGER.missedText}</p>
      {actions.includes('acknowledge') && (
        <Button icon={Check} onPress={() => void commands.acknowledge()} isPending={pending === 'acknowledge'}>
          {DANGER.seen}
        </Button>
      )}
    </div>
  );
}
