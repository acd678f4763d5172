import { CircleAlert, PencilLine, RotateCcw, SendHorizontal, Undo2, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk, useNow } from '../live/hooks.js';
import type { Outgoing } from '../live/sending.js';
import { useAnnounce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { LinkedText } from './linked-text.js';
import { AUTHORS, COMPOSER } from './strings.js';

export interface OutgoingViewProps {
  readonly conversationId: string;
  readonly item: Outgoing;
}

/** A reply on its way: what becomes of it, and what can still be done. */
export function OutgoingView({ conversationId, item }: OutgoingViewProps): ReactNode {
  const { phase, text } = item;
  return (
    <article className={`bubble me outgoing ${phase.kind}`}>
      <p className="bubble-head">
        <UserRoundCheck aria-hidden className="icon" />
        <strong>{AUTHORS.me}</strong>
      </p>
      <div className="bubble-body">
        <p className="bubble-text">
          <LinkedText text={text} />
        </p>
      </div>
      <Progress conversationId={conversationId} item={item} />
    </article>
  );
}

function Progress({ conversationId, item }: OutgoingViewProps): ReactNode {
  const { outbox } = useDesk();
  const announce = useAnnounce();
  const { phase, clientId } = item;
  const tell = (kind: 'send-now' | 'cancel' | 'retry'): void => {
    outbox.dispatch(conversationId, { kind, clientId });
    if (kind === 'cancel') announce(COMPOSER.undone);
  };
  switch (phase.kind) {
    case 'held':
      return (
        <div className="outgoing-row">
          <Countdown dueAt={phase.dueAt} />
          <Button icon={Undo2} onPress={() => tell('cancel')}>
            {COMPOSER.undo}
          </Button>
          <Button kind="quiet" icon={SendHorizontal} onPress={() => tell('send-now')}>
            {COMPOSER.sendNow}
          </Button>
        </div>
      );
    case 'queued':
      return <p className="delivery stored">{COMPOSER.queued}</p>;
    case 'sending':
      return <p className="delivery stored">{COMPOSER.sending}</p>;
    case 'retrying':
      return <p className="delivery failed">{COMPOSER.retrying}</p>;
    case 'failed':
      return (
        <div className="outgoing-row" role="alert">
          <p className="delivery failed">
            <CircleAlert aria-hidden className="icon" />
            {COMPOSER.failed} {phase.detail}
          </p>
          <Button icon={RotateCcw} onPress={() => tell('retry')}>
            {COMPOSER.retry}
          </Button>
          <Button kind="quiet" icon={PencilLine} onPress={() => tell('cancel')}>
            {COMPOSER.edit}
          </Button>
        </div>
      );
  }
}

function Countdown({ dueAt }: { readonly dueAt: number }): ReactNode {
  const now = useNow(200);
  const seconds = Math.ceil((dueAt - now) / 1_000);
  return <p className="countdown">{seconds > 0 ? COMPOSER.held(seconds) : COMPOSER.sending}</p>;
}
