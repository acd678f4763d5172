import { describe, expect, test } from '@jest/globals';
import {
  actionRows,
  isCalendarPath,
  linkRows,
  readButtonData,
  tagOf,
  toPage,
  usedKeyboard,
} from '../../../../src/channels/telegram/keyboards.js';
import { readNotes, writeNotes } from '../../../../src/channels/telegram/notes.js';

const tag = tagOf('conversation-1');
const rowsOf = (titles: readonly string[]) =>
  actionRows(
    titles.map((title) => ({ title, value: title })),
    7,
    { tag },
  ).map((row) => row.map(({ text }) => text));

describe('buttons', () => {
  test('stand two in a row where both are short, and by themselves where one would be cut', () => {
    expect(rowsOf(['Oui', 'Non', 'Je ne sais pas'])).toEqual([['Oui', 'Non'], ['Je ne sais pas']]);
    expect(rowsOf(['Oui', 'Oui, maintenant et ici', 'Non', 'Plus tard'])).toEqual([
      ['Oui'],
      ['Oui, maintenant et ici'],
      ['Non', 'Plus tard'],
    ]);
  });

  test('send back what tells them from those of any other conversation', () => {
    const [button] = actionRows([{ title: 'Oui', value: 'oui' }], 123, { tag }).flat();
    const data = button && 'callback_data' in button ? button.callback_data : undefined;
    expect(readButtonData(data)).toEqual({ kind: 'action', tag, seq: 123, index: 0 });
    expect(tagOf('conversation-2')).not.toBe(tag);
    expect(data).not.toContain('conversation');
  });

  test('that were used leave their title, whatever stands in it', () => {
    const { inline_keyboard: rows } = usedKeyboard('$& {title}', [], { used: '✓ {title}' });
    expect(rows).toEqual([[{ text: '✓ $& {title}', callback_data: 'x' }]]);
  });
});

describe('links', () => {
  test('are buttons where Telegram can open them', () => {
    expect(toPage('https://exemple.fr/a', undefined)).toBe('https://exemple.fr/a');
    expect(toPage('/confidentialite', 'https://exemple.fr')).toBe('https://exemple.fr/confidentialite');
    expect(toPage('/confidentialite', 'http://localhost:3000')).toBeUndefined();
    expect(toPage('/confidentialite', undefined)).toBeUndefined();
    expect(toPage('tel:17', 'https://exemple.fr')).toBeUndefined();
  });

  test('of one date are files that the bot sends; the feed of all dates is a page', () => {
    expect(isCalendarPath('/permanences/delegates/2026-11-25.ics')).toBe(true);
    expect(isCalendarPath('/permanences.ics')).toBe(false);
    expect(isCalendarPath('https://ailleurs.fr/a.ics')).toBe(false);
    const links = [
      { title: 'Plan', url: 'https://exemple.fr/' },
      { title: 'Agenda', url: '/permanences/delegates/2026-11-25.ics' },
    ];
    expect(linkRows(links, 7, { tag })).toEqual([
      [
        { text: 'Plan', url: 'https://exemple.fr/' },
        { text: 'Agenda', callback_data: `${tag}:7:ics1` },
      ],
    ]);
  });
});

describe('notes', () => {
  test('are read as they were written', () => {
    const notes = {
      ids: [[12, 1_700_000_000_000]] as const,
      keyboard: { messageId: 12, seq: 3, links: [[{ text: 'Plan', url: 'https://exemple.fr/' }]] },
      part: { seq: 3, done: 1, isInDoubt: true },
      isMenuAway: true,
    };
    expect(readNotes(JSON.parse(JSON.stringify(writeNotes(notes))))).toEqual(notes);
  });

  test.each([{ ids: 'x' }, { keyboard: { messageId: 'x' } }, { part: [] }, { later: 1 }])(
    'of another version count for nothing: %j',
    (stored) => expect(readNotes(stored)).toEqual({}),
  );
});
