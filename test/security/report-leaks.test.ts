import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStorage, type OpenedStorage } from '../../src/storage/create-storage.js';
import { type ChatClient, openChat, type ReceivedActivity } from '../support/chat-client.js';
import { type DeskEvent, setupTokenIn } from '../support/desk-client.js';
import { openStream, type StreamSocket } from '../support/directline-socket.js';
import { enrolReportClient, type ReportClient } from '../support/report-client.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';
import { formsOf } from '../support/storage-canary.js';

/** A word that no language has for each step; « tous les soirs » is understood, and what stands beside it is kept as it was typed. */
const WORDS = {
  where: 'rue de Picardie, hall Vormalin',
  when: 'tous les soirs chez Bredulor',
  what: 'des motos passent très vite Tarpenouk',
  more: 'il y a un chien Glimoxar',
  contact: 'Wendelor 06 43 17 43 19',
  addition: 'Mirlandou : ils sont revenus',
};
const MARKS = ['Vormalin', 'Bredulor', 'Tarpenouk', 'Glimoxar', 'Wendelor', '43 17 43 19', '643174319'];
const ADDITION = 'Mirlandou';

const data = makeDataDir();
const events: DeskEvent[] = [];
const ending = new AbortController();
let server: ServerProcess;
let delegate: ReportClient;
let chat: ChatClient;
let tab: StreamSocket;
let opened: OpenedStorage;
let receipt: string;

beforeAll(async () => {
  server = await startServerProcess({ dataDir: data.path, env: { LOG_LEVEL: 'debug' } });
  delegate = await enrolReportClient(() => server.url, 'marie', setupTokenIn(server.output()));
  chat = await openChat(server.url);
  opened = await createStorage({ dataDir: data.path });
  tab = await watchAsResident();
  // Delegates see the conversation from its first word on, and everything that happens to it.
  await chat.send('Je veux parler à un délégué');
  delegate.events((event) => events.push(event), ending.signal, chat.conversationId).catch(() => undefined);
}, 60_000);
afterAll(async () => {
  ending.abort();
  await tab.close();
  await opened.storage.close();
  await server.stop();
  data.remove();
});

