import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboundActivity } from '../../../src/channels/directline/activities.js';
import type { Session } from '../../../src/channels/directline/parts.js';
import { DomainError } from '../../../src/domain/errors.js';
import type { Revealed, TextContent } from '../../../src/domain/message.js';
import { openSession, readAll } from '../../support/directline-calls.js';
import { type DirectLineServer, startDirectLineServer } from '../../support/directline-server.js';
import { openStream } from '../../support/directline-socket.js';

const RECEIPT = 'ABCDE-01234-FGHJK-MNPQR-S';
const BUTTON = { title: 'Envoyer', value: 'Envoyer' };
const ANSWER: TextContent = { kind: 'text', text: '(réponse scellée)', isConcealed: true };
const RECAP: TextContent = { kind: 'text', text: 'Récapitulatif.', reveal: 'words:a', actions: [BUTTON] };
const SENT: TextContent = { kind: 'text', text: 'Code montré une fois.', reveal: 'receipt:r' };

let server: DirectLineServer;
let session: Session;
let known: Map<string, Revealed>;
let fault: DomainError | undefined;

beforeEach(async () => {
  known = new Map<string, Revealed>([
    ['words:a', { text: 'Vous avez dit : rue de Picardie.' }],
    ['receipt:r', { text: `Notez ce code.\n${RECEIPT}`, receipt: RECEIPT }],
  ]);
  fault = undefined;
  server = await startDirectLineServer({
    async reveal(name) {
      if (fault) throw fault;
      return known.get(name);
    },
  });
  session = await openSession(server.url);
});
afterEach(() => server.stop());

const store = (): Promise<void> =>
  server.desk.store(
    session.conversationId,
    { author: 'resident', clientId: 'k-1', content: ANSWER },
    {
      author: 'bot',
      content: { kind: 'text', text: 'Étape 7 sur 7', asksInConfidence: true, progress: { step: 7, of: 7 } },
    },
    { author: 'bot', content: RECAP },
    { author: 'bot', content: SENT },
  );

const REVEALED = [
  { text: '(réponse scellée)', isConfidential: true, clientActivityID: 'k-1' },
  { text: 'Étape 7 sur 7', asksInConfidence: true, progress: { step: 7, of: 7 } },
  { text: 'Vous avez dit : rue de Picardie.', isConfidential: true },
  { text: `Notez ce code.\n${RECEIPT}`, isConfidential: true, receipt: RECEIPT },
];

const STANDING_IN = [
  REVEALED[0],
  REVEALED[1],
  { text: 'Récapitulatif.', isConfidential: true },
  { text: 'Code montré une fois.', isConfidential: true },
];

function shown(activities: readonly OutboundActivity[]) {
  return activities.slice(1).map(({ text, channelData: { author: _, 'webchat:sequence-id': __, ...rest } }) => ({
    text,
    ...rest,
  }));
}

describe('words that no transcript keeps', () => {
  test('are shown to who polls, with their buttons, and marked', async () => {
    await store();
    const { activities } = await readAll(server.url, session);
    expect(shown(activities)).toEqual(REVEALED);
    expect(activities[3]?.suggestedActions?.actions).toMatchObject([BUTTON]);
    expect(activities[3]?.from).toEqual({ id: 'bot', name: 'Assistant (robot)', role: 'bot' });
  });

  test('are shown by the stream, live and again to another tab', async () => {
    const one = await openStream(session.streamUrl);
    await store();
    expect(shown(await one.until(({ length }) => length === 5))).toEqual(REVEALED);
    const other = await openStream(session.streamUrl);
    expect(shown(await other.until(({ length }) => length === 5))).toEqual(REVEALED);
    await Promise.all([one.close(), other.close()]);
  });

  test('once gone, their stand-ins are shown, still marked', async () => {
    await store();
    known.clear();
    expect(shown((await readAll(server.url, session)).activities)).toEqual(STANDING_IN);
    const stream = await openStream(session.streamUrl);
    expect(shown(await stream.until(({ length }) => length === 5))).toEqual(STANDING_IN);
    await stream.close();
  });

  test('storage that cannot give a receipt loses nothing: a poll finds nothing new, a stream is to come back', async () => {
    await store();
    fault = new DomainError('storage-unavailable', 'no');
    expect(await readAll(server.url, session)).toEqual({ activities: [], watermark: '0' });
    const stream = await openStream(session.streamUrl);
    expect(await stream.closed()).toBe(1013);
    fault = undefined;
    expect(shown((await readAll(server.url, session)).activities)).toEqual(REVEALED);
    expect(server.log.lines.join()).not.toMatch(/Picardie|ABCDE|words:|receipt:/);
  });
});

test('a server that keeps no such words shows the stand-ins', async () => {
  const plain = await startDirectLineServer();
  const opened = await openSession(plain.url);
  await plain.desk.store(opened.conversationId, { author: 'bot', content: RECAP });
  expect(shown((await readAll(plain.url, opened)).activities)).toEqual([STANDING_IN[2]]);
  await plain.stop();
});
