import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';

/** The conversations of the fake server, with their tokens and the sockets that follow them. */

export interface FakeContent {
  readonly text: string;
  readonly author?: 'bot' | 'delegate' | 'system';
  readonly name?: string;
  readonly actions?: readonly string[];
  readonly card?: FakeCard;
  /** What channelData tells besides. */
  readonly secrets?: {
    readonly isConfidential?: true;
    readonly asksInConfidence?: true;
    readonly receipt?: string;
    readonly progress?: { readonly step: number; readonly of: number };
  };
}

interface FakeCard {
  readonly title: string;
  readonly text?: string;
  readonly links: readonly (readonly [title: string, url: string])[];
}

export interface FakeConversation {
  readonly id: string;
  readonly activities: Activity[];
  /** Every message that was posted, repeats included. */
  readonly posts: { readonly clientId: string; readonly text: string }[];
  /** When the resident's typing was told, in ms. */
  readonly typings: number[];
  /** What a poll tells beside the activities. */
  queue?: FakePlace;
}

export interface FakePlace {
  readonly position: number;
  readonly usualWaitMinutes?: number;
}

export type FakeHandoff = 'initiate' | 'accepted' | 'completed' | 'failed';

export interface Activity {
  readonly seq: number;
  readonly [field: string]: unknown;
}

export interface FakePage {
  readonly activities: Activity[];
  readonly watermark: string;
}

export type Answer = (text: string) => readonly FakeContent[];

export interface FakeDesk {
  readonly conversations: ReadonlyMap<string, FakeConversation>;
  readonly sockets: Map<WebSocket, string>;
  newToken(id: string): string;
  /** The conversation's id, whether the token has expired or not. */
  ownerOf(token: string): string | undefined;
  hasExpired(token: string): boolean;
  expireTokens(): void;
  open(): FakeConversation;
  /** Stores a resident's message, unless its client id is known, and the answers to it. */
  post(conversation: FakeConversation, message: { clientId: string; text: string }): void;
  say(id: string, content: FakeContent): void;
  typing(id: string, author: 'bot' | 'delegate', name?: string): void;
  /** Who speaks changes: the event, which the delegate who takes over signs, and the system's words about it. */
  handoff(id: string, change: FakeHandoff, words?: string, name?: string): void;
  /** Tells the place in the queue, to streams and to those who poll. */
  queue(id: string, place: FakePlace): void;
  eraseHistory(id: string): void;
  remove(id: string): void;
  pageAfter(conversation: FakeConversation, after: number): FakePage;
}

const WELCOME: FakeContent = {
  text: 'Bonjour. Je suis un robot : je réponds aux questions sur la permanence.',
  actions: ['Horaires', 'Adresse', 'Signaler', 'Parler à un délégué'],
};
const REMOVED = 4404;
const SEALED = '(réponse scellée)';

