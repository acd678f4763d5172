import { type ChatClient, openChat, type ReceivedActivity } from './chat-client.js';
import { ASKING } from './security-conversations.js';
import { enrolWatched, inviteWatched, type WatchedDelegate } from './security-report-delegate.js';
import { REPORT_WORDS as WORDS } from './security-report-words.js';
import { type OpenEvents, openEvents } from './security-streams.js';

export interface ReportPlace {
  readonly url: string;
  readonly port: number;
  /** Of the link that the server printed. */
  readonly setupToken: string;
}

/** A report that was sent, and the conversation that it was written in. */
export interface SentWalk {
  readonly chat: ChatClient;
  readonly id: string;
  readonly receipt: string;
}

/** A day with all that may be typed about reports, through the server's own doors. */
export interface ReportDay {
  readonly coordinator: WatchedDelegate;
  readonly delegate: WatchedDelegate;
  /** Told in the first message. */
  readonly told: SentWalk;
  /** Step by step, with a question, a danger and a change in its middle; its author wants to be told of answers. */
  readonly walked: SentWalk;
  /** In a conversation that delegates see: it waits for one. */
  readonly queued: SentWalk;
  /** Left in the middle. */
  readonly abandoned: ChatClient;
  /** Given up. */
  readonly cancelled: ChatClient;
  /** A story that was never made a report. */
  readonly offered: ChatClient;
  /** A conversation of its own, in which the author of `walked` has come back. */
  readonly returned: ChatClient;
  /** The stream of the coordinator's page, on the conversation of `queued`. */
  readonly events: OpenEvents;
}

/** Said outside any report: kept as any other message. */
export const ORDINARY = 'Panoumelle';

const RECEIPT = /(?:[0-9A-Z]{5}-){4}[0-9A-Z*~$=]/;

export async function liveReportDay(place: ReportPlace): Promise<ReportDay> {
  const coordinator = await enrolWatched(place, 'anne', place.setupToken);
  const delegate = await enrolWatched(place, 'jean', await inviteWatched(coordinator, 'jean'));
  const sent = watchSent(delegate);
  const told = await sent(() => tell(place));
  const walked = await sent(() => walk(place));
  const queuedChat = await openChat(place.url);
  await queuedChat.send(ASKING);
  const path = `?conversation=${queuedChat.conversationId}&after=0`;
  const events = await openEvents(place.port, coordinator, path);
  await events.until(/event: ?detail/);
  const queued = await sent(() => writeInQueue(queuedChat));
  const abandoned = await leave(place);
  const cancelled = await cancel(place);
  const offered = await refuse(place);
  await work(delegate, walked);
  const returned = await comeBack(place, walked);
  return { coordinator, delegate, told, walked, queued, abandoned, cancelled, offered, returned, events };
}

function watchSent(delegate: WatchedDelegate) {
  return async (write: () => Promise<ChatClient>): Promise<SentWalk> => {
    const before = await delegate.reportIds();
    const chat = await write();
    const id = (await delegate.reportIds()).find((each) => !before.includes(each));
    const transcript = await chat.transcript();
    const receipt = receiptIn(transcript);
    if (id === undefined || receipt === undefined) throw new Error(`No report was sent:\n${linesOf(transcript)}`);
    return { chat, id, receipt };
  };
}

function linesOf(transcript: readonly ReceivedActivity[]): string {
  return transcript.map(({ channelData, text }) => `${channelData?.author}: ${text}`).join('\n');
}

export function receiptIn(transcript: readonly { readonly text?: string }[]): string | undefined {
  return transcript.map(({ text }) => RECEIPT.exec(text ?? '')?.[0]).findLast(Boolean);
}

/** A report that a story begins. */
async function tell(place: ReportPlace): Promise<ChatClient> {
  const chat = await openChat(place.url);
  await chat.send(`Il y a des rodéos tous les soirs rue de Picardie, ${WORDS.story}`);
  await chat.send('Commencer');
  await chat.send("Non, c'est tout");
  await chat.send(`Prénom ${WORDS.email}`);
  await chat.send('Envoyer');
  return chat;
}

