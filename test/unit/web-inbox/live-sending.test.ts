import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Failure } from '../../../src/web/inbox/live/failure.js';
import {
  type Decision,
  decide,
  draftOf,
  HOLD_MS,
  type Input,
  NOTHING_WRITTEN,
  nextWake,
  type Writing,
} from '../../../src/web/inbox/live/sending.js';
import { buildMessage, JEAN, ME } from '../../support/inbox-queue-builders.js';

type Step = Omit<Extract<Input, { kind: 'write' }>, 'conversationId'> | Record<string, unknown>;

const NETWORK: Failure = { status: 0, code: 'no-answer', detail: '' };
const COLLEAGUE: Failure = { status: 409, code: 'ColleagueWrote', detail: 'Un collègue a répondu.' };
const GONE: Failure = { status: 404, code: 'ConversationGone', detail: 'Cette conversation n’existe plus.' };

/** Plays inputs at their times; gives the last decision. */
function play(...steps: readonly (readonly [at: number, step: Step])[]): Decision {
  let decision: Decision = { writing: NOTHING_WRITTEN, post: [] };
  for (const [at, step] of steps) decision = next(decision.writing, step, at);
  return decision;
}

function next(writing: Writing, step: Step, at: number): Decision {
  return decide(writing, { conversationId: 'c1', ...step } as unknown as Input, at);
}

const write = (text: string) => ({ kind: 'write', text });
const send = (clientId: string, seenSeq = 4) => ({ kind: 'send', clientId, seenSeq });
const refused = (clientId: string, failure: Failure) => ({ kind: 'refused', clientId, failure, random: 0 });
const kinds = ({ writing }: Decision) => writing.outgoing.map(({ phase }) => phase.kind);
const posted = ({ post }: Decision) => post.map(({ clientId }) => clientId);
const fromJean = (seq: number) => buildMessage({ seq, author: 'delegate', by: JEAN, text: 'Bonjour, je suis Jean.' });

test('a reply is held for five seconds, and is a draft meanwhile', () => {
  const held = play([0, write(' Bonjour ')], [10, send('a')]);
  expect(kinds(held)).toEqual(['held']);
  expect(held.writing.text).toBe('');
  expect(draftOf(held.writing)).toBe('Bonjour');
  expect(nextWake({ c1: held.writing })).toBe(10 + HOLD_MS);
  expect(posted(next(held.writing, { kind: 'tick' }, 10 + HOLD_MS - 1))).toEqual([]);
  expect(posted(next(held.writing, { kind: 'tick' }, 10 + HOLD_MS))).toEqual(['a']);
});

test('nothing is sent when nothing is written', () => {
  expect(play([0, write('  \n ')], [1, send('a')]).writing.outgoing).toEqual([]);
});

test('« Annuler » puts it back before what was begun meanwhile', () => {
  const { writing } = play(
    [0, write('Un')],
    [1, send('a')],
    [2, write('Deux')],
    [3, { kind: 'cancel', clientId: 'a' }],
  );
  expect(writing).toEqual({ text: 'Un\n\nDeux', outgoing: [] });
});

test('what may have reached the server cannot be taken back', () => {
  const sending = play([0, write('Un')], [1, send('a')], [2, { kind: 'send-now', clientId: 'a' }]);
  expect(posted(sending)).toEqual(['a']);
  expect(kinds(next(sending.writing, { kind: 'cancel', clientId: 'a' }, 3))).toEqual(['sending']);
});

test.each([
  ['send-now', { kind: 'send-now', clientId: 'a' }],
  ['leave', { kind: 'leave' }],
])('%s does not wait', (_, step) => {
  expect(posted(play([0, write('Un')], [1, send('a')], [2, step]))).toEqual(['a']);
});