export function createFakeDesk(answer: Answer, isMuted: () => boolean): FakeDesk {
  const conversations = new Map<string, FakeConversation>();
  const sockets = new Map<WebSocket, string>();
  const tokens = new Map<string, string>();
  const expired = new Set<string>();

  const socketsOf = (id: string): WebSocket[] =>
    [...sockets].flatMap(([socket, socketId]) => (socketId === id ? [socket] : []));

  function broadcast(id: string, frame: object): void {
    if (!isMuted()) for (const socket of socketsOf(id)) socket.send(JSON.stringify(frame));
  }

  function append({ id, activities }: FakeConversation, fields: object, channelData: object): Activity {
    const seq = Number(activities.at(-1)?.seq ?? 0) + 1;
    const activity: Activity = {
      seq,
      id: `${id}|${seq}`,
      timestamp: new Date().toISOString(),
      ...fields,
      channelData: { ...channelData, 'webchat:sequence-id': seq },
    };
    activities.push(activity);
    broadcast(id, { activities: [activity], watermark: String(seq) });
    return activity;
  }

  function say(id: string, content: FakeContent): void {
    const conversation = conversations.get(id);
    const { author = 'bot', secrets } = content;
    if (conversation) append(conversation, messageFields(content), { author, ...secrets });
  }

  return {
    conversations,
    sockets,
    newToken(id) {
      const token = randomUUID();
      tokens.set(token, id);
      return token;
    },
    ownerOf: (token) => tokens.get(token),
    hasExpired: (token) => expired.has(token),
    expireTokens() {
      for (const token of tokens.keys()) expired.add(token);
    },
    open() {
      const conversation: FakeConversation = { id: randomUUID(), activities: [], posts: [], typings: [] };
      conversations.set(conversation.id, conversation);
      say(conversation.id, WELCOME);
      return conversation;
    },
    post(conversation, { clientId, text }) {
      const isRepeat = conversation.posts.some((post) => post.clientId === clientId);
      conversation.posts.push({ clientId, text });
      if (isRepeat) return;
      const isSecret = isAskedInConfidence(conversation);
      const said = isSecret ? SEALED : text;
      const fields = { type: 'message', text: said, from: { id: 'resident', role: 'user' } };
      const secrets = isSecret && { isConfidential: true };
      append(conversation, fields, { author: 'resident', clientActivityID: clientId, ...secrets });
      for (const content of answer(text)) say(conversation.id, content);
    },
    say,
    typing: (id, author, name) =>
      broadcast(id, {
        activities: [{ type: 'typing', from: { role: 'bot', ...(name && { name }) }, channelData: { author } }],
      }),
    handoff(id, change, words, name) {
      const conversation = conversations.get(id);
      if (!conversation) return;
      const event =
        change === 'initiate'
          ? { name: 'handoff.initiate', value: {} }
          : { name: 'handoff.status', value: { state: change } };
      delete conversation.queue;
      const from = name === undefined ? { id: 'system', role: 'bot' } : { id: 'delegate', name, role: 'bot' };
      append(conversation, { type: 'event', ...event, from }, { author: 'system' });
      if (words !== undefined) say(id, { author: 'system', text: words });
    },
    queue(id, place) {
      const conversation = conversations.get(id);
      if (conversation) conversation.queue = place;
      const event = { type: 'event', name: 'permanence.queue', value: place, from: { role: 'bot' } };
      broadcast(id, { activities: [{ ...event, channelData: { author: 'system' } }] });
    },
    eraseHistory(id) {
      const conversation = conversations.get(id);
      if (!conversation) return;
      const fields = { type: 'event', name: 'conversation.erased', from: { role: 'bot' } };
      const erased = append(conversation, fields, { author: 'system' });
      conversation.activities.splice(0, conversation.activities.indexOf(erased));
      say(id, { text: 'C’est effacé.' });
    },
    remove(id) {
      conversations.delete(id);
      for (const socket of socketsOf(id)) socket.close(REMOVED);
    },
    pageAfter: ({ activities }, after) => ({
      activities: activities.filter(({ seq }) => seq > after),
      watermark: String(Math.max(after, activities.at(-1)?.seq ?? 0)),
    }),
  };
}

function messageFields({ text, author = 'bot', name, actions = [], card }: FakeContent): object {
  return {
    type: 'message',
    text,
    from: { id: author, role: 'bot', ...(name && { name }) },
    ...(actions.length > 0 && {
      suggestedActions: { actions: actions.map((title) => ({ type: 'imBack', title, value: title })) },
    }),
    ...(card && { attachments: [heroCard(card)] }),
  };
}

function heroCard({ title, text, links }: FakeCard): object {
  const buttons = links.map(([name, value]) => ({ type: 'openUrl', title: name, value }));
  return { contentType: 'application/vnd.microsoft.card.hero', content: { title, text, buttons } };
}

/** The server stores no words that answer such a question. */
function isAskedInConfidence({ activities }: FakeConversation): boolean {
  const data = activities.map(({ channelData }) => channelData as Readonly<Record<string, unknown>>);
  return data.findLast(({ author }) => author === 'bot')?.asksInConfidence === true;
}
