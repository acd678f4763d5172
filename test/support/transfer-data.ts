import { randomUUID } from 'node:crypto';
import { inboxListOf } from '../../src/domain/conversation.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import type { Digest } from '../../src/storage/transfer/digest.js';
import type { Progress } from '../../src/storage/transfer/ports.js';
import { buildChange, buildConversation, buildMessages } from './build-conversation.js';
import {
  buildAccount,
  buildAttachment,
  buildAuditEntry,
  buildBookmark,
  buildFactsVersion,
  buildInvitation,
  buildNote,
  buildPushSubscription,
  buildSession,
} from './storage-builders.js';

export const SILENT: Progress = { begin: () => undefined, reach: () => undefined, end: () => undefined };

/** Some of everything; the conversations are of different lengths, one of them long, and hold `messages` in all. */
export async function fillStorage(storage: Storage, messages: number): Promise<void> {
  await fillTeam(storage);
  let left = messages;
  for (let index = 0; left > 0; index += 1) {
    const length = Math.min(left, index === 0 ? Math.ceil(messages / 4) : 1 + ((index * 7) % 60));
    const id = await fillConversation(storage, length, index);
    left -= length;
    if (index % 3 === 0) await storage.notes.add(buildNote({ conversationId: id }));
    if (index === 0) await storage.attachments.save(buildAttachment({ conversationId: id }), Buffer.from('a photo'));
    if (index % 4 === 0) await storage.bookmarks.save(buildBookmark({ conversationId: id }));
  }
  const empty = buildConversation({ address: { key: 'chat-empty', details: {} } });
  await storage.conversations.create(empty, []);
}

async function fillTeam(storage: Storage): Promise<void> {
  const account = buildAccount({ login: 'jean' });
  await storage.accounts.create(account);
  await storage.invitations.create(buildInvitation());
  await storage.sessions.create(buildSession({ accountId: account.id }));
  await storage.push.save(buildPushSubscription());
  for (let seq = 1; seq <= 12; seq += 1) await storage.audit.append(buildAuditEntry(seq));
  await storage.facts.append(buildFactsVersion(1));
}

/** As turns do it, two messages at a time, with an erasure in some. */
async function fillConversation(storage: Storage, length: number, index: number): Promise<string> {
  const address = index % 2 === 0 && { address: { key: randomUUID(), details: {} } };
  const conversation = buildConversation({ ...address, dialogState: { index } });
  await storage.conversations.create(conversation, []);
  const erased = index % 5 === 4 ? 3 : 0;
  let lastSeq = 0;
  for (let rev = 0; lastSeq < length + erased; rev += 1) {
    const erasesHistory = erased > 0 && lastSeq === erased;
    const count = lastSeq < erased ? erased : Math.min(length > 100 ? 39 : 2, length + erased - lastSeq);
    await storage.conversations.commit(
      buildChange({
        id: conversation.id,
        expectedRev: rev,
        dialogState: { rev },
        messages: buildMessages(count, lastSeq),
        inboxList: inboxListOf(conversation),
        ...(erasesHistory && { erasesHistory }),
      }),
    );
    lastSeq += count;
  }
  return conversation.id;
}

/** All that can be read of the conversations through the ports, in one order. */
export async function readConversations(storage: Storage): Promise<readonly unknown[]> {
  const conversations = await storage.conversations.listRecent(100_000);
  const whole: unknown[] = [];
  // In turn: thousands at once would wait for a connection for longer than they may.
  for (const conversation of [...conversations].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    whole.push({
      ...conversation,
      messages: await storage.conversations.messagesAfter(conversation.id, 0, 100_000),
      count: await storage.conversations.countMessages(conversation.id),
      notes: await storage.notes.listOf(conversation.id),
      photo: await storage.attachments.content(conversation.id, 'photo'),
    });
  }
  return whole;
}

export async function readTeam(storage: Storage): Promise<unknown> {
  return {
    accounts: await storage.accounts.list(),
    audit: await storage.audit.after(0, 100),
    facts: await storage.facts.latest(),
    push: await storage.push.list(),
    invitations: await storage.invitations.list(),
  };
}

/** A resident who goes on writing, and whose conversation is erased now and then, until told to stop. */
export async function keepWriting(storage: Storage, isOver: () => boolean): Promise<number> {
  let written = 0;
  while (!isOver()) {
    const id = await fillConversation(storage, 6, written);
    await storage.notes.add(buildNote({ id: randomUUID(), conversationId: id }));
    if (written % 4 === 3) await storage.conversations.remove(id);
    written += 1;
  }
  return written;
}

/** Throws unless messages follow one another up to the last, in every conversation. */
export async function requireDense(storage: Storage): Promise<number> {
  const conversations = await storage.conversations.listRecent(100_000);
  for (const { id, lastSeq } of conversations) {
    const messages = await storage.conversations.messagesAfter(id, 0, 100_000);
    const first = lastSeq - messages.length + 1;
    if (messages.some(({ seq }, index) => seq !== first + index)) throw new Error(`Not dense: ${id}`);
    if ((await storage.conversations.countMessages(id)) !== messages.length) throw new Error(`Miscounted: ${id}`);
  }
  return conversations.length;
}

export function counts(digest: Digest): Record<string, number> {
  return Object.fromEntries(Object.entries(digest).map(([name, { count }]) => [name, count]));
}
