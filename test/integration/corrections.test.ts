import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Inbound } from '../../src/pipeline/turn.js';
import type { Storage } from '../../src/storage/ports/storage.js';
import { makeSqliteStorage, type SqliteUnderTest } from '../support/storage-sqlite.js';
import { IN_REPORT, openTurnStage, STAGE_NOW, type StageOptions, type TurnStage } from '../support/turn-stage.js';

/** Turns with corrections, places and files over a real database: what is stored of them, and what lies in its files. */

const CANARY = 'canari-7731';
const PLACE = { latitude: 47.223412, longitude: 5.971289 };
const HELD = { status: 'assigned', desk: { holder: 'jean', heldSince: 1 } } as const;
const at = (seconds: number): Date => new Date(STAGE_NOW.getTime() + seconds * 1000);

let under: SqliteUnderTest;
let storage: Storage;

beforeEach(async () => {
  under = await makeSqliteStorage();
  storage = await under.open();
});
afterEach(() => under.dispose());

const open = (options: StageOptions = {}): Promise<TurnStage> =>
  openTurnStage({ store: storage.conversations, ...options });

const message = (text: string, seconds = 0): Inbound => ({ externalId: 'm7', text, writtenAt: at(seconds) });
const correction = (text: string, second: number): Inbound => ({
  externalId: `e7:${second}:${second}`,
  edits: 'm7',
  text,
  writtenAt: at(0),
  editedAt: at(second),
});

describe('what is stored', () => {
  test('a correction keeps which message it corrects, and when, over a restart', async () => {
    const stage = await open();
    await stage.handle(message('un'));
    await stage.handle(correction('trois', 3));
    const reopened = await under.open();
    const again = await openTurnStage({ store: { ...reopened.conversations, create: async () => undefined } });
    expect(await again.handle(correction('deux', 2))).toMatchObject({ kind: 'dropped' });
    expect(await again.lines()).toEqual([
      'resident un',
      'bot réponse à un',
      'resident trois (corrige 1)',
      'bot réponse à trois',
    ]);
  });

  test('a file is named on its message, for the delegate', async () => {
    const stage = await open(HELD);
    const attachment = { id: 'f1', kind: 'pdf', bytes: 12 } as const;
    await stage.handle({
      ...message('voici'),
      enclosed: { kind: 'document', outcome: { kind: 'kept', attachment } },
    });
    expect((await stage.messages())[0]?.content).toEqual({ kind: 'text', text: '[document]\nvoici', attachment });
  });
});

describe('what lies in the files', () => {
  test.each<[string, StageOptions, readonly Inbound[]]>([
    ['a correction', {}, [message('un'), correction(CANARY, 1)]],
    ['a correction inside a report', { dialogState: IN_REPORT }, [message('un'), correction(CANARY, 1)]],
    ['words under a photo', HELD, [{ ...message(CANARY), enclosed: { kind: 'photo' } }]],
    ['a place for a delegate', HELD, [{ ...message(''), position: PLACE }]],
    ['a place for the assistant', {}, [{ ...message(''), position: PLACE }]],
    ['a place inside a report', { dialogState: IN_REPORT }, [{ ...message(''), position: PLACE }]],
    ['a place that moves', {}, [{ ...correction('', 1), position: PLACE }]],
  ])('no word, and no coordinate, of %s', async (_, options, inbounds) => {
    const stage = await open(options);
    for (const inbound of inbounds) await stage.handle(inbound);
    const raw = (await under.readRaw()).toString('latin1');
    expect(raw).not.toMatch(/canari-7731|47\.2234|5\.9712/);
  });

  test('inside a report, not even in the sealed messages', async () => {
    const stage = await open({ dialogState: IN_REPORT, script: () => undefined });
    await stage.handle({ ...message(''), position: PLACE });
    await stage.handle({ ...message('un'), externalId: 'm8' });
    await stage.handle({ ...correction(CANARY, 1), externalId: 'e8:1:1', edits: 'm8' });
    const own = (await stage.messages()).filter(({ author }) => author === 'resident');
    expect(own.map(({ content }) => content)).toEqual([
      { kind: 'text', text: '(scellé)', isConcealed: true },
      { kind: 'text', text: '(scellé)', isConcealed: true },
      { kind: 'text', text: '(scellé, corrigé)', isConcealed: true, edits: 3, editedAt: at(1).getTime() },
    ]);
  });

  test('nothing is written for what is dropped', async () => {
    const stage = await open({
      script: (effects, text) => {
        if (text === 'oui') effects.eraseHistory();
      },
    });
    await stage.handle(message('un'));
    await stage.handle({ externalId: 'm8', text: 'oui', writtenAt: at(10) });
    const sealed = await under.readSealedMessages();
    const before = await stage.conversation();
    for (const inbound of [correction(CANARY, 1), message(CANARY, 5), { ...correction('', 2), position: PLACE }]) {
      expect(await stage.handle(inbound)).toEqual({ kind: 'dropped', seq: 0, replies: [] });
    }
    expect(await stage.conversation()).toEqual(before);
    expect(await under.readSealedMessages()).toEqual(sealed);
  });
});

test('two processes over one database store each of fifty corrections at once, in their order, or pass it over', async () => {
  const one = await open();
  await one.handle(message('v0'));
  const other = await under.open();
  const two = await openTurnStage({ store: { ...other.conversations, create: async () => undefined } });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => [one, two][index % 2]?.handle(correction(`v${index + 1}`, index + 1))),
  );
  expect(new Set(outcomes.map((outcome) => outcome?.kind))).not.toContain('duplicate');
  const stored = (await one.messages()).filter(({ author }) => author === 'resident');
  const times = stored.flatMap(({ content }) => (content.kind === 'text' ? [content.editedAt ?? 0] : []));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(stored.at(-1)?.content).toMatchObject({ text: 'v50' });
  expect(stored).toHaveLength(1 + outcomes.filter((outcome) => outcome?.kind === 'committed').length);
  expect([...one.failures, ...two.failures]).toEqual([]);
});
