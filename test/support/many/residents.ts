import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type ChatClient, openChat, type ReceivedActivity } from '../chat-client.js';
import type { DeskClient } from '../desk-client.js';

/** A resident on the web, and what was acknowledged to them. */
export interface Resident {
  readonly chat: ChatClient;
  /** The activity's id, by the id that the client gave. */
  readonly acknowledged: Map<string, string>;
  sent: number;
}

/** Client ids of replies that the server took, by conversation. */
export type Replies = ReadonlyMap<string, Set<string>>;

const QUESTIONS = [
  "C'est ouvert demain ?",
  'Où est la permanence ?',
  'Bonjour',
  'Le nouveau commissariat ouvre quand ?',
  'merci',
];

export async function openResidents(url: string, count: number): Promise<readonly Resident[]> {
  return Promise.all(
    Array.from({ length: count }, async () => ({ chat: await openChat(url), acknowledged: new Map(), sent: 0 })),
  );
}

/** Talks with the assistant: each message is sent until it is acknowledged, and only then the next. */
export async function keepTalking(resident: Resident, isOver: () => boolean): Promise<void> {
  while (!isOver()) await say(resident, QUESTIONS[resident.sent % QUESTIONS.length] ?? '');
}

/** Asks for a delegate again and again. */
export async function keepAsking(resident: Resident, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const isRequest = resident.sent % 3 === 0;
    await say(resident, isRequest ? 'Parler à un délégué' : `C'est ouvert demain ? ${resident.sent}`);
  }
}

async function say(resident: Resident, text: string): Promise<void> {
  // Nobody writes faster, and servers are to be found at every point of their work, not only at its limit.
  await wait(THINKING_MS);
  const clientId = `m${resident.sent}`;
  resident.sent += 1;
  resident.acknowledged.set(clientId, await resident.chat.send(text, clientId));
}

/** How long people think before they write. */
const THINKING_MS = 100;

const MOST_READINGS = 5;
const READING_PAUSE_MS = 1_000;

export interface Answering {
  readonly residents: readonly Resident[];
  readonly replies: Replies;
  readonly random: () => number;
  readonly isOver: () => boolean;
}

/** Takes any conversation, answers and gives it back, as colleagues do at the same time. */
export async function keepAnswering(delegate: DeskClient, given: Answering): Promise<void> {
  const { residents, replies, random, isOver } = given;
  while (!isOver()) {
    const id = residents[Math.floor(random() * residents.length)]?.chat.conversationId ?? '';
    const taken = await delegate.insist('POST', `/conversations/${id}/take`);
    // Not asked for, held by the colleague, or given back meanwhile.
    if (taken.status !== 200) {
      await wait(THINKING_MS);
      continue;
    }
    const clientId = randomUUID();
    const body = { clientId, text: `Réponse ${clientId}`, seenSeq: 1_000_000 };
    const answer = await delegate.insist('POST', `/conversations/${id}/reply`, body);
    if (answer.status === 200) replies.get(id)?.add(clientId);
    await delegate.insist('POST', `/conversations/${id}/give-back`);
  }
}

/** What was lost, doubled or half written stays so: one look at the end finds it. Gives the transcript. */
export async function checkOwn({ chat, acknowledged, sent }: Resident): Promise<readonly ReceivedActivity[]> {
  const transcript = await wholeTranscript({ chat, acknowledged });
  const sequence = transcript.map(({ channelData }) => channelData?.['webchat:sequence-id']);
  expect(sequence).toEqual(transcript.map((_, index) => index + 1));
  const own = transcript.filter(({ channelData }) => channelData?.author === 'resident');
  const ids = own.map(({ channelData, id }) => [channelData?.clientActivityID, id]);
  expect(ids).toEqual(Array.from({ length: sent }, (_, index) => [`m${index}`, acknowledged.get(`m${index}`)]));
  return transcript;
}

/** A server whose storage is away says that there is nothing new: it is asked again for what was acknowledged last. */
async function wholeTranscript({ chat, acknowledged }: Pick<Resident, 'chat' | 'acknowledged'>) {
  const last = [...acknowledged.values()].at(-1);
  for (let tries = 1; ; tries++) {
    const transcript = await chat.transcript();
    if (last === undefined || tries === MOST_READINGS || transcript.some(({ id }) => id === last)) return transcript;
    await wait(READING_PAUSE_MS);
  }
}

/** Each message has its answer right behind it: nobody else speaks in this conversation. */
export async function checkAnswered(resident: Resident): Promise<void> {
  const transcript = await checkOwn(resident);
  const own = transcript.filter(({ channelData }) => channelData?.author === 'resident');
  const unanswered = own.filter((message) => transcript[transcript.indexOf(message) + 1]?.replyToId !== message.id);
  expect(unanswered.map(({ channelData }) => channelData?.clientActivityID)).toEqual([]);
}

/** Each reply that was taken is there once, and the robot is silent while somebody holds. */
export async function checkHandled(resident: Resident, replies: ReadonlySet<string>): Promise<void> {
  const transcript = await checkOwn(resident);
  const said = transcript.filter(({ channelData }) => channelData?.author === 'delegate');
  const texts = said.map(({ text }) => text ?? '');
  expect(new Set(texts).size).toBe(texts.length);
  expect([...replies].filter((clientId) => !texts.includes(`Réponse ${clientId}`))).toEqual([]);
  expect(saidOutOfTurn(transcript)).toEqual([]);
}

/** Words of the robot between a delegate's taking and their giving back. */
export function saidOutOfTurn(transcript: readonly ReceivedActivity[]): readonly (string | undefined)[] {
  let isHeld = false;
  return transcript.flatMap(({ name, value, text, channelData }) => {
    if (name === 'handoff.status') isHeld = value?.state === 'accepted';
    return isHeld && channelData?.author === 'bot' ? [text] : [];
  });
}
