import type { Account } from '../domain/account.js';
import type { AuditLog } from '../domain/audit-log.js';
import type { Clock } from '../domain/clock.js';
import type { Conversation } from '../domain/conversation.js';
import type { Presence } from '../domain/desk.js';
import type { DeskAction } from '../domain/desk-actions.js';
import type { CallbackMoment, DelegateId } from '../domain/desk-state.js';
import { DomainError } from '../domain/errors.js';
import type { Message } from '../domain/message.js';
import type { AccountStore } from '../storage/ports/account-store.js';
import type { ConversationStore } from '../storage/ports/conversation-store.js';
import type { Delivery, DeliveryStore, NoteStore } from '../storage/ports/desk-store.js';
import { createPeople, type People } from './people.js';
import { type CardView, isVisible, presentCard, RECENT_MESSAGES } from './present-card.js';
import { type DetailParts, type DetailView, presentDetail } from './present-detail.js';
import { createOnce } from './present-once.js';

/** How far the pages of residents have got, as their channel knows it. */
export interface ResidentPresence {
  /** A page of the resident's is open now. */
  isConnected(conversationId: string): boolean;
  /** `seq` of the last message that it has shown; 0 when none is known. */
  deliveredSeq(conversationId: string): number;
}

export interface DeskViewDependencies {
  readonly store: Pick<ConversationStore, 'load' | 'messagesAfter'>;
  readonly notes: Pick<NoteStore, 'listOf'>;
  readonly deliveries: Pick<DeliveryStore, 'load'>;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly presence: Pick<Presence, 'viewersOf'>;
  readonly residents: ResidentPresence;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly clock: Clock;
  readonly availableActions: (conversation: Conversation, delegateId: DelegateId) => readonly DeskAction[];
  /** In French, with what to do. */
  readonly deliveryFailureWords: (code: string) => string;
  /** True for the words of one of our own buttons; without it, no words are. */
  readonly isButton?: (text: string) => boolean;
  /** « mercredi 25 novembre, le matin » */
  readonly describeMoment: (moment: CallbackMoment) => string;
}

export interface Team {
  readonly accounts: readonly Account[];
  readonly people: People;
}

/** A conversation with what is read once for everybody who looks at it. */
export interface LoadedParts extends DetailParts {
  /** Of a push channel. */
  readonly delivery?: DetailView['delivery'];
}

/** What delegates see of conversations: shared by the calls and by the event streams. */
export interface DeskView {
  /** @throws DomainError `conversation-gone`, also for one that delegates may not see. */
  find(id: string): Promise<Conversation>;
  /** Everybody who has an account; at most ten seconds old, unless `isFresh`. */
  team(isFresh?: boolean): Promise<Team>;
  /** The team has changed: whoever asks next is told of it as it is then. */
  forgetTeam(): void;
  /** Reads the last messages, unless they are given. */
  card(conversation: Conversation, recent?: readonly Message[]): Promise<CardView>;
  parts(conversation: Conversation, card: CardView): Promise<LoadedParts>;
  /** The same parts as one delegate sees them now. Reads nothing. */
  present(parts: LoadedParts, people: People, delegateId: DelegateId): DetailView;
  detail(conversation: Conversation, delegateId: DelegateId): Promise<DetailView>;
  mayReply(conversation: Conversation, delegateId: DelegateId): boolean;
  /** Logs that a delegate reads a conversation; once in ten minutes, so that reloads do not bury the rest of the log. */
  noteOpening(id: string, delegateId: DelegateId): Promise<void>;
}

const TEAM_MS = 10_000;
const OPENING_MS = 10 * 60_000;
/** What is on its way, and what is over: nothing of it keeps the next message waiting. */
const NO_HINDRANCE = ['queued', 'sending', 'resending', 'uncertain', 'unconfirmed'];

export function createDeskView(deps: DeskViewDependencies): DeskView {
  const { store, notes, deliveries, presence, residents, audit, clock } = deps;
  const once = createOnce(clock, OPENING_MS);
  const { team, forgetTeam } = createTeam(deps);

  const recentOf = ({ id, lastSeq }: Conversation): Promise<readonly Message[]> =>
    store.messagesAfter(id, Math.max(0, lastSeq - RECENT_MESSAGES), RECENT_MESSAGES);

  async function deliveryOf({ id }: Conversation): Promise<DetailView['delivery']> {
    const { deliveredSeq = 0, failure, uncertain, refused } = (await deliveries.load(id)) ?? {};
    return {
      deliveredSeq,
      ...(failure && isOfWaiting(failure) && { failure: deps.deliveryFailureWords(failure.code) }),
      ...(uncertain && { uncertain: [...uncertain] }),
      ...(refused && { refused: [...refused] }),
    };
  }

  const view: DeskView = {
    team,
    forgetTeam,
    async find(id) {
      const conversation = await store.load(id);
      if (!isVisible(conversation)) throw new DomainError('conversation-gone', 'No such conversation at the desk');
      return conversation;
    },
    async card(conversation, recent) {
      const [messages, { people }] = await Promise.all([recent ?? recentOf(conversation), team()]);
      return presentCard(conversation, messages, people, deps.isButton);
    },
    async parts(conversation, card) {
      // Web pages fetch their messages and say how far they have come; for every other channel an outbox tells.
      const isPulled = conversation.channel === 'directline';
      const [noted, delivery] = await Promise.all([
        notes.listOf(conversation.id),
        isPulled ? undefined : deliveryOf(conversation),
      ]);
      return { conversation, card, notes: noted, ...(delivery && { delivery }) };
    },
    present: (parts, people, delegateId) =>
      presentDetail(parts, {
        people,
        delivery: parts.delivery ?? {
          deliveredSeq: residents.deliveredSeq(parts.conversation.id),
          isResidentConnected: residents.isConnected(parts.conversation.id),
        },
        viewers: presence.viewersOf(parts.conversation.id),
        actions: deps.availableActions(parts.conversation, delegateId),
        describeMoment: deps.describeMoment,
      }),
    async detail(conversation, delegateId) {
      const card = await view.card(conversation);
      const [parts, { people }] = await Promise.all([view.parts(conversation, card), team()]);
      return view.present(parts, people, delegateId);
    },
    mayReply: (conversation, delegateId) => deps.availableActions(conversation, delegateId).includes('reply'),
    noteOpening: (id, delegateId) =>
      once(`${delegateId} ${id}`, () =>
        audit.record({ action: 'conversation.opened', actor: delegateId, subject: id }),
      ),
  };
  return view;
}

/** What was refused and passed over is marked by itself: the next one was not tried yet. */
function isOfWaiting({ code, attempts }: NonNullable<Delivery['failure']>): boolean {
  return !NO_HINDRANCE.includes(code) && !(code === 'refused' && attempts === 0);
}

function createTeam({
  accounts,
  clock,
}: Pick<DeskViewDependencies, 'accounts' | 'clock'>): Pick<DeskView, 'team' | 'forgetTeam'> {
  let known: Promise<Team> | undefined;
  let readAt = 0;

  async function read(): Promise<Team> {
    const list = await accounts.list();
    return { accounts: list, people: createPeople(list) };
  }

  function team(isFresh = false): Promise<Team> {
    const now = clock().getTime();
    if (!known || isFresh || now - readAt >= TEAM_MS) {
      const reading = read();
      known = reading;
      readAt = now;
      // What failed is read again by the next one; its own callers are told.
      reading.catch(() => {
        if (known === reading) known = undefined;
      });
    }
    return known;
  }

  return {
    team,
    forgetTeam() {
      known = undefined;
    },
  };
}
