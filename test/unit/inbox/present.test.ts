import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from '../../../src/domain/answers.js';
import { visibleText } from '../../../src/domain/visible-text.js';
import { presentMessage } from '../../../src/inbox/present-message.js';
import { oneLine } from '../../../src/inbox/present-text.js';
import { pseudonymOf } from '../../../src/inbox/pseudonym.js';
import { excerptAround } from '../../../src/inbox/search-excerpt.js';
import { buildMessage } from '../../support/build-conversation.js';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('a pseudonym', () => {
  test('is four letters that cannot be mistaken, always the same for an id', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(pseudonymOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(pseudonymOf(id)).toBe(pseudonymOf(id));
      }),
    );
    // Delegates know residents by it: it must not change from one version to the next.
    expect(pseudonymOf('conversation-1')).toBe('16V3');
  });

  test('is shared by few', () => {
    const names = Array.from({ length: 2000 }, (_, index) => pseudonymOf(`id-${index}`));
    expect(new Set(names).size).toBeGreaterThan(1980);
  });
});

describe('text on one line', () => {
  test('is one, visible and no longer than asked, whatever was typed', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 130 }), (text, max) => {
        const line = oneLine(text, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });

  test('keeps what belongs to a word: joiners of Persian and of emoji', () => {
    expect(visibleText('می‌خواهم 👩‍👧')).toBe('می‌خواهم 👩‍👧');
  });
});

describe('an excerpt', () => {
  test('is there exactly when the folded text holds the folded words, and is not long', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, looked, after) => {
        const text = `${before} ${looked} ${after}`;
        const folded = foldText(looked);
        const excerpt = excerptAround(text, folded);
        expect(excerpt !== undefined).toBe(folded !== '' && foldText(text).includes(folded));
        expect((excerpt ?? '').length).toBeLessThanOrEqual(121);
      }),
    );
  });

  test('holds the match, wherever it is', () => {
    const word = fc.constantFrom('éà', 'ma', '—', '  ', 'ÉCOLE', 'l’été', '\u0301', '\n', 'œuf');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), fc.array(word, { maxLength: 80 }), (before, after) => {
        const excerpt = excerptAround(`${before.join(' ')} Zébulon ${after.join(' ')}`, 'zebulon');
        expect(foldText(excerpt ?? '')).toContain('zebulon');
      }),
    );
  });
});

describe('a message', () => {
  test('shows a delegate’s client id and no one else’s', () => {
    const signature = { delegateId: 'jean', name: 'Jean' };
    expect(presentMessage(buildMessage({ author: 'delegate', signature, clientId: 'c' }))).toMatchObject({
      by: { id: 'jean', displayName: 'Jean' },
      clientId: 'c',
    });
    expect(presentMessage(buildMessage({ clientId: 'c' }))).not.toHaveProperty('clientId');
  });

  test('tells which message it corrects', () => {
    const content = { kind: 'text', text: 'à 11 h', edits: 4, editedAt: 1_000 } as const;
    expect(presentMessage(buildMessage({ seq: 6, content }))).toMatchObject({
      text: 'à 11 h',
      edits: 4,
      editedAt: 1_000,
    });
  });

  test.each([
    [{ kind: 'erased', erasedMessages: 3 }, 'erased'],
    [{ kind: 'handoff', event: 'initiate' }, 'handoff.initiate'],
    [{ kind: 'handoff', event: 'status', state: 'accepted' }, 'handoff.accepted'],
    [{ kind: 'handoff', event: 'status', state: 'completed' }, 'handoff.completed'],
    [{ kind: 'handoff', event: 'status', state: 'failed' }, 'handoff.failed'],
  ] as const)('%j is an event without words', (content, event) => {
    expect(presentMessage(buildMessage({ author: 'bot', content }))).toMatchObject({ text: '', event });
  });

  test('names its members one by one: a new one is not shown by chance', () => {
    const message = {
      ...buildMessage(),
      replyTo: 1,
      secret: 'x',
      content: { kind: 'text', text: 'a', secret: 'x' },
    } as const;
    expect(Object.keys(presentMessage(message)).toSorted()).toEqual(['at', 'author', 'seq', 'text']);
  });
});
