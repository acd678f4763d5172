import { Check, Mail, Phone, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useDesk, useServerNow } from '../live/hooks.js';
import type { Callback, Detail } from '../live/wire.js';
import { Button } from '../ui/button.js';
import { ProblemNotice } from '../ui/notice.js';
import { SafeLink } from './linked-text.js';
import { momentWords } from './paris.js';
import { CONTEXT } from './strings.js';

/** Who asked to be called back; those still to do come first. */
export function Callbacks({ detail }: { readonly detail: Detail }): ReactNode {
  if (detail.callbacks.length === 0) return null;
  const sorted = detail.callbacks.toSorted((a, b) => Number(a.doneAt ?? 0) - Number(b.doneAt ?? 0));
  return (
    <section className="context-part">
      <h3>{CONTEXT.callbacks}</h3>
      <ul className="plain stack">
        {sorted.map((callback) => (
          <li key={callback.id}>
            <CallbackView id={detail.card.id} callback={callback} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export interface CallbackViewProps {
  readonly id: string;
  readonly callback: Callback;
  /** It is the thing to do now. */
  readonly isMain?: boolean;
}

export function CallbackView({ id, callback, isMain = false }: CallbackViewProps): ReactNode {
  const { live } = useDesk();
  const now = useServerNow(60_000);
  const { firstName, phone, email, moment, requestedAt, doneAt, doneBy } = callback;
  const settle = useAction(async (isDone: boolean) => {
    live.take(await call('settleCallback', { params: { id, callbackId: callback.id }, body: { isDone } }));
  });
  return (
    <div className={doneAt === undefined ? 'callback' : 'callback done'}>
      <p>
        <strong>{firstName ?? CONTEXT.callbackFrom}</strong>
      </p>
      {phone !== undefined && (
        <p className="callback-way">
          <Phone aria-hidden className="icon" />
          <SafeLink url={`tel:${phone}`}>{spacedPhone(phone)}</SafeLink>
        </p>
      )}
      {email !== undefined && (
        <p className="callback-way">
          <Mail aria-hidden className="icon" />
          <SafeLink url={`mailto:${email}`}>{email}</SafeLink>
        </p>
      )}
      <p>{CONTEXT.moment(moment)}</p>
      <p className="quiet-words">{CONTEXT.requested(momentWords(requestedAt, now))}</p>
      {doneAt === undefined ? (
        <Button
          kind={isMain ? 'primary' : 'secondary'}
          icon={Check}
          onPress={() => void settle.run(true)}
          isPending={settle.isBusy}
        >
          {CONTEXT.done}
        </Button>
      ) : (
        <>
          {doneBy && <p className="delivery delivered">{CONTEXT.doneBy(doneBy.displayName)}</p>}
          <Button icon={Undo2} onPress={() => void settle.run(false)} isPending={settle.isBusy}>
            {CONTEXT.redo}
          </Button>
        </>
      )}
      <ProblemNotice problem={settle.problem} />
    </div>
  );
}

/** « 06 12 34 56 78 », as it is read aloud in France; a number from elsewhere stays as it is. */
function spacedPhone(phone: string): string {
  const national = /^\+33(\d{9})$/.exec(phone)?.[1];
  return national === undefined ? phone : `0${national}`.replace(/(\d{2})(?=\d)/g, '$1\u00a0');
}
