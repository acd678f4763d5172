import type { SessionEvent, SessionState } from '../domain/sessions.js';
import { frameOf } from './live-connection.js';
import type { LiveStreams, OpenStream } from './live-streams.js';

/** What a page may be shown. One without the second factor that it must have is shown what a locked one is. */
export function shownState(state: SessionState, isRestricted: boolean): SessionState {
  return isRestricted && state === 'usable' ? 'locked' : state;
}

/**
 * Looks whether sessions are still what they were when their streams opened, and ends the streams of those that are not.
 * The whole picture is taken away with the reason; a page that was shown counts only comes back by itself and learns it.
 */
export function createSessionCheck(
  streams: LiveStreams,
  stateOf: (sessionId: string) => Promise<SessionState>,
): (sessionId?: string) => Promise<void> {
  function judge(stream: OpenStream, state: SessionState): void {
    const due = shownState(state, stream.isRestricted);
    if (!stream.full) {
      if (due !== 'locked') stream.leave();
    } else if (due !== 'usable') stream.leave(frameOf('session-over', { reason: due }));
  }

  return async (sessionId) => {
    const ids = new Set([...streams.all].map((stream) => stream.sessionId));
    const checked = sessionId === undefined ? [...ids] : [sessionId].filter((id) => ids.has(id));
    await Promise.all(
      checked.map(async (id) => {
        const state = await stateOf(id);
        for (const stream of [...streams.all]) if (stream.sessionId === id) judge(stream, state);
      }),
    );
  };
}

/** What happens to a session in this process is told at once. Its person goes on under another id when it was replaced. */
export function endBySession(stream: OpenStream, event: SessionEvent): void {
  if (event === 'ended') stream.leave(frameOf('session-over', { reason: 'ended' }));
  else if (event === 'replaced') stream.leave();
  else if (stream.full) stream.leave(frameOf('session-over', { reason: 'locked' }));
}
