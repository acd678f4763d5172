import type { Call, Handlers } from './handler.js';
import type { LiveHub } from './live-hub.js';

export interface EventDependencies {
  readonly hub: Pick<LiveHub, 'open'>;
  readonly settings: { readonly requireSecondFactor: boolean };
}

export function createEventHandlers({ hub, settings }: EventDependencies): Handlers<'readEvents'> {
  return {
    async readEvents({ response, caller, query, lastEventId }: Call<'readEvents'>) {
      const { conversation: conversationId } = query;
      await hub.open({
        response,
        delegateId: caller.account.id,
        sessionId: caller.session.id,
        isRestricted: settings.requireSecondFactor && !caller.account.secondFactor,
        conversationId,
        after: resumedSeq(lastEventId, conversationId) ?? query.after,
      });
      return undefined;
    },
  };
}

/** `<conversation>:<seq>` as the stream gave it; of another conversation, or of nobody's making, it says nothing. */
function resumedSeq(lastEventId: string | undefined, conversationId: string | undefined): number | undefined {
  if (lastEventId === undefined || conversationId === undefined) return undefined;
  const [, id, seq] = /^(.*):(\d{1,10})$/s.exec(lastEventId) ?? [];
  return id === conversationId ? Number(seq) : undefined;
}