test('without an answer it is tried again under the same id, ever more slowly, until it is acknowledged', () => {
  let { writing } = play([0, write('Un')], [0, send('a')], [5_000, { kind: 'tick' }]);
  let at = 5_000;
  const pauses: number[] = [];
  for (let round = 0; round < 6; round++) {
    writing = next(writing, refused('a', NETWORK), at).writing;
    const wake = nextWake({ c1: writing }) ?? 0;
    pauses.push(wake - at);
    at = wake;
    const again = next(writing, { kind: 'tick' }, at);
    expect(posted(again)).toEqual(['a']);
    writing = again.writing;
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000]);
  expect(draftOf(writing)).toBe('Un');
  expect(next(writing, { kind: 'acknowledged', clientId: 'a' }, at).writing).toEqual(NOTHING_WRITTEN);
});

test('the network that is back ends the wait', () => {
  const waits = play([0, write('Un')], [0, send('a')], [5_000, { kind: 'tick' }], [5_100, refused('a', NETWORK)]);
  expect(posted(waits)).toEqual([]);
  expect(posted(next(waits.writing, { kind: 'hurry' }, 5_200))).toEqual(['a']);
});

test('a refusal is shown with its words, and « Réessayer » posts it again', () => {
  const failed = play([0, write('Un')], [0, send('a')], [5_000, { kind: 'tick' }], [5_100, refused('a', GONE)]);
  expect(failed.writing.outgoing[0]?.phase).toEqual({ kind: 'failed', detail: GONE.detail });
  expect(posted(next(failed.writing, { kind: 'retry', clientId: 'a' }, 6_000))).toEqual(['a']);
  expect(next(failed.writing, { kind: 'cancel', clientId: 'a' }, 6_000).writing.text).toBe('Un');
});

test('the server’s guard puts the text back into the composer', () => {
  const { writing } = play(
    [0, write('Un')],
    [0, send('a', 4)],
    [5_000, { kind: 'tick' }],
    [5_100, refused('a', COLLEAGUE)],
  );
  expect(writing).toEqual({ text: 'Un', outgoing: [], guardedAfter: 4 });
});

test('a reply whose time is over behind one that hangs waits for that one, and for no clock', () => {
  const two = play(
    [0, write('Un')],
    [0, send('a')],
    [HOLD_MS, { kind: 'tick' }],
    [6_000, write('Deux')],
    [6_000, send('b')],
  );
  expect(kinds(two)).toEqual(['sending', 'held']);
  const over = next(two.writing, { kind: 'tick' }, 6_000 + HOLD_MS);
  expect(kinds(over)).toEqual(['sending', 'queued']);
  expect(posted(over)).toEqual([]);
  expect(nextWake({ c1: over.writing })).toBeUndefined();
  expect(posted(next(over.writing, { kind: 'acknowledged', clientId: 'a' }, 12_000))).toEqual(['b']);
});

test('a colleague’s message stops what is still held, and not what may have been sent', () => {
  const held = play([0, write('Un')], [0, send('a', 4)]);
  const stopped = next(held.writing, { kind: 'arrived', messages: [fromJean(5)], me: ME.id }, 100);
  expect(stopped.writing).toEqual({ text: 'Un', outgoing: [], guardedAfter: 4 });
  const gone = play([0, write('Un')], [0, send('a', 4)], [5_000, { kind: 'tick' }]);
  expect(kinds(next(gone.writing, { kind: 'arrived', messages: [fromJean(5)], me: ME.id }, 5_001))).toEqual([
    'sending',
  ]);
});

test('a message of the resident, or a colleague’s that was on the screen, stops nothing', () => {
  const held = play([0, write('Un')], [0, send('a', 4)]);
  const messages = [fromJean(4), buildMessage({ seq: 5 })];
  expect(kinds(next(held.writing, { kind: 'arrived', messages, me: ME.id }, 100))).toEqual(['held']);
});

test('sending again ends the warning', () => {
  const warned = play(
    [0, write('Un')],
    [0, send('a', 4)],
    [1, { kind: 'arrived', messages: [fromJean(5)], me: ME.id }],
  );
  const again = next(warned.writing, send('b', 5), 2_000);
  expect(again.writing.guardedAfter).toBeUndefined();
  expect(again.writing.outgoing[0]?.seenSeq).toBe(5);
});

