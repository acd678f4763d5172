import type { AuditAction } from '../domain/audit.js';
import type { Conversation } from '../domain/conversation.js';
import type { Actor } from '../domain/desk.js';
import { isDomainError } from '../domain/errors.js';
import { Refusal } from '../http/refusal.js';
import { type ConversationCall, type ConversationDependencies, paramOf, recordOf } from './conversation-context.js';
import type { Call, Handlers, Result } from './handler.js';
import type { DetailView } from './present-detail.js';
import { createOnce } from './present-once.js';

export type ActionName =
  | 'take'
  | 'giveBack'
  | 'transfer'
  | 'close'
  | 'reopen'
  | 'snooze'
  | 'unsnooze'
  | 'acknowledge'
  | 'block'
  | 'unblock'
  | 'label'
  | 'addNote'
  | 'settleCallback';

type Act<Body> = (id: string, by: Actor, call: ConversationCall<Body>, before: Conversation) => Promise<Conversation>;

const RETRY_MS = 10 * 60_000;
const LONGEST_SNOOZE_MS = 92 * 24 * 60 * 60_000;

/**
 * What delegates do with a conversation: looked up, done, logged, shown. A repeated call that finds it done already is
 * logged once only; one whose log entry failed is logged when it is repeated.
 */
export function createActionHandlers(deps: ConversationDependencies): Handlers<ActionName> {
  const { desk, view, clock } = deps;
  const record = recordOf(deps.audit);
  const once = createOnce(clock, RETRY_MS);

  function act<Body = undefined>(
    action: AuditAction | ((body: Body) => AuditAction),
    run: Act<Body>,
    details?: Record<string, boolean>,
  ) {
    return async (call: ConversationCall<Body>): Promise<DetailView> => {
      const id = paramOf(call);
      const { actor } = call.caller;
      const after = await run(id, actor, call, await view.find(id));
      const name = typeof action === 'function' ? action(call.body) : action;
      await once(`${name} ${actor.delegateId} ${id} ${after.rev}`, () => record(name, actor, id, details));
      return view.detail(after, actor.delegateId);
    };
  }

  return {
    take: act('conversation.taken', (id, by) => desk.take(id, by)),
    giveBack: act('conversation.given-back', (id, by) => desk.giveBack(id, by)),
    transfer: act(
      'conversation.transferred',
      async (id, by, { body }: ConversationCall<{ to?: string | undefined }>) => {
        if (body.to === undefined) return desk.transfer(id, by);
        await assertColleague(deps, by, body.to);
        return desk.transfer(id, by, body.to);
      },
    ),
    close: act('conversation.closed', (id, by) => desk.close(id, by)),
    reopen: act('conversation.reopened', (id, by) => desk.reopen(id, by)),
    snooze: act('conversation.snoozed', (id, by, { body }: ConversationCall<{ until: number }>) => {
      const wait = body.until - clock().getTime();
      if (wait <= 0 || wait > LONGEST_SNOOZE_MS) throw new Refusal('InvalidBody');
      return desk.snooze(id, by, body.until);
    }),
    unsnooze: act('conversation.snoozed', (id, by) => desk.unsnooze(id, by), { isOver: true }),
    acknowledge: act('conversation.acknowledged', (id, by) => desk.acknowledge(id, by)),
    block: act('conversation.blocked', (id, by, { body }: ConversationCall<{ reason: string }>) =>
      desk.block(id, by, body.reason),
    ),
    unblock: act('conversation.unblocked', (id, by) => desk.unblock(id, by)),
    label: act('conversation.labelled', (id, by, { body }: ConversationCall<Call<'label'>['body']>) =>
      desk.label(id, by, {
        ...(body.labels && { labels: [...new Set(body.labels)] }),
        ...(body.priority && { priority: body.priority }),
      }),
    ),
    settleCallback: act(
      ({ isDone }: { isDone: boolean }) => (isDone ? 'callback.done' : 'callback.reopened'),
      (id, by, call, before) => {
        const callbackId = paramOf(call, 'callbackId');
        if (!before.desk.callbacks.some((callback) => callback.id === callbackId)) throw new Refusal('NotFound');
        return desk.setCallbackDone(id, by, callbackId, call.body.isDone);
      },
    ),
    addNote: createAddNote(deps),
  };
}

/** A note changes no conversation: it is stored beside it, once per id. */
function createAddNote(deps: ConversationDependencies): (call: Call<'addNote'>) => Promise<Result<'addNote'>> {
  const { notes, view, wakeUps, clock } = deps;
  const record = recordOf(deps.audit);
  const once = createOnce(clock, RETRY_MS);

  async function store(call: Call<'addNote'>, conversationId: string, by: string): Promise<void> {
    const { id, text } = call.body;
    try {
      await notes.add({ id, conversationId, by, at: clock().getTime(), text });
    } catch (error) {
      if (!isDomainError(error, 'duplicate')) throw error;
      const own = (await notes.listOf(conversationId)).some((note) => note.id === id && note.by === by);
      if (!own) throw new Refusal('InvalidBody');
    }
  }

  return async (call) => {
    const id = paramOf(call);
    const { actor } = call.caller;
    const conversation = await view.find(id);
    await store(call, id, actor.delegateId);
    wakeUps.notify(id, { kind: 'desk' });
    await once(`${id} ${call.body.id}`, () => record('conversation.noted', actor, id));
    return view.detail(conversation, actor.delegateId);
  };
}

/** @throws Refusal `AccountNotFound`: somebody who cannot log in, or oneself, would let the resident wait for nobody. */
async function assertColleague({ accounts }: ConversationDependencies, by: Actor, to: string): Promise<void> {
  const account = await accounts.load(to);
  if (!account || account.isDisabled || account.id === by.delegateId) throw new Refusal('AccountNotFound');
}
