import { ArrowRight, Bot, CornerUpLeft, Hand, PencilLine, ShieldOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useRouter } from '../app/router.js';
import { useDesk, useServerNow, useWriting } from '../live/hooks.js';
import type { Thread } from '../live/state.js';
import { durationWords } from '../live/strings.js';
import type { Card, Detail } from '../live/wire.js';
import { useQueue } from '../queue/use-queue.js';
import { Button } from '../ui/button.js';
import { CallbackView } from './callbacks.js';
import { Composer } from './composer.js';
import type { DeskCommands } from './desk-commands.js';
import { momentWords } from './paris.js';
import { NOW } from './strings.js';

export interface WhatNowProps {
  readonly thread: Thread;
  readonly detail: Detail;
  readonly commands: DeskCommands;
  readonly pending: string | undefined;
  /** The reader has just become the holder. */
  readonly hasJustTaken: boolean;
  readonly onTake: () => void;
  readonly onReopen: () => void;
}

/** The one thing to do now: take it, answer it, or know that a colleague does. Always the largest on the screen. */
export function WhatNow(props: WhatNowProps): ReactNode {
  const { detail, thread, hasJustTaken } = props;
  const { me } = useDesk();
  const { actions, card, block } = detail;
  if (block) return <Blocked {...props} />;
  if (card.holder?.id === me && actions.includes('reply')) {
    return (
      <section className="now">
        <Composer thread={thread} takesFocus={hasJustTaken}>
          <GiveBack {...props} />
        </Composer>
      </section>
    );
  }
  if (card.holder) return <Colleagues {...props} name={card.holder.displayName} />;
  return <Free {...props} />;
}

/** Nobody holds it. */
function Free({ detail, thread, commands, pending, onTake, onReopen }: WhatNowProps): ReactNode {
  const { me } = useDesk();
  const now = useServerNow(5_000);
  const { actions, card } = detail;
  const open = card.waitingSince === undefined ? detail.callbacks.filter(({ doneAt }) => doneAt === undefined) : [];
  return (
    <section className="now">
      <p className="now-words">{open.length > 0 ? NOW.callBack : freeWords(card, me, now)}</p>
      {open.map((callback) => (
        <CallbackView key={callback.id} id={card.id} callback={callback} isMain />
      ))}
      <div className="composer-actions">
        {actions.includes('take') && (
          <TakeButton isMain={open.length === 0} isPending={pending === 'take'} onTake={onTake} />
        )}
        {actions.includes('reopen') && (
          <>
            <NextUp id={card.id} />
            <Button icon={Hand} onPress={onReopen} isPending={pending === 'reopen'}>
              {NOW.reopen}
            </Button>
          </>
        )}
        {actions.includes('unsnooze') && (
          <Button icon={CornerUpLeft} onPress={() => void commands.unsnooze()} isPending={pending === 'unsnooze'}>
            {NOW.unsnooze}
          </Button>
        )}
        <GiveBack detail={detail} commands={commands} pending={pending} />
      </div>
      {actions.includes('take') && open.length === 0 && <p className="quiet-words take-hint">{NOW.takeHint}</p>}
      <UnsentText thread={thread} />
    </section>
  );
}

/** A draft that was begun before somebody else took it, or it was given back, is shown rather than lost. */
function UnsentText({ thread }: { readonly thread: Thread }): ReactNode {
  const writing = useWriting(thread.id);
  if (writing.text.trim() === '') return null;
  return (
    <p className="quiet-words">
      {NOW.draft} <q>{writing.text}</q>
    </p>
  );
}

interface TakeButtonProps {
  /** Nothing else is to be done first. */
  readonly isMain: boolean;
  readonly isPending: boolean;
  readonly onTake: () => void;
}

function TakeButton({ isMain, isPending, onTake }: TakeButtonProps): ReactNode {
  const look = isMain ? ({ kind: 'primary', size: 'large', className: 'take' } as const) : {};
  return (
    <Button {...look} icon={Hand} onPress={onTake} isPending={isPending}>
      {NOW.take}
    </Button>
  );
}

/** Nothing is to be done here: whoever waits next, or the queue. */
function NextUp({ id }: { readonly id: string }): ReactNode {
  const { navigate } = useRouter();
  const cards = useQueue()?.flatMap(({ items }) => items.map(({ card }) => card)) ?? [];
  const next = cards.find(
    (card) => card.id !== id && !card.holder && (card.waitingSince ?? card.emergencyAt) !== undefined,
  );
  return (
    <Button
      kind="primary"
      size="large"
      icon={ArrowRight}
      onPress={() => navigate(next ? { name: 'conversation', id: next.id } : { name: 'queue' })}
    >
      {next ? NOW.next(next.pseudonym) : NOW.toQueue}
    </Button>
  );
}

function freeWords({ waitingSince, offeredTo, snoozedUntil, status }: Card, me: string, now: number): string {
  if (status === 'closed') return NOW.closed;
  if (status === 'bot') return NOW.withBot;
  if (snoozedUntil !== undefined && snoozedUntil > now) return NOW.snoozed(momentWords(snoozedUntil, now));
  if (offeredTo) return offeredTo.id === me ? NOW.offeredToMe : NOW.offeredTo(offeredTo.displayName);
  return waitingSince === undefined ? NOW.nobody : NOW.waits(durationWords(now - waitingSince));
}

function Colleagues({ detail, thread, name }: WhatNowProps & { readonly name: string }): ReactNode {
  const [isWriting, setWriting] = useState(false);
  const canWrite = detail.actions.includes('reply');
  const { text, outgoing } = useWriting(thread.id);
  const hasBegun = isWriting || text !== '' || outgoing.length > 0;
  return (
    <section className="now">
      <p className="now-words">{NOW.held(name)}</p>
      {canWrite && <p className="quiet-words">{NOW.heldHint}</p>}
      {canWrite && hasBegun && <Composer thread={thread} takesFocus={isWriting} />}
      {canWrite && !hasBegun && (
        <Button kind="quiet" icon={PencilLine} onPress={() => setWriting(true)}>
          {NOW.writeToo}
        </Button>
      )}
    </section>
  );
}

function Blocked({ detail: { block, actions }, commands, pending }: WhatNowProps): ReactNode {
  const { me } = useDesk();
  if (!block) return null;
  return (
    <section className="now">
      <p className="now-words">{block.by.id === me ? NOW.blockedByMe : NOW.blockedBy(block.by.displayName)}</p>
      <p>
        <strong>{NOW.reason}</strong> {block.reason}
      </p>
      <p className="quiet-words">{NOW.blockedHint}</p>
      {actions.includes('unblock') && (
        <Button icon={ShieldOff} onPress={() => void commands.unblock()} isPending={pending === 'unblock'}>
          {NOW.unblock}
        </Button>
      )}
    </section>
  );
}

function GiveBack({ detail, commands, pending }: Pick<WhatNowProps, 'detail' | 'commands' | 'pending'>): ReactNode {
  if (!detail.actions.includes('give-back')) return null;
  return (
    <Button icon={Bot} onPress={() => void commands.giveBack()} isPending={pending === 'giveBack'}>
      {NOW.giveBack}
    </Button>
  );
}
