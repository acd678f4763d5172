import { expect, test } from '@jest/globals';
import { createLine, type LiveLine } from '../../../src/web/inbox/live/connection.js';
import { createEventParser } from '../../../src/web/inbox/live/event-stream.js';
import { type HeldTimers, holdTimers, settle } from '../../support/inbox-queue-timers.js';

/** A server whose streams the test feeds and breaks. */
function openLine(answers: readonly ('stream' | 'nothing' | number)[]) {
  const timers: HeldTimers = holdTimers(0);
  const log: string[] = [];
  const urls: string[] = [];
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  let address = 'a';

  async function fetch(url: string, { signal }: { readonly signal: AbortSignal }): Promise<Response> {
    const answer = answers[Math.min(urls.length, answers.length - 1)];
    urls.push(url);
    if (answer === 'nothing') throw new TypeError('no network');
    if (typeof answer === 'number') return new Response(null, { status: answer });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        streams.push(controller);
        signal.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError')));
      },
    });
    return new Response(body);
  }

  const line: LiveLine = createLine({
    fetch,
    url: () => address,
    timers,
    random: () => 0,
    onEvent: ({ name }) => log.push(name),
    onLive: () => log.push('live'),
    onCut: (since) => log.push(`cut ${since}`),
    onRefused: () => log.push('refused'),
  });
  line.start();
  return {
    line,
    timers,
    log,
    urls,
    streams,
    say: async (text: string) => {
      streams.at(-1)?.enqueue(new TextEncoder().encode(text));
      await idle();
    },
    move: (next: string) => {
      address = next;
    },
  };
}

/** Streams hand over by tasks, not by promises alone. */
async function idle(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}

const EVENT = 'event: team\ndata: {"team":[]}\n\n';

test.each([
  ['whole', ['event: card\ndata: {"a":1}\n\n']],
  ['cut anywhere', [...'event: card\ndata: {"a":1}\n\n']],
  ['with CRLF, an id and a comment', [': ping\r', '\nid: 4\r\nevent: card\r\ndata:{"a":1}\r\n\r', '\n']],
  ['with two lines of data', ['event: card\ndata: {"a":\ndata: 1}\n\n']],
])('reads an event %s', (_, chunks) => {
  const parse = createEventParser();
  const events = chunks.flatMap((chunk) => parse(chunk));
  expect(events.map(({ name, data }) => [name, JSON.parse(data)])).toEqual([['card', { a: 1 }]]);
});

test('a comment is no event', () => {
  expect(createEventParser()(': ping\n\n')).toEqual([]);
});

test('a line that breaks is taken up again, and says since when nothing was heard', async () => {
  const { timers, log, streams, say, urls } = openLine(['stream', 'nothing', 'nothing', 'stream']);
  await idle();
  await timers.advance(2_000);
  await say(EVENT);
  await timers.advance(3_000);
  streams[0]?.close();
  await idle();
  expect(log).toEqual(['live', 'team', 'cut 2000']);
  await timers.advance(500);
  await idle();
  await timers.advance(1_000);
  await idle();
  expect(urls.length).toBe(3);
  await timers.advance(2_000);
  await idle();
  await say(EVENT);
  expect(log.slice(-2)).toEqual(['live', 'team']);
});

test('a line that stays silent counts as cut', async () => {
  const { timers, log, say } = openLine(['stream']);
  await idle();
  await say(EVENT);
  await timers.advance(30_000);
  await say(': ping\n\n');
  await timers.advance(34_000);
  await idle();
  expect(log).toEqual(['live', 'team']);
  await timers.advance(1_000);
  await idle();
  expect(log.at(-1)).toBe('cut 30000');
});

test('another address is no cut', async () => {
  const { line, log, urls, say, move } = openLine(['stream']);
  await idle();
  await say(EVENT);
  move('b');
  line.restart();
  await idle();
  await say(EVENT);
  expect(urls).toEqual(['a', 'b']);
  expect(log).toEqual(['live', 'team', 'live', 'team']);
});

test('a page that comes back in sight does not wait, and doubts a line long silent', async () => {
  const { line, timers, urls, say } = openLine(['nothing', 'stream']);
  await idle();
  line.hurry();
  await idle();
  expect(urls.length).toBe(2);
  await say(EVENT);
  line.hurry();
  await idle();
  expect(urls.length).toBe(2);
  await timers.advance(20_000);
  line.hurry();
  await idle();
  await timers.advance(500);
  await idle();
  expect(urls.length).toBe(3);
});

test('without a session it stops', async () => {
  const { log, urls, timers } = openLine([401]);
  await idle();
  await timers.advance(60_000);
  await settle();
  expect(log).toEqual(['refused']);
  expect(urls.length).toBe(1);
});

test('an event that this page cannot read is passed over', async () => {
  const { log, say } = openLine(['stream']);
  await idle();
  await say(`event: card\ndata: {not json\n\n${EVENT}`);
  expect(log).toEqual(['live', 'team']);
});
