import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inDepth } from '../support/depth.js';
import { type Chat, type Line, openChat, type Understood } from '../support/transcript.js';

/** Everything that a button can say, and what people write between. */
const MESSAGES: readonly (readonly [string, Understood?])[] = [
  ['Parler à un délégué'],
  ['Être rappelé'],
  ['Attendre'],
  ['Ne plus attendre'],
  ['Voir le menu'],
  ['Annuler'],
  ['retour'],
  ['Passer'],
  ['Envoyer'],
  ['Changer'],
  ['Le prénom'],
  ["Le numéro ou l'e-mail"],
  ['Le moment'],
  ['Le soir'],
  ['oui'],
  ['non'],
  ['je ne sais pas'],
  ['Marie'],
  ['06 12 34 56 78'],
  ['06 12'],
  ['marie@exemple.fr'],
  ['demain matin', { on: '2026-11-25', time: ['06:00', '12:00'] }],
  ['bof'],
  ["c'est où ?", { intent: 'permanence.location' }],
  ['bonjour', { intent: 'smalltalk.greeting' }],
  ['mail de la police', { intent: 'contact.email' }],
  ['Pontarlier', { sector: 'pontarlier' }],
  ['commissariat', { between: ['station.new', 'complaint.file'] }],
  ['un délégué et les horaires', { intent: 'handoff.request', both: ['handoff.request', 'permanence.hours'] }],
  ['il me frappe', { intent: 'emergency', danger: [2, 'violence'] }],
  ['il menace', { danger: [1, 'violence'] }],
  ['Oui, maintenant'],
  ["Non, c'est passé"],
  ['Effacer mes messages'],
  ['Oui, tout effacer'],
  ['hello', { language: 'en' }],
];

const message = fc.constantFrom(...MESSAGES);
const event = fc.oneof(
  { weight: 8, arbitrary: message.map((said) => ({ kind: 'said' as const, said })) },
  // Nobody came, a delegate held it and gave it back, or the conversation was closed.
  { weight: 1, arbitrary: fc.constantFrom('bot', 'closed').map((status) => ({ kind: 'status' as const, status })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((minutes) => ({ kind: 'time' as const, minutes })) },
);

const SENDING = ['Envoyer', 'oui'];

test('whatever is said in whatever order: an answer unless a delegate is to give it, and nothing sent unasked', async () => {
  const situation = fc.record({
    events: fc.array(event, { minLength: 1, maxLength: 14 }),
    available: fc.integer({ min: 0, max: 2 }),
    isBlocked: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(situation, async ({ events, available, isBlocked }) => {
      const chat = openChat({ outlook: { available }, isBlocked });
      for (const one of events) {
        if (one.kind === 'status') chat.status = one.status as Chat['status'];
        else if (one.kind === 'time') chat.now = new Date(chat.now.getTime() + one.minutes * 60_000);
        else await checkTurn(chat, one.said, isBlocked);
      }
    }),
    { numRuns: inDepth(300, 80) },
  );
});

async function checkTurn(chat: Chat, [text, understood]: readonly [string, Understood?], isBlocked: boolean) {
  const { status } = chat;
  const sent = chat.callbacks().length;
  const lines: readonly Line[] = await chat.say(text, understood);

  expect(lines.length > 0 || status === 'waiting').toBe(true);
  for (const [, words] of lines) expect(words).not.toMatch(/[{}]|undefined| {2}/);
  if (isBlocked) expect(chat.status).toBe('bot');
  if (chat.status === 'waiting' && status !== 'waiting') expect(lines.join()).toContain('En cas de danger');
  if (chat.callbacks().length > sent) {
    expect(chat.callbacks()).toHaveLength(sent + 1);
    expect(SENDING).toContain(text);
    const last = chat.callbacks().at(-1);
    expect(last?.phone === undefined).toBe(last?.email !== undefined);
  }
}
