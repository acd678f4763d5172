import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readActivity } from '../../../src/web/widget/model/message.js';

test('a message with buttons and a card', () => {
  const activity = {
    type: 'message',
    text: 'Voici le lieu.',
    timestamp: '2026-11-25T12:00:00.000Z',
    from: { role: 'bot' },
    channelData: { author: 'bot', 'webchat:sequence-id': 7 },
    suggestedActions: { actions: [{ type: 'imBack', title: 'Horaires', value: 'Horaires' }, null] },
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          title: 'Maison',
          text: '7/9 rue Picasso',
          buttons: [
            { type: 'openUrl', title: 'Plan', value: 'https://carte.fr' },
            { type: 'imBack', title: 'Non', value: 'Non' },
          ],
        },
      },
      { contentType: 'image/png', contentUrl: 'https://x' },
    ],
  };
  expect(readActivity(activity)).toEqual({
    kind: 'message',
    message: {
      seq: 7,
      author: 'bot',
      text: 'Voici le lieu.',
      at: Date.parse('2026-11-25T12:00:00Z'),
      actions: [{ title: 'Horaires', value: 'Horaires' }],
      cards: [{ title: 'Maison', text: '7/9 rue Picasso', links: [{ title: 'Plan', url: 'https://carte.fr' }] }],
    },
  });
});

test('authors, names, typing and erasure', () => {
  const channelData = { author: 'delegate', 'webchat:sequence-id': 2, clientActivityID: 'abc' };
  expect(readActivity({ type: 'message', from: { role: 'bot', name: 'Jean' }, channelData })).toMatchObject({
    message: { author: 'delegate', name: 'Jean', clientId: 'abc', text: '' },
  });
  expect(readActivity({ type: 'typing', from: { role: 'bot' } })).toEqual({ kind: 'typing', author: 'bot' });
  expect(readActivity({ type: 'event', name: 'conversation.erased', channelData })).toEqual({ kind: 'erased', seq: 2 });
  expect(readActivity({ type: 'event', name: 'handoff.status', channelData })).toBeUndefined();
  expect(readActivity({ type: 'message', text: 'sans position' })).toBeUndefined();
});

test('nothing that arrives can break it', () => {
  fc.assert(fc.property(fc.anything(), (anything) => void readActivity(anything)));
  const shaped = fc.record({
    type: fc.constantFrom('message', 'event', 'typing'),
    channelData: fc.anything(),
    from: fc.anything(),
    suggestedActions: fc.anything(),
    attachments: fc.anything(),
  });
  fc.assert(fc.property(shaped, (activity) => void readActivity(activity)));
});