async function watchAsResident(): Promise<StreamSocket> {
  const answer = await fetch(`${server.url}/api/widget/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: chat.token }),
  });
  return openStream(((await answer.json()) as { streamUrl: string }).streamUrl);
}

/** Everything of the conversation and of reports as whoever has the server's key can read it, the draft's answers too. */
async function storedInClear(): Promise<string> {
  const { conversations, reports, notes, statistics } = opened.storage;
  const { conversationId: id } = chat;
  const draft = await reports.draftOf(id);
  return JSON.stringify([
    await conversations.load(id),
    await conversations.messagesAfter(id, 0, 1000),
    await notes.listOf(id),
    draft,
    await reports.listSent(),
    await statistics.between('2000-01-01', '2100-01-01'),
  ]);
}

async function shownToDelegates(): Promise<string> {
  return JSON.stringify([
    await delegate.open(chat.conversationId),
    await delegate.transcript(chat.conversationId),
    events,
  ]);
}

function found(place: string, marks: readonly string[] = [...MARKS, ADDITION]): readonly string[] {
  const bytes = Buffer.from(place);
  return marks.filter((mark) => formsOf(mark).some((form) => bytes.includes(form)));
}

/** The database, its log and whatever else lies there, the server's key excepted. */
function files(): string {
  const names = globSync(`${data.path}/**/*`, { withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'latin1')).join('\n');
}

async function expectNowhere(): Promise<void> {
  expect(found(await storedInClear())).toEqual([]);
  expect(found(await shownToDelegates())).toEqual([]);
  expect(found(files())).toEqual([]);
  expect(found(server.output())).toEqual([]);
}

async function answersTo(text: string): Promise<readonly ReceivedActivity[]> {
  const id = await chat.send(text);
  return (await chat.transcript()).filter(({ replyToId }) => replyToId === id);
}

describe('what is written in a report', () => {
  test('is nowhere at any step: not in storage, opened with the server’s key, nor before delegates, nor in the log', async () => {
    const steps = [
      'Signaler',
      'Commencer',
      'Rodéos, circulation',
      WORDS.where,
      WORDS.when,
      WORDS.what,
      WORDS.more,
      WORDS.contact,
    ];
    for (const step of steps) {
      await chat.send(step);
      await expectNowhere();
    }
  }, 60_000);

  test('is read back to the resident, in both tabs', async () => {
    const marks = MARKS.filter((mark) => mark !== '643174319');
    expect(found(JSON.stringify(await chat.transcript()), marks)).toEqual(marks);
    await tab.until((activities) => found(JSON.stringify(activities), marks).length === marks.length);
  });

  test('is opened by the delegate, in whose hands the key is; the receipt is the resident’s alone', async () => {
    const sent = await answersTo('Envoyer');
    receipt = sent.flatMap(({ channelData }) => channelData?.receipt ?? [])[0] ?? '';
    expect(receipt).toMatch(/^(\w{5}-){4}[\w*~$=]$/);
    await expectNowhere();
    const [id = ''] = await delegate.reportIds();
    const marks = MARKS.filter((mark) => /^[A-Z]/.test(mark));
    expect(found(JSON.stringify(await delegate.read(id)), marks)).toEqual(marks);
    expect(events.length).toBeGreaterThan(10);
    for (const place of [await shownToDelegates(), server.output()]) {
      expect(found(place, [receipt, receipt.replaceAll('-', '')])).toEqual([]);
    }
  });

  test('is nowhere when its author comes back and adds to it; nor is the code, though it is typed', async () => {
    await chat.send('Merci');
    await chat.send(`Bonjour, mon code est ${receipt}`);
    await chat.send('Menu');
    await chat.send('Suivre un signalement');
    await chat.send(receipt);
    await chat.send('Ajouter une information');
    await chat.send(WORDS.addition);
    await expectNowhere();
    await delegate.insist('POST', `/conversations/${chat.conversationId}/take`, {});
    // What was being answered when the delegate took over is kept from them.
    await chat.send(WORDS.addition);
    await expectNowhere();
    await chat.send(`Mon code est ${receipt.toLowerCase()}, merci`);
    expect((await chat.transcript()).at(-1)?.text).toBe('Mon code est [code de suivi], merci');
    const { conversations } = opened.storage;
    const messages = JSON.stringify(await conversations.messagesAfter(chat.conversationId, 0, 1000));
    expect(found(messages, [receipt, receipt.replaceAll('-', '')])).toEqual([]);
    expect(found(await shownToDelegates(), [receipt])).toEqual([]);
    const [id = ''] = await delegate.reportIds();
    expect(found(JSON.stringify(await delegate.read(id)), [ADDITION])).toEqual([ADDITION]);
  });

  test('the report leads to no conversation, and after a restart the resident reads the stand-ins', async () => {
    const [report] = await opened.storage.reports.listSent();
    const traces = [chat.conversationId, ...messageIds(await chat.transcript())];
    expect(traces.filter((trace) => JSON.stringify(report).includes(trace))).toEqual([]);
    expect(await server.stop('SIGKILL')).toBe('SIGKILL');
    expect(found(files())).toEqual([]);
    server = await startServerProcess({ dataDir: data.path, port: server.port, env: { LOG_LEVEL: 'debug' } });
    const transcript = await chat.transcript();
    expect(found(JSON.stringify(transcript))).toEqual([]);
    expect(transcript.flatMap(({ channelData }) => channelData?.receipt ?? [])).toContain(receipt);
  }, 60_000);
});

/** The ids under which the resident's messages came. */
function messageIds(transcript: readonly ReceivedActivity[]): readonly string[] {
  return transcript.flatMap(({ channelData }) => {
    const id = channelData?.clientActivityID;
    return id === undefined ? [] : [`c:${id}"`];
  });
}