/** While a delegate is waited for. */
async function writeInQueue(chat: ChatClient): Promise<ChatClient> {
  for (const text of [
    'Faire un signalement',
    'Commencer',
    'Rodéos, circulation',
    'rue de Picardie',
    'tous les soirs',
    `des motos passent très vite, ${WORDS.whatOfQueue}`,
    "Non, c'est tout",
    'Rester anonyme',
    'Envoyer',
  ])
    await chat.send(text);
  return chat;
}

/** Every question is answered with a word of its own. */
async function walk(place: ReportPlace): Promise<ChatClient> {
  const chat = await openChat(place.url);
  for (const text of [
    'Faire un signalement',
    'Commencer',
    `bruit ${WORDS.category}`,
    `devant le hall de ${WORDS.where}`,
    `hier soir vers 22 h, ${WORDS.when}`,
    `c'est anonyme, ce que je dis de ${WORDS.question} ?`,
    `des jeunes crient toute la nuit devant chez nous, ${WORDS.what}`,
    `au secours, un homme me menace avec un couteau maintenant, ${WORDS.danger}`,
    `il est parti vers la tour avec son chien, ${WORDS.afterDanger}`,
    'Reprendre',
    `${WORDS.firstName}, ${WORDS.phone}`,
    'Modifier',
    'Le lieu',
    `non, derrière le parking de ${WORDS.change}`,
    'Modifier',
    'Le texte ajouté',
    `il faut savoir qu'ils ont deux chiens, ${WORDS.more}`,
    'Envoyer',
    'Être prévenu ici',
  ])
    await chat.send(text);
  return chat;
}

async function leave(place: ReportPlace): Promise<ChatClient> {
  const chat = await openChat(place.url);
  for (const text of ['Faire un signalement', 'Commencer', 'Bruit, nuisances', `place Cassin, ${WORDS.abandoned}`])
    await chat.send(text);
  return chat;
}

async function cancel(place: ReportPlace): Promise<ChatClient> {
  const chat = await openChat(place.url);
  const where = `place Cassin, ${WORDS.cancelled}`;
  for (const text of ['Faire un signalement', 'Commencer', 'Bruit, nuisances', where, 'Annuler', "Oui, l'effacer"])
    await chat.send(text);
  return chat;
}

async function refuse(place: ReportPlace): Promise<ChatClient> {
  const chat = await openChat(place.url);
  await chat.send(`Il y a des rodéos tous les soirs rue de Picardie, ${WORDS.offered}`);
  await chat.send('Non merci');
  await chat.send(`Merci ${ORDINARY}`);
  return chat;
}

async function work(delegate: WatchedDelegate, { id }: SentWalk): Promise<void> {
  const { card } = await delegate.load(id);
  await delegate.ask('PUT', `/reports/${id}/read`, { seq: card.lastSeq });
  await delegate.write(id, { kind: 'note', text: `Voir la mairie, ${WORDS.note}` });
  await delegate.write(id, { kind: 'reply', text: `Nous passons ce soir, ${WORDS.reply}` });
  await delegate.write(id, { kind: 'status', status: 'forwarded', text: `Transmis, ${WORDS.status}` });
  await delegate.ask('PUT', `/reports/${id}/assignee`, { assigneeId: delegate.id });
  for (const as of ['print', 'file', 'redacted']) await delegate.ask('POST', `/reports/${id}/export`, { as });
}

/** The author comes back from another browser, reads, and adds. */
async function comeBack(place: ReportPlace, { receipt }: SentWalk): Promise<ChatClient> {
  const chat = await openChat(place.url);
  await chat.send('Suivre un signalement');
  await chat.send(receipt);
  await chat.send('Ajouter une information');
  await chat.send(`ils sont revenus hier soir avec la voiture, ${WORDS.addition}`);
  await chat.send(`et ils ont cassé la porte du hall cette nuit, ${WORDS.unaskedAddition}`);
  await chat.send("Oui, l'ajouter");
  return chat;
}