test('its own echo acknowledges it, whatever became of the answer', () => {
  const lost = play([0, write('Un')], [0, send('a')], [5_000, { kind: 'tick' }], [5_100, refused('a', NETWORK)]);
  const echo = buildMessage({ seq: 5, author: 'delegate', by: ME, clientId: 'a', text: 'Un' });
  expect(next(lost.writing, { kind: 'arrived', messages: [echo], me: ME.id }, 5_200).writing).toEqual(NOTHING_WRITTEN);
});

test('a second reply sends the first one at once, and follows it', () => {
  const two = play([0, write('Un')], [0, send('a')], [1_000, write('Deux')], [1_100, send('b')]);
  expect(posted(two)).toEqual(['a']);
  expect(kinds(two)).toEqual(['sending', 'held']);
  const late = next(two.writing, { kind: 'tick' }, 1_100 + HOLD_MS);
  expect(posted(late)).toEqual([]);
  expect(posted(next(late.writing, { kind: 'acknowledged', clientId: 'a' }, 7_000))).toEqual(['b']);
});

test('a draft comes back, without what left at the last moment', () => {
  const said = buildMessage({ seq: 5, author: 'delegate', by: ME, text: 'Un' });
  const restore = (draft: string, messages = [said]) =>
    play([0, { kind: 'restore', draft, messages, me: ME.id }]).writing.text;
  expect(restore('Bonjour')).toBe('Bonjour');
  expect(restore('Un')).toBe('');
  expect(restore('Un\n\nDeux')).toBe('Deux');
  expect(restore('Un autre jour')).toBe('Un autre jour');
  expect(restore('Un', [buildMessage({ seq: 5, text: 'Un' })])).toBe('Un');
});

test('a draft never replaces what was typed since', () => {
  const restore = { kind: 'restore', draft: 'Vieux', messages: [], me: ME.id };
  expect(play([0, write('Neuf')], [1, restore]).writing.text).toBe('Neuf');
});

/** One writing under random events; remembers what was acknowledged and what each id stood for. */
function createRun() {
  let writing: Writing = NOTHING_WRITTEN;
  let at = 0;
  let written = 0;
  const done: string[] = [];
  const texts = new Map<string, string>();

  function inputFor(name: string): Step | undefined {
    const head = writing.outgoing.find(({ phase }) => phase.kind !== 'failed') ?? writing.outgoing[0];
    const clientId = head?.clientId ?? 'none';
    const failure = { network: NETWORK, colleague: COLLEAGUE, refused: GONE }[name];
    if (failure) return refused(clientId, failure);
    if (name === 'send') {
      written += 1;
      writing = next(writing, write(`${writing.text} mot${written}.`), at).writing;
      return send(`id${written}`);
    }
    if (name === 'acknowledged') {
      if (head?.phase.kind !== 'sending') return undefined;
      done.push(head.text);
    }
    return { kind: name, clientId };
  }

  return {
    step(name: string): void {
      at += 1_700;
      const input = inputFor(name);
      if (!input) return;
      const decision = next(writing, input, at);
      for (const { clientId, text } of decision.post) {
        expect(texts.get(clientId) ?? text).toBe(text);
        texts.set(clientId, text);
      }
      writing = decision.writing;
      expect(writing.outgoing.filter(({ phase }) => phase.kind === 'sending').length).toBeLessThanOrEqual(1);
    },
    checkWords(): void {
      const kept = [draftOf(writing), ...done].join(' ');
      for (let n = 1; n <= written; n++) expect(kept.split(`mot${n}.`).length - 1).toBe(1);
    },
  };
}

test('whatever happens, no word is lost or doubled, and an id stands for one text', () => {
  const events = [
    'send',
    'tick',
    'cancel',
    'leave',
    'hurry',
    'acknowledged',
    'network',
    'colleague',
    'refused',
    'retry',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (names) => {
      const run = createRun();
      for (const name of names) run.step(name);
      run.checkWords();
    }),
    { numRuns: 500 },
  );
});
