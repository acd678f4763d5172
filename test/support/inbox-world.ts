import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createAttachments } from '../../src/attachments/create-attachments.js';
import type { Account } from '../../src/domain/account.js';
import type { AuditEvent, AuditLog } from '../../src/domain/audit-log.js';
import { type Conversation, inboxListOf } from '../../src/domain/conversation.js';
import { availableActions } from '../../src/domain/desk-actions.js';
import { createDesk } from '../../src/domain/desk-service.js';
import { type DeskState, NEW_DESK_STATE } from '../../src/domain/desk-state.js';
import type { Message } from '../../src/domain/message.js';
import type { Signal, WakeUps } from '../../src/domain/wake-ups.js';
import { createConversationHandlers } from '../../src/inbox/conversation-routes.js';
import type { Call, Caller, Handlers, Result } from '../../src/inbox/handler.js';
import { OPERATIONS, type Operation } from '../../src/inbox/operations.js';
import { createDeskView } from '../../src/inbox/present-desk-view.js';
import type { SearchLimits } from '../../src/inbox/search.js';
import { createInProcessPresence } from '../../src/realtime/in-process-presence.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { buildConversation, buildMessage } from './build-conversation.js';
import { WORDS } from './desk-words.js';
import { buildAccount, buildSession } from './storage-builders.js';
import { openMemoryStorage } from './storage-in-memory.js';

type Names = keyof ReturnType<typeof createConversationHandlers>;

/** Words of a resident's that must not be found where they do not belong. */
export const SECRET = 'Mon voisin Zorglub me menace';

export type InboxWorld = Awaited<ReturnType<typeof openInboxWorld>>;

export interface InboxWorldOptions {
  readonly now?: string;
  readonly searchLimits?: Partial<SearchLimits>;
  /** In place of one that drops nothing. */
  readonly wakeUps?: WakeUps;
}

/** The delegates' calls over a real desk and a real storage, with two delegates: Jean and Marie. */
export async function openInboxWorld(options: InboxWorldOptions = {}) {
  const storage = await openMemoryStorage();
  const counted = countReads(storage);
  let now = new Date(options.now ?? '2026-11-23T09:00:00Z');
  const clock = () => now;
  const fail = (error: unknown): never => {
    throw error;
  };
  const wakeUps = options.wakeUps ?? createInProcessWakeUps(fail);
  const signals: { id: string; signal: Signal }[] = [];
  wakeUps.subscribeAll((id, signal) => signals.push({ id, signal }));
  const presence = createInProcessPresence(clock, fail);
  const audit = createFakeAudit();
  const residents = { seqs: new Map<string, number>(), connected: new Set<string>() };
  const { conversations: store, notes, bookmarks, deliveries, accounts } = counted.storage;
  const desk = createDesk({
    store: storage.conversations,
    wakeUps,
    clock,
    words: WORDS,
    statistics: { count: () => undefined },
  });
  const view = createDeskView({
    store,
    notes,
    deliveries,
    accounts,
    presence,
    residents: {
      isConnected: (id) => residents.connected.has(id),
      deliveredSeq: (id) => residents.seqs.get(id) ?? 0,
    },
    audit,
    clock,
    availableActions,
    deliveryFailureWords: (code) => `Échec : ${code}`,
    describeMoment: ({ part }) => `moment ${part}`,
  });
  const handlers = createConversationHandlers({
    desk,
    view,
    store,
    notes,
    bookmarks,
    attachments: createAttachments({
      store: storage.attachments,
      apart: { run: async () => ({ refused: 'kind' }), close: () => undefined },
      clock,
    }),
    accounts,
    wakeUps,
    audit,
    clock,
    cannedReplies: () => ({
      replies: [{ shortcut: 'merci', title: 'Merci', text: 'Merci à vous.' }],
      labels: ['bruit'],
    }),
    ...(options.searchLimits && { searchLimits: options.searchLimits }),
  });

  const delegates = {
    jean: buildAccount({ id: 'jean', displayName: 'Jean', login: 'jean', createdAt: 1 }),
    marie: buildAccount({ id: 'marie', displayName: 'Marie', login: 'marie', createdAt: 2 }),
  };
  for (const account of Object.values(delegates)) await storage.accounts.create(account);

  return {
    storage,
    stores: counted.storage,
    reads: counted,
    clock,
    wakeUps,
    signals,
    presence,
    audit,
    residents,
    desk,
    view,
    handlers,
    delegates,
    setNow(time: string | number) {
      now = new Date(time);
    },
    /** Calls one operation as its router would: the body and the query through their schemas, the answer too. */
    async call<Name extends Names>(name: Name, by: Account, call: CallParts = {}): Promise<Result<Name>> {
      const operation = OPERATIONS[name];
      const given = {
        params: { ...(call.id !== undefined && { id: call.id }), ...call.params },
        body: 'body' in operation ? operation.body.parse(call.body) : undefined,
        query: 'query' in operation ? operation.query.parse(call.query ?? {}) : undefined,
        caller: callerOf(by),
      };
      const handler = handlers[name] as Handlers<Name>[Name];
      const result = await handler(given as unknown as Call<Name>);
      const { response }: Operation = operation;
      if (response instanceof z.ZodType) response.parse(result);
      return result;
    },
    addConversation: (parts?: ConversationParts) => addConversation(storage, parts),
    /** One more message, as a turn stores it: with the conversation's own rev. */
    async addMessage(id: string, parts: Partial<Message> & { text?: string } = {}, desk?: Partial<DeskState>) {
      const conversation = await storage.conversations.load(id);
      if (!conversation) throw new Error('No such conversation');
      const seq = conversation.lastSeq + 1;
      const message = buildMessage({ ...parts, seq, externalId: `m:${seq}`, at: now });
      const changed = { status: conversation.status, desk: { ...conversation.desk, ...desk } };
      await storage.conversations.commit({
        id,
        expectedRev: conversation.rev,
        dialogState: {},
        ...changed,
        inboxList: inboxListOf(changed),
        messages: [message],
        at: now,
      });
      wakeUps.notify(id, { kind: 'changed' });
      return seq;
    },
    close: () => storage.close(),
  };
}

