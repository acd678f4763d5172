import { type ConversationChange, inboxListOf } from '../../src/domain/conversation.js';
import type { Message } from '../../src/domain/message.js';
import { NUMBERS } from './handoff-bot.js';
import type { PlayedHandoff } from './handoff-record.js';

/** Every breach of what the handoff promises, in words. */
export function faultsOf(played: PlayedHandoff): readonly string[] {
  const all = [...played.opening, ...played.commits.flatMap(({ messages }) => messages)];
  return [
    ...played.troubles,
    ...faultsOfSequence(played, all),
    ...faultsOfSpeakers(all),
    ...faultsOfHolders(played.commits),
    ...faultsOfResident(played, all),
    ...faultsOfDelegates(played, all),
    ...faultsOfBot(all),
  ];
}

/** Without gaps, each once, and the transcript is all of it since the last erasure. */
function faultsOfSequence({ transcript, final }: PlayedHandoff, all: readonly Message[]): string[] {
  const kept = erasOf(all).at(-1) ?? [];
  return [
    ...all.flatMap(({ seq }, index) => (seq === index + 1 ? [] : [`Message ${index + 1} has the number ${seq}`])),
    ...erasOf(all).flatMap((era) =>
      repeatsOf(era.map(({ externalId }) => externalId)).map((id) => `${id} is there twice`),
    ),
    ...(asText(kept) === asText(transcript) ? [] : ['The transcript is not what was stored']),
    ...(final?.lastSeq === all.length ? [] : [`The last number is ${final?.lastSeq}, not ${all.length}`]),
  ];
}

/** As a client reads it: after a delegate's « accepted », the bot is silent until another event. */
function faultsOfSpeakers(all: readonly Message[]): string[] {
  let isHuman = false;
  return all.flatMap(({ seq, author, content }) => {
    if (content.kind === 'handoff') isHuman = isTaking(content);
    if (author === 'bot' && isHuman && !isNumbers(content)) return [`Message ${seq}: the bot speaks over a delegate`];
    if (author === 'delegate' && !isHuman) return [`Message ${seq}: a delegate speaks without having taken it`];
    return [];
  });
}

/** As stored: one holder at a time, there exactly while assigned; a bot's word never in a change that leaves it assigned. */
function faultsOfHolders(commits: readonly ConversationChange[]): string[] {
  let holder: string | undefined;
  return commits.flatMap((change, index) => {
    const { status, desk, messages } = change;
    const before = holder;
    holder = desk.holder;
    const isBotHeard = messages.some(({ author, content }) => author === 'bot' && !isNumbers(content));
    const breaches: readonly [boolean, string][] = [
      [change.expectedRev !== index, `made from rev ${change.expectedRev}`],
      [(status === 'assigned') !== (holder !== undefined), 'assigned without a holder, or held without being so'],
      [(status === 'waiting') !== (desk.waitingSince !== undefined), 'waiting without a beginning, or the reverse'],
      [before !== undefined && holder !== undefined && before !== holder, 'passes from one holder to another'],
      [holder !== undefined && isBotHeard, 'the bot speaks while it is held'],
      [before !== undefined && holder === undefined && isOfNoLeaver(messages), 'a message takes it from its holder'],
      [change.inboxList !== inboxListOf(change), 'the list does not fit'],
    ];
    return breaches.flatMap(([isBreach, words]) => (isBreach ? [`Change ${index + 1}: ${words}`] : []));
  });
}

/** What was acknowledged is there under the acknowledged number, in the order of its tab; nothing else is. */
function faultsOfResident({ sent }: PlayedHandoff, all: readonly Message[]): string[] {
  const faults = sent.flatMap(({ externalId, text, seqs }) => {
    const stored = all.filter((message) => message.externalId === externalId);
    const isSame = stored.every(
      (message) => isAsWritten(message, 'resident', text) || message.content.kind === 'erased',
    );
    return [
      ...(seqs.every((seq) => stored.some((message) => message.seq === seq)) ? [] : [`« ${text} » is not there`]),
      ...(isSame ? [] : [`« ${text} » was changed`]),
    ];
  });
  const tabs = Object.values(Object.groupBy(sent, ({ tab }) => tab)).map((list = []) => list.map(({ seqs }) => seqs));
  const known = new Set(sent.map(({ externalId }) => externalId));
  const unknown = all.filter(({ author, externalId }) => author === 'resident' && !known.has(externalId));
  return [...faults, ...tabs.flatMap(disorderOf), ...unknown.map(({ seq }) => `Message ${seq} was never sent`)];
}

