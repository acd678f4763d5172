import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Confidences, createConfidences } from '../../../src/pipeline/confidences.js';
import { createReveal, nameOfReceipt } from '../../../src/pipeline/reveal.js';
import { CONCEALED } from '../../support/report-fakes.js';

const MINUTE = 60_000;
let now: number;
let confidences: Confidences;

beforeEach(() => {
  now = 0;
  confidences = createConfidences(() => new Date(now), { mostCharacters: 100 });
});

describe('words kept in memory', () => {
  test('are found by a name that nobody guesses, for half an hour', () => {
    const [one, other] = [confidences.keep('c1', 'un'), confidences.keep('c1', 'deux')];
    expect(one).not.toBe(other);
    now = 30 * MINUTE - 1;
    expect([confidences.find(one), confidences.find(other), confidences.find('words:x')]).toEqual([
      'un',
      'deux',
      undefined,
    ]);
    now = 30 * MINUTE;
    expect(confidences.find(one)).toBeUndefined();
  });

  test('go with their conversation, and all at once on stopping', () => {
    const [one, other] = [confidences.keep('c1', 'un'), confidences.keep('c2', 'deux')];
    confidences.forget('c1');
    expect([confidences.find(one), confidences.find(other)]).toEqual([undefined, 'deux']);
    confidences.clear();
    expect(confidences.find(other)).toBeUndefined();
  });

  test('the oldest go first when there are too many', () => {
    const names = ['a', 'b', 'c'].map((letter) => confidences.keep('c1', letter.repeat(40)));
    expect(names.map((name) => confidences.find(name)?.[0])).toEqual([undefined, 'b', 'c']);
  });

  test('kept again under the same name count once', () => {
    for (let times = 0; times < 10; times++) confidences.keepAs('n', 'c1', 'x'.repeat(40));
    const other = confidences.keep('c1', 'y'.repeat(40));
    expect([confidences.find('n')?.length, confidences.find(other)?.length]).toEqual([40, 40]);
  });
});

describe('what is revealed', () => {
  let receipt: string | undefined;
  const reveal = () => createReveal({ confidences, readReceipt: async () => receipt, words: CONCEALED });
  const name = nameOfReceipt('ref-1');

  test('words, as long as they are there', async () => {
    const kept = confidences.keep('c1', 'le récapitulatif');
    expect(await reveal()(kept)).toEqual({ text: 'le récapitulatif' });
    confidences.clear();
    expect(await reveal()(kept)).toBeUndefined();
  });

  test('a receipt under its words; after a restart under words of our own; then nothing', async () => {
    receipt = 'AAAAA-BBBBB-CCCCC-DDDDD-E';
    confidences.keepAs(name, 'c1', 'Notez ce code.');
    expect(await reveal()(name)).toEqual({ text: `Notez ce code.\n${receipt}`, receipt });
    confidences.clear();
    expect(await reveal()(name)).toEqual({ text: `voici le code\n${receipt}`, receipt });
    receipt = undefined;
    expect(await reveal()(name)).toBeUndefined();
  });

  test('a receipt on its way is shown when its channel says so', async () => {
    const shown: string[] = [];
    const readReceipt = async () => 'AAAAA';
    const onReceiptShown = async (ref: string) => void shown.push(ref);
    const found = await createReveal({ confidences, readReceipt, onReceiptShown, words: CONCEALED })(name);
    expect(shown).toEqual([]);
    await found?.onShown?.();
    expect(shown).toEqual(['ref-1']);
  });
});
