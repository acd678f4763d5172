import { frameOf } from './live-connection.js';
import type { LiveStreams, OpenStream } from './live-streams.js';

/** `locked`: also one that lacks the second factor it must have. `over`: ended, revoked, or its account is disabled. */
export type SessionState = 'usable' | 'locked' | 'over';

/**
 * Ends the streams whose session is not any more what it was when they opened. A page that was unlocked comes back by
 * itself and gets the whole picture; the others are told why.
 */
export function createSessionWatch(
  streams: LiveStreams,
  sessionState: (sessionId: string) => Promise<SessionState>,
): (sessionId?: string) => Promise<void> {
  function judge(stream: OpenStream, state: SessionState): void {
    const isFull = stream.full !== undefined;
    if (state === (isFull ? 'usable' : 'locked')) return;
    if (state === 'usable') stream.leave();
    else stream.leave(frameOf('session-over', { reason: state === 'over' ? 'ended' : 'locked' }));
  }

  return async (sessionId) => {
    const ids = new Set([...streams.all].map((stream) => stream.sessionId));
    const checked = sessionId === undefined ? [...ids] : [sessionId].filter((id) => ids.has(id));
    await Promise.all(
      checked.map(async (id) => {
        const state = await sessionState(id);
        for (const stream of [...streams.all]) if (stream.sessionId === id) judge(stream, state);
      }),
    );
  };
}