export interface CallParts {
  readonly id?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: unknown;
}

export interface ConversationParts {
  readonly id?: string;
  readonly texts?: readonly string[];
  readonly status?: Conversation['status'];
  readonly channel?: Conversation['channel'];
  readonly desk?: Partial<DeskState>;
  readonly at?: Date;
}

/** One that waits for a delegate, unless told otherwise; each text is the resident's. */
async function addConversation(storage: Storage, parts: ConversationParts = {}): Promise<Conversation> {
  const { texts = [SECRET], status = 'waiting', at = new Date('2026-11-23T08:00:00Z') } = parts;
  const desk: DeskState = {
    ...NEW_DESK_STATE,
    ...(status === 'waiting' && { waitingSince: at.getTime(), atDeskSince: at.getTime() }),
    ...(status === 'closed' && { atDeskSince: at.getTime() }),
    ...parts.desk,
  };
  const conversation = buildConversation({
    id: parts.id ?? randomUUID(),
    channel: parts.channel ?? 'directline',
    status,
    desk,
    inboxList: inboxListOf({ status, desk }),
    lastSeq: texts.length,
    createdAt: at,
    lastMessageAt: at,
  });
  const messages = texts.map((text, index) => buildMessage({ text, seq: index + 1, externalId: `m:${index + 1}`, at }));
  await storage.conversations.create(conversation, messages);
  return conversation;
}

export function callerOf(account: Account, sessionId = `session-${account.id}`): Caller {
  return {
    account,
    session: buildSession({ id: sessionId, accountId: account.id }),
    actor: { delegateId: account.id, name: account.displayName },
  };
}

/** What was logged; `fails` makes the next entries fail. */
export function createFakeAudit(): AuditLog & { readonly events: AuditEvent[]; fails: boolean; actions(): string[] } {
  const events: AuditEvent[] = [];
  const log = {
    events,
    fails: false,
    actions: () => events.map(({ action }) => action),
    async record(event: AuditEvent) {
      if (log.fails) throw new Error('the log is away');
      events.push(event);
    },
    page: async () => [],
    verify: async () => ({ entries: events.length }),
  };
  return log;
}

/** The same storage; every call of a store is counted by its name, and may be made to fail. */
export function countReads(storage: Storage) {
  const calls: string[] = [];
  let fault: Error | undefined;

  const watch = <Store extends object>(name: string, store: Store): Store =>
    new Proxy(store, {
      get(target, property, receiver) {
        const member: unknown = Reflect.get(target, property, receiver);
        if (typeof member !== 'function') return member;
        return (...values: readonly unknown[]) => {
          calls.push(`${name}.${String(property)}`);
          return fault ? Promise.reject(fault) : Reflect.apply(member, target, values);
        };
      },
    });

  return {
    calls,
    /** From now on every call fails so; nothing: they work again. */
    setFault(error?: Error) {
      fault = error;
    },
    storage: {
      conversations: watch('conversations', storage.conversations),
      notes: watch('notes', storage.notes),
      bookmarks: watch('bookmarks', storage.bookmarks),
      deliveries: watch('deliveries', storage.deliveries),
      accounts: watch('accounts', storage.accounts),
    },
  };
}
