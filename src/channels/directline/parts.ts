import type { Request } from 'express';
import type { Conversation } from '../../domain/conversation.js';
import { createOrigins, type Origins } from '../../http/origins.js';
import { Refusal } from '../../http/refusal.js';
import { createResidentPresence, type ResidentPresenceRecorder } from '../resident-presence.js';
import { type ActivityPresenter, createActivityPresenter } from './activities.js';
import { type Authorizer, createAuthorizer } from './authorize.js';
import { DEFAULT_LIMITS, type DirectLineDependencies, type DirectLineLimits } from './deps.js';
import { withPatience } from './patience.js';
import { createTokens, TOKEN_SECONDS, type Tokens } from './tokens.js';

export const DIRECTLINE_PATH = '/v3/directline';

/** How many messages one answer or one frame holds at most. */
export const PAGE_SIZE = 100;

/** What a client needs to take part in a conversation. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}

/** What the channel's routes share. */
export interface DirectLineParts extends Pick<DirectLineDependencies, 'conversations' | 'turns' | 'clock' | 'log'> {
  readonly limits: DirectLineLimits;
  readonly limiters: DirectLineDependencies['limiters'] | undefined;
  readonly origins: Origins;
  readonly tokens: Tokens;
  readonly authorizer: Authorizer;
  readonly presenter: ActivityPresenter;
  readonly residents: ResidentPresenceRecorder;
  /** The resident's client has everything up to `seq`: tells the conversation's readers, once. */
  reached(conversationId: string, seq: number): void;
  /** @throws Refusal `ConversationNotFound`. */
  existing(conversationId: string): Promise<Conversation>;
  /** A fresh token and stream URL. The stream begins after `watermark`, or at the start. */
  session(request: Request, conversationId: string, watermark?: number): Promise<Session>;
}

export function createParts(deps: DirectLineDependencies): DirectLineParts {
  const { conversations, turns, clock, log, publicUrl, trustProxy, widgetOrigins, secret } = deps;
  const origins = createOrigins({ ...(publicUrl !== undefined && { publicUrl }), trustProxy, allowed: widgetOrigins });
  const tokens = createTokens(deps.signingKey, clock);
  const residents = deps.residents ?? createResidentPresence(clock);

  async function streamUrl(request: Request, conversationId: string, watermark?: number): Promise<string> {
    const url = new URL(`${DIRECTLINE_PATH}/conversations/${conversationId}/stream`, origins.baseUrl(request));
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    if (watermark !== undefined) url.searchParams.set('watermark', `${watermark}`);
    url.searchParams.set('t', await tokens.issueForStream(conversationId));
    return url.href;
  }

  return {
    conversations,
    turns,
    clock,
    log,
    origins,
    tokens,
    limits: { ...DEFAULT_LIMITS, ...deps.limits },
    limiters: deps.limiters,
    authorizer: createAuthorizer({ tokens, ...(secret !== undefined && { secret }) }),
    presenter: createActivityPresenter(deps),
    residents,
    reached(conversationId, seq) {
      if (residents.reach(conversationId, seq)) conversations.signal(conversationId, { kind: 'delivered', seq });
    },
    async existing(conversationId) {
      const conversation = await withPatience(() => conversations.find(conversationId));
      if (conversation?.channel !== 'directline') throw new Refusal('ConversationNotFound');
      return conversation;
    },
    session: async (request, conversationId, watermark) => ({
      conversationId,
      token: await tokens.issue({ conversationId, mayOpen: false }),
      expires_in: TOKEN_SECONDS,
      streamUrl: await streamUrl(request, conversationId, watermark),
    }),
  };
}
