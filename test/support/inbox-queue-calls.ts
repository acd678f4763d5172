import { type Request, type Response, Router } from 'express';
import type { Card, Person } from '../../src/web/inbox/live/wire.js';
import type { FakeConversation, World } from './inbox-queue-world.js';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export interface CallParts {
  readonly world: World;
  readonly delegateOf: (request: Request) => string;
  readonly refuse: (response: Response, refusal: Refusal) => void;
  /** This answer does not arrive. */
  readonly losesAnswer: () => boolean;
  /** The session is locked for this one. */
  readonly refusesReply: () => boolean;
}

const HELD: Refusal = { status: 409, code: 'HeldByColleague', detail: 'Un collègue tient cette conversation.' };
const WROTE: Refusal = {
  status: 409,
  code: 'ColleagueWrote',
  detail: 'Un collègue a répondu. Relisez avant d’envoyer.',
};
const GONE: Refusal = { status: 404, code: 'ConversationGone', detail: 'Cette conversation n’existe plus.' };
const LOCKED: Refusal = {
  status: 401,
  code: 'SessionLockedForOnce',
  detail: 'La session est verrouillée. Entrez votre mot de passe pour continuer.',
};
const NO_FILE: Refusal = {
  status: 404,
  code: 'AttachmentNotFound',
  detail: 'Ce fichier n’est plus là : il a été effacé.',
};
const PAGE = 40;

const CANNED = {
  replies: [
    { shortcut: 'bonjour', title: 'Bonjour', text: 'Bonjour, je suis délégué à Planoise. Je lis votre message.' },
    { shortcut: 'rdv', title: 'Proposer un rendez-vous', text: 'Pouvez-vous passer le [jour] à [heure] ?' },
    { shortcut: 'merci', title: 'Remercier', text: 'Merci de votre message. Bonne journée.' },
  ],
  labels: ['Bruit', 'Voisinage', 'Circulation'],
};

interface Scene {
  readonly conversation: FakeConversation;
  readonly me: Person;
  readonly request: Request;
  readonly response: Response;
}

