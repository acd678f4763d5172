import { describe, expect, test } from '@jest/globals';
import { createRootDialog } from '../../dialogs/index.js';
import { AlteredError, DomainError } from '../../src/domain/errors.js';
import { createReportShelf } from '../support/report-shelf.js';
import { createMemoryStore } from '../support/storage-memory.js';
import { buildDialogDependencies, toRecognition } from '../support/transcript.js';
import { openTurnStage, STAGE_NOW, type TurnStage } from '../support/turn-stage.js';

/** Turns of the real dialogs in which what a dialog reads fails once. */

const clock = () => STAGE_NOW;
const YES = { externalId: 'm2', text: 'Oui, tout effacer' };
const ERASED = /^C'est fait\. La conversation est effacée/;

/** A stage on which it is asked whether to erase: the reply has the messages counted. */
async function openAsked(fault: Error): Promise<TurnStage> {
  const faults: Error[] = [];
  const store = createMemoryStore();
  const stage = await openTurnStage({
    store: {
      ...store,
      async countMessages(id) {
        const due = faults.shift();
        if (due) throw due;
        return store.countMessages(id);
      },
    },
    overrides: {
      dialogs: createRootDialog(buildDialogDependencies({}, clock)),
      reports: createReportShelf(clock).services,
      recognizer: { recognise: async () => toRecognition() },
    },
  });
  await stage.handle({ externalId: 'm1', text: 'Effacer mes messages' });
  faults.push(fault);
  return stage;
}

const firstOf = ({ replies }: Awaited<ReturnType<TurnStage['handle']>>): unknown => replies[0]?.content;

test('storage that is away is told to the caller, nothing is stored, and the same message is answered later', async () => {
  const stage = await openAsked(new DomainError('storage-unavailable', 'away'));
  const before = structuredClone([await stage.conversation(), await stage.lines()]);
  await expect(stage.handle(YES)).rejects.toMatchObject({ code: 'storage-unavailable' });
  expect([await stage.conversation(), await stage.lines()]).toEqual(before);
  expect(stage.failures).toEqual([]);
  expect(firstOf(await stage.handle(YES))).toMatchObject({ text: expect.stringMatching(ERASED) });
});

test('a turn that was overtaken is run again', async () => {
  const stage = await openAsked(new DomainError('revision-conflict', 'overtaken'));
  expect(firstOf(await stage.handle(YES))).toMatchObject({ text: expect.stringMatching(ERASED) });
  expect(stage.failures).toEqual([]);
});

describe.each([
  ['a fault of a dialog', new TypeError('boom')],
  ['a record that was altered, which no other try would read', new AlteredError()],
])('%s', (_, fault) => {
  test('is apologised for, and the question stands', async () => {
    const stage = await openAsked(fault);
    expect(firstOf(await stage.handle(YES))).toMatchObject({ text: 'souci' });
    expect(stage.failures).toHaveLength(1);
    const again = await stage.handle({ ...YES, externalId: 'm3' });
    expect(firstOf(again)).toMatchObject({ text: expect.stringMatching(ERASED) });
  });
});
