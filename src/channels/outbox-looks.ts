import type { ChannelName } from '../domain/conversation.js';
import type { Peers } from '../domain/peers.js';
import type { Timers } from '../domain/timers.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';
import type { Outbox } from './outbox.js';
import { ASKS, type AskDesk } from './outbox-asks.js';

/** All conversations that were written in since then: their revs by their ids. */
export type ChangedSince = (since: Date) => Promise<ReadonlyMap<string, number>>;

export interface LookDependencies {
  readonly channel: ChannelName;
  readonly peers: Pick<Peers, 'state' | 'listen' | 'watch'>;
  readonly changedSince?: ChangedSince | undefined;
  readonly clock: () => Date;
  readonly timers: Timers;
  readonly log: ChannelLog;
}

export interface Looks {
  /** At once. */
  look(): void;
  close(): void;
}

const APART_MS = 2_000;
const TOGETHER_MS = 10_000;
const CHANGES_MS = 30_000;
/** Several looks, and what clocks of processes differ by. */
const LOOK_BACK_MS = 180_000;

/**
 * Has the one who sends look for what others have asked, and for what they have stored: whenever it is told over the line,
 * and every now and then in case it is not. A process that is the only one looks at the start.
 */
export function startLooks(deps: LookDependencies, desk: AskDesk, outbox: Pick<Outbox, 'undertake'>): Looks {
  const { channel, peers, timers, changedSince } = deps;
  /** What has been seen to, of those changed lately. */
  let seen: ReadonlyMap<string, number> = new Map();
  let cancelLook = (): void => undefined;
  let cancelChanges = (): void => undefined;
  let isOver = false;

  async function look(): Promise<void> {
    cancelLook();
    const isAnythingAsked = await desk.look();
    if (isOver) return;
    const state = peers.state();
    cancelLook();
    if (state === 'sole' && !isAnythingAsked) return;
    cancelLook = timers.set(() => void look(), state === 'apart' ? APART_MS : TOGETHER_MS);
  }

  async function lookAtChanges(changed: ChangedSince): Promise<void> {
    const since = new Date(deps.clock().getTime() - LOOK_BACK_MS);
    const next = new Map<string, number>();
    for (const [id, rev] of await changed(since)) {
      if (isOver) return;
      if (seen.get(id) === rev || (await outbox.undertake(id))) next.set(id, rev);
    }
    seen = next;
  }

  function changesAfter(ms: number, changed: ChangedSince): () => void {
    return timers.set(async () => {
      if (peers.state() !== 'sole') {
        await lookAtChanges(changed).catch((error: unknown) =>
          deps.log.warn(faultOf(error), 'What has changed could not be read'),
        );
      }
      if (!isOver) cancelChanges = changesAfter(CHANGES_MS, changed);
    }, ms);
  }

  const ends = [
    peers.listen('change', (content) => {
      if (isOfAsks(content, channel)) void look();
    }),
    peers.watch(() => void look()),
  ];
  if (changedSince && peers.state() !== 'sole') cancelChanges = changesAfter(CHANGES_MS, changedSince);
  void look();

  return {
    look: () => void look(),
    close() {
      isOver = true;
      for (const end of ends) end();
      cancelLook();
      cancelChanges();
    },
  };
}

function isOfAsks(content: unknown, channel: ChannelName): boolean {
  if (typeof content !== 'object' || content === null) return false;
  const { of, channel: told } = content as { readonly of?: unknown; readonly channel?: unknown };
  return of === ASKS && told === channel;
}
