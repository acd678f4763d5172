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
      isConfidential: false,
      asksInConfidence: false,
      actions: [{ title: 'Horaires', value: 'Horaires' }],
      cards: [{ title: 'Maison', text: '7/9 rue Picasso', links: [{ title: 'Plan', url: 'https://carte.fr' }] }],
    },
  });
});

test('what is said in confidence, and where one is', () => {
  const read = (channelData: object) =>
    readActivity({ type: 'message', channelData: { author: 'bot', 'webchat:sequence-id': 1, ...channelData } });
  const progress = { step: 3, of: 7 };
  const told = { isConfidential: true, asksInConfidence: true, receipt: 'ABCDE-S', progress };
  expect(read(told)).toMatchObject({ message: told });
  const odd = { isConfidential: 'oui', asksInConfidence: 1, receipt: 3, progress: { step: '3', of: 7 } };
  const { message } = read(odd) as { message: object };
  expect(message).toMatchObject({ isConfidential: false, asksInConfidence: false });
  for (const name of ['receipt', 'progress']) expect(message).not.toHaveProperty(name);
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

test('changes of who speaks, and the place in the queue', () => {
  const channelData = { author: 'system', 'webchat:sequence-id': 3 };
  const event = (name: string, value: unknown) => readActivity({ type: 'event', name, value, channelData });
  expect(event('handoff.initiate', {})).toEqual({ kind: 'handoff', seq: 3, state: 'waiting' });
  expect(event('handoff.status', { state: 'accepted' })).toEqual({ kind: 'handoff', seq: 3, state: 'delegate' });
  expect(
    readActivity({
      type: 'event',
      name: 'handoff.status',
      value: { state: 'accepted' },
      from: { id: 'delegate', name: 'Jean, délégué', role: 'bot' },
      channelData,
    }),
  ).toEqual({ kind: 'handoff', seq: 3, state: 'delegate', name: 'Jean, délégué' });
  expect(event('handoff.status', { state: 'completed' })).toEqual({ kind: 'handoff', seq: 3, state: 'bot' });
  expect(event('handoff.status', { state: 'failed' })).toEqual({ kind: 'handoff', seq: 3, state: 'failed' });
  for (const state of ['constructor', 'autre', 3, null]) expect(event('handoff.status', { state })).toBeUndefined();
  expect(event('permanence.queue', { position: 2, usualWaitMinutes: 8 })).toEqual({
    kind: 'place',
    place: { position: 2, minutes: 8 },
  });
  expect(event('permanence.queue', { position: 1 })).toEqual({ kind: 'place', place: { position: 1 } });
  expect(event('permanence.queue', { position: 'x' })).toBeUndefined();
  expect(event('autre', {})).toBeUndefined();
});

test('nothing that arrives can break it', () => {
  fc.assert(fc.property(fc.anything(), (anything) => void readActivity(anything)));
  const shaped = fc.record({
    type: fc.constantFrom('message', 'event', 'typing'),
    name: fc.constantFrom('handoff.initiate', 'handoff.status', 'permanence.queue', 'conversation.erased'),
    value: fc.anything(),
    channelData: fc.anything(),
    from: fc.anything(),
    suggestedActions: fc.anything(),
    attachments: fc.anything(),
  });
  fc.assert(fc.property(shaped, (activity) => void readActivity(activity)));
});
