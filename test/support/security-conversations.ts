import { type ChatClient, openChat } from './chat-client.js';
import type { Targets } from './security-calls.js';
import type { Member } from './security-people.js';
import { expectOk } from './security-people.js';
import type { Site } from './security-site.js';

export const ASKING = 'Je veux parler à un délégué';

/** A resident whose conversation delegates see: they asked for a person. */
export async function openWaiting({ url }: Pick<Site, 'url'>, text = ASKING): Promise<ChatClient> {
  const chat = await openChat(url);
  if (text !== ASKING) await chat.send(text);
  await chat.send(ASKING);
  return chat;
}

/** A resident who spoke to the assistant only: no delegate is to learn that the conversation exists. */
export async function openHidden({ url }: Pick<Site, 'url'>, text = 'Quels sont vos horaires ?'): Promise<ChatClient> {
  const chat = await openChat(url);
  await chat.send(text);
  return chat;
}

/** The resident leaves a telephone number: a task for the delegates. Gives its id. */
export async function leaveCallback(chat: ChatClient, { browser }: Member, name = 'Karim'): Promise<string> {
  for (const text of ['Être rappelé', name, '06 12 34 56 78', 'demain matin', 'Oui']) await chat.send(text);
  const opened = await browser.call('GET', `/conversations/${chat.conversationId}`);
  const { detail } = expectOk<{ detail: { callbacks: readonly { id: string }[] } }>(opened);
  const id = detail.callbacks[0]?.id;
  if (id === undefined) throw new Error('No call-back was asked for');
  return id;
}

/** One of each thing that calls may be about, made by its owner. */
export async function makeTargets(site: Site, coordinator: Member, owner: Member): Promise<Targets> {
  const chat = await openWaiting(site);
  const callback = await leaveCallback(chat, coordinator);
  await chat.send('Je veux parler à un délégué');
  const { browser } = coordinator;
  const endpoint = `https://fcm.googleapis.com/fcm/send/${owner.login}`;
  const subscribed = await owner.browser.call('POST', '/alarm/subscriptions', {
    body: { endpoint, keys: { p256dh: 'AAAA', auth: 'AAAA' } },
  });
  const invited = await browser.call('POST', '/invitations', { body: { displayName: 'Invité', role: 'delegate' } });
  const sessions = await owner.browser.call('GET', '/sessions');
  return {
    conversation: chat.conversationId,
    callback,
    session: firstId(expectOk<{ sessions: Named[] }>(sessions).sessions),
    account: owner.id,
    invitation: expectOk<Named>(invited).id,
    subscription: firstId(expectOk<{ subscriptions: Named[] }>(subscribed).subscriptions),
    facts: expectOk<{ facts: unknown }>(await browser.call('GET', '/facts')).facts,
    hours: expectOk<{ hours: unknown }>(await browser.call('GET', '/opening-hours')).hours,
  };
}

interface Named {
  readonly id: string;
}

function firstId(list: readonly Named[]): string {
  const id = list[0]?.id;
  if (id === undefined) throw new Error('The list is empty');
  return id;
}
