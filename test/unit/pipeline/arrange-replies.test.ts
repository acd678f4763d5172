import { describe, expect, test } from '@jest/globals';
import { NEW_DESK_STATE } from '../../../src/domain/desk-state.js';
import type { Content, TextContent } from '../../../src/domain/message.js';
import { arrangeReplies } from '../../../src/pipeline/arrange-replies.js';
import type { TurnDraft } from '../../../src/pipeline/compose.js';

const MENU = [{ title: 'Menu', value: 'Menu' }];
const NUMBERS: TextContent = {
  kind: 'text',
  text: 'Appelez le 17.',
  card: { title: 'Urgence', links: [{ title: '17', url: 'tel:17' }] },
};
const ANSWER: TextContent = { kind: 'text', text: 'Voici.', actions: MENU };
const ERASED: Content = { kind: 'erased', erasedMessages: 3 };

function arrange(replies: Content[], place?: 'before' | 'under'): readonly Content[] {
  const draft: TurnDraft = {
    replies,
    notices: [],
    counts: [],
    status: 'bot',
    desk: NEW_DESK_STATE,
    dialogState: {},
  };
  if (place) draft.numbers = { contents: [NUMBERS], place };
  return arrangeReplies(draft);
}

describe('the order of what is said', () => {
  test('without a danger: as the dialogs said it', () => {
    expect(arrange([ANSWER])).toEqual([ANSWER]);
  });

  test('under way: the numbers first, the buttons where they were', () => {
    expect(arrange([ANSWER], 'before')).toEqual([NUMBERS, ANSWER]);
  });

  test('past: the numbers last, and the buttons with them', () => {
    expect(arrange([ANSWER], 'under')).toEqual([
      { kind: 'text', text: 'Voici.' },
      { ...NUMBERS, actions: MENU },
    ]);
  });

  test('past, and the answer shows the numbers: they are not said twice', () => {
    const answer: TextContent = {
      kind: 'text',
      text: 'Appelez.',
      card: { title: 'x', links: [{ title: '112', url: 'tel:112' }, ...(NUMBERS.card?.links ?? [])] },
    };
    expect(arrange([answer], 'under')).toEqual([answer]);
  });

  test.each([
    ['nothing was said', []],
    ['no button', [{ kind: 'text', text: 'Voici.' }]],
    ['no text', [ERASED]],
  ] as [string, Content[]][])('past, and %s: the numbers last', (_, replies) => {
    expect(arrange(replies, 'under')).toEqual([...replies, NUMBERS]);
  });
});
