import { createHash } from 'node:crypto';
import type { Mailer } from '../alarms/mailer.js';
import { isPushService, type Pusher } from '../alarms/pusher.js';
import { mailText, testMailBody, testNotice } from '../alarms/words.js';
import type { Account } from '../domain/account.js';
import type { Clock } from '../domain/clock.js';
import { Refusal } from '../http/refusal.js';
import type { PushStore } from '../storage/ports/settings-store.js';
import type { Handlers, Result } from './handler.js';

export interface AlarmHandlerDependencies {
  readonly store: PushStore;
  readonly pusher: Pusher;
  readonly mailer?: Mailer;
  /** VAPID, for the page to subscribe with. */
  readonly pushKey: string;
  readonly settings: { readonly pushAfterSeconds: number; readonly emailAfterMinutes: number };
  readonly clock: Clock;
  readonly inboxUrl: string;
  /** Whether a subscription's address is a push service's; replaced by tests. */
  readonly isPushService?: (endpoint: string) => boolean;
}

/** One account's browsers; the oldest make room. */
const SUBSCRIPTIONS_PER_ACCOUNT = 10;

export function createAlarmHandlers(
  deps: AlarmHandlerDependencies,
): Handlers<'readAlarm' | 'subscribePush' | 'unsubscribePush' | 'testAlarm'> {
  const { store, pusher, mailer, pushKey, settings, clock, inboxUrl } = deps;
  const isAllowed = deps.isPushService ?? isPushService;

  const subscriptionsOf = async ({ id }: Account) => (await store.list()).filter(({ accountId }) => accountId === id);

  async function view(account: Account): Promise<Result<'readAlarm'>> {
    const own = await subscriptionsOf(account);
    return {
      pushKey,
      subscriptions: own.map(({ id, device, createdAt }) => ({ id, device, createdAt })),
      email: emailState(account),
      ...settings,
    };
  }

  function emailState({ email }: Account): 'ready' | 'no-address' | 'not-configured' {
    if (!mailer) return 'not-configured';
    return email === undefined ? 'no-address' : 'ready';
  }

  async function testMail(account: Account): Promise<Result<'testAlarm'>['email']> {
    const state = emailState(account);
    if (state !== 'ready' || !mailer || account.email === undefined) return state === 'ready' ? 'no-address' : state;
    const text = mailText({ title: '', body: testMailBody() }, inboxUrl);
    try {
      await mailer.send({ to: account.email, subject: testNotice().title, text });
      return 'sent';
    } catch {
      // The mail server's words may hold addresses; the delegate is told that it failed.
      return 'failed';
    }
  }

  return {
    readAlarm: ({ caller }) => view(caller.account),
    async subscribePush({ caller: { account }, body, device }) {
      if (!isAllowed(body.endpoint)) throw new Refusal('InvalidBody');
      const id = createHash('sha256').update(body.endpoint).digest('base64url');
      const others = (await subscriptionsOf(account)).filter((subscription) => subscription.id !== id);
      const surplus = others
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .slice(SUBSCRIPTIONS_PER_ACCOUNT - 1);
      for (const subscription of surplus) await store.remove(subscription.id);
      await store.save({ id, accountId: account.id, ...body, device, createdAt: clock().getTime() });
      return view(account);
    },
    async unsubscribePush({ caller: { account }, params }) {
      const own = await subscriptionsOf(account);
      const subscription = own.find(({ id }) => id === params.id);
      if (!subscription) throw new Refusal('NotFound');
      await store.remove(subscription.id);
      return view(account);
    },
    async testAlarm({ caller: { account } }) {
      const [pushed, email] = await Promise.all([pusher.push([account.id], testNotice()), testMail(account)]);
      return { push: pushed.get(account.id) ?? 'no-subscription', email };
    },
  };
}