/** The same for delegates; what was refused is not there, and nobody wrote without having seen a colleague's words. */
function faultsOfDelegates({ replies, holds }: PlayedHandoff, all: readonly Message[]): string[] {
  const faults = replies.flatMap(({ by, text, seenSeq, message }) => {
    const stored = all.find(({ seq }) => seq === message.seq);
    if (!stored || !isAsWritten(stored, 'delegate', text)) return [`« ${text} » is not there`];
    const era = erasOf(all).findLast(([first]) => (first?.seq ?? 0) <= stored.seq) ?? [];
    const between = era.filter(({ seq }) => seq > seenSeq && seq < stored.seq);
    const unseen = between.filter(({ author, signature }) => author === 'delegate' && signature?.delegateId !== by);
    return [
      ...(stored.signature?.delegateId === by ? [] : [`« ${text} » is signed by another`]),
      ...(unseen.length === 0 ? [] : [`« ${text} » was written over a colleague`]),
    ];
  });
  const lists = Object.values(Object.groupBy(replies, ({ by }) => by));
  const known = new Set(replies.map(({ clientId }) => `d:${clientId}`));
  // One that died after its commit, was erased and then refused, has left no trace.
  const kept = erasOf(all).at(-1) ?? [];
  const unknown = kept.filter(({ author, externalId }) => author === 'delegate' && !known.has(externalId));
  const losers = holds.filter(({ by, holder }) => by !== holder);
  return [
    ...faults,
    ...lists.flatMap((list = []) => disorderOf(list.map(({ message }) => [message.seq]))),
    ...unknown.map(({ seq }) => `Message ${seq} was refused, and is there`),
    ...losers.map(({ by, holder }) => `${by} was told to hold what ${holder} holds`),
  ];
}

/** Of one writer, who sent each only after the one before was acknowledged. */
function disorderOf(acknowledged: readonly (readonly number[])[]): string[] {
  return acknowledged.flatMap((seqs, index) => {
    const before = Math.max(0, ...(acknowledged[index - 1] ?? []));
    return Math.min(...seqs) > before ? [] : [`Message ${seqs.join()} comes before what was written earlier`];
  });
}

/**
 * Answers stand right after what they answer, and count the turns since a delegate took over, without a gap: no state was
 * lost or used twice.
 */
function faultsOfBot(all: readonly Message[]): string[] {
  let turns = 0;
  return all.flatMap(({ seq, author, replyTo, content }, index) => {
    if (isTaking(content)) turns = 0;
    if (author !== 'bot' || seq === 1) return [];
    const before = all[index - 1];
    const isInPlace = before !== undefined && (before.seq === replyTo || before.replyTo === replyTo);
    const turn = turnIn(content);
    const expected = turns + 1;
    if (turn !== undefined) turns = Number(turn);
    const isCounted = turn === undefined || Number(turn) === expected;
    return [
      ...(isInPlace ? [] : [`Message ${seq} does not follow what it answers`]),
      ...(isCounted ? [] : [`Message ${seq} counts ${turn}, not ${expected}`]),
    ];
  });
}

/** The number that an answer gives, if it does. */
function turnIn(content: Message['content']): string | undefined {
  return content.kind === 'text' ? /^tour (\d+)$/.exec(content.text)?.[1] : undefined;
}

function isTaking(content: Message['content']): boolean {
  return content.kind === 'handoff' && content.event === 'status' && content.state === 'accepted';
}

/** A resident's message that does not ask for the assistant. */
function isOfNoLeaver([first]: readonly Message[]): boolean {
  return first?.author === 'resident' && first.content.kind === 'text' && !first.content.text.startsWith('menu');
}

function isNumbers(content: Message['content']): boolean {
  return content.kind === 'text' && content.text === NUMBERS;
}

function isAsWritten({ author, content }: Message, by: Message['author'], text: string): boolean {
  return author === by && content.kind === 'text' && content.text === text;
}

/** An erasure takes all ids with it: one that is sent again after it is a new message. */
function erasOf(all: readonly Message[]): readonly (readonly Message[])[] {
  const starts = [0, ...all.flatMap(({ content }, index) => (content.kind === 'erased' ? [index] : []))];
  return starts.map((start, index) => all.slice(start, starts[index + 1]));
}

function repeatsOf(ids: readonly string[]): readonly string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** Whatever the order in which a store gives the members back. */
function asText(messages: readonly Message[]): string {
  const members = 'seq externalId clientId replyTo author signature delegateId name at content kind text event state';
  return JSON.stringify(messages, [...members.split(' '), 'erasedMessages']);
}