/** The calls about conversations, with the server's refusals that the page has words for. */
export function conversationCalls(parts: CallParts): Router {
  const { world, delegateOf, refuse } = parts;
  const router = Router();
  const personOf = (request: Request): Person =>
    world.people.find(({ id }) => id === delegateOf(request)) ?? { id: '', displayName: '' };

  const on = (method: 'get' | 'post' | 'put', path: string, act: (scene: Scene) => unknown): void => {
    router[method](`/conversations/:id${path}`, (request: Request, response: Response) => {
      const conversation = world.conversations.get(String(request.params.id));
      if (!conversation) return refuse(response, GONE);
      const answer = act({ conversation, me: personOf(request), request, response });
      if (!response.headersSent && !request.socket.destroyed) {
        response.json(answer ?? world.detailFor(conversation.card.id, delegateOf(request)));
      }
    });
  };
  const change = (path: string, card: (scene: Scene) => Partial<Card>): void =>
    on('post', path, (scene) => {
      const { holder, id } = scene.conversation.card;
      if (holder && holder.id !== scene.me.id) return refuse(scene.response, HELD);
      world.change(id, card(scene));
      return undefined;
    });
  const free = {
    holder: undefined,
    heldSince: undefined,
    offeredTo: undefined,
    waitingSince: undefined,
    snoozedUntil: undefined,
  } as unknown as Partial<Card>;

  router.get('/canned-replies', (_request, response) => void response.json(CANNED));
  router.get('/conversations/past', (request, response) => {
    const past = [...world.conversations.values()].map(({ card }) => card).filter(({ list }) => list === 'past');
    const start = Number(request.query.after ?? 0);
    const next = start + 2 < past.length ? { next: String(start + 2) } : {};
    response.json({ cards: past.slice(start, start + 2), ...next });
  });
  router.post('/search', (request, response) => {
    const matches = [...world.conversations.values()].flatMap(({ card, messages }) =>
      messages
        .filter(({ text }) => text.includes(request.body.text))
        .map(({ seq, text }) => ({ card, seq, excerpt: text })),
    );
    response.json({ matches, searched: world.conversations.size, isPartial: true });
  });

  on('get', '', ({ conversation, me }) => opened(world, conversation, me));
  on('get', '/messages', ({ conversation: { messages }, request }) => {
    const before = messages.filter(({ seq }) => seq < Number(request.query.before));
    return { messages: before.slice(-PAGE), hasEarlier: before.length > PAGE };
  });
  router.get('/conversations/:id/attachments/:attachmentId', (request, response) => {
    const file = world.files.get(String(request.params.attachmentId));
    if (!file) return refuse(response, NO_FILE);
    const { type, bytes, fileName } = file;
    const place = type.startsWith('image/') ? 'inline' : 'attachment';
    response
      .set({ 'Content-Type': type, 'Content-Disposition': `${place}; filename="${fileName}"` })
      .send(Buffer.from(bytes));
  });
  change('/take', ({ me }) => ({ ...free, status: 'assigned', list: 'queue', holder: me, heldSince: Date.now() }));
  change('/reopen', ({ me }) => ({ ...free, status: 'assigned', list: 'queue', holder: me, heldSince: Date.now() }));
  change('/give-back', () => ({ ...free, status: 'bot', list: 'past' }));
  change('/close', () => ({ ...free, status: 'closed', list: 'past' }));
  change('/snooze', ({ request }) => ({
    ...free,
    status: 'waiting',
    waitingSince: Date.now(),
    snoozedUntil: request.body.until,
  }));
  change('/unsnooze', () => ({ snoozedUntil: undefined }) as unknown as Partial<Card>);
  change('/acknowledge', () => ({ emergencyAt: undefined, missedAt: undefined }) as unknown as Partial<Card>);
  change('/transfer', ({ request }) => {
    const offeredTo = world.people.find(({ id }) => id === request.body.to);
    return { ...free, status: 'waiting', waitingSince: Date.now(), ...(offeredTo && { offeredTo }) };
  });
  change('/block', ({ conversation, me, request }) => {
    conversation.block = { by: me, reason: request.body.reason, at: Date.now() };
    return { ...free, status: 'bot', isBlocked: true, list: 'past' };
  });
  change('/unblock', ({ conversation }) => {
    delete conversation.block;
    return { isBlocked: false };
  });
  on('post', '/reply', (scene) => reply(parts, scene));
  on('put', '/labels', ({ conversation: { card }, request }) => void world.change(card.id, request.body));
  on('post', '/notes', ({ conversation, me, request }) => {
    const { id, text } = request.body;
    if (!conversation.notes.some((note) => note.id === id))
      conversation.notes.push({ id, text, by: me, at: Date.now() });
  });
  on('put', '/callbacks/:callbackId', ({ conversation, me, request }) => {
    conversation.callbacks = conversation.callbacks.map(({ doneAt: _, doneBy: __, ...callback }) =>
      callback.id === request.params.callbackId && request.body.isDone
        ? { ...callback, doneAt: Date.now(), doneBy: me }
        : callback,
    );
  });
  on('put', '/draft', ({ conversation, me, request }) => {
    world.drafts.set(`${me.id} ${conversation.card.id}`, request.body.text);
    return { ok: true };
  });
  on('put', '/read', ({ conversation, me, request }) => {
    world.reads.set(`${me.id} ${conversation.card.id}`, request.body.seq);
    return { ok: true };
  });
  on('post', '/typing', () => ({ ok: true }));
  on('get', '/transcript', ({ response }) => {
    response
      .set('content-disposition', 'attachment; filename="conversation-B7K2.txt"')
      .type('text/plain')
      .send('Résident : Bonjour');
  });
  return router;
}

function opened(world: World, { card: { id }, messages }: FakeConversation, me: Person): object {
  const draft = world.drafts.get(`${me.id} ${id}`);
  return {
    detail: world.detailFor(id, me.id),
    messages: messages.slice(-PAGE),
    hasEarlier: messages.length > PAGE,
    readSeq: world.reads.get(`${me.id} ${id}`) ?? 0,
    ...(draft && { draft }),
  };
}

function reply(
  { world, refuse, losesAnswer, refusesReply }: CallParts,
  { conversation, me, request, response }: Scene,
): unknown {
  const { clientId, text, seenSeq } = request.body;
  const { id } = conversation.card;
  if (refusesReply()) return refuse(response, LOCKED);
  const stored = conversation.messages.find((message) => message.clientId === clientId);
  const isLate = conversation.messages.some(
    ({ author, by, seq }) => author === 'delegate' && by?.id !== me.id && seq > seenSeq,
  );
  if (!stored && isLate) return refuse(response, WROTE);
  const message = stored ?? world.say(id, { author: 'delegate', by: me, text, clientId });
  if (losesAnswer()) {
    request.socket.destroy();
    return undefined;
  }
  return { message, detail: world.detailFor(id, me.id) };
}
