import { describe, expect, test } from '@jest/globals';
import { type Chat, openChat, TUESDAY_MORNING, type Understood } from '../support/transcript.js';

const MINUTE = 60_000;
const NOT_UNDERSTOOD = ['robot', "Je n'ai pas compris."];

/** What is answered to these words after the hours were asked for, so many minutes before. */
async function afterTheHours(minutes: number, text: string, understood?: Understood): Promise<unknown> {
  const chat = openChat();
  await chat.say('horaires', 'permanence.hours');
  return sayAfter(chat, minutes, text, understood);
}

async function sayAfter(chat: Chat, minutes: number, text: string, understood?: Understood): Promise<unknown> {
  chat.now = new Date(chat.now.getTime() + minutes * MINUTE);
  const [first] = await chat.say(text, understood);
  return first;
}

describe('what was talked about', () => {
  test('is still known after 29 minutes', async () => {
    expect(await afterTheHours(29, 'et le 1er janvier ?', { on: '2027-01-01' })).toEqual([
      'robot',
      "Non. Il n'y a pas de permanence des délégués vendredi 1er janvier 2027 : c'est un jour férié (jour de l'An).",
    ]);
  });

  test.each<[string, Understood]>([
    ['et le 1er janvier ?', { on: '2027-01-01' }],
    ['et à Pontarlier ?', { sector: 'pontarlier' }],
    ["et l'adresse ?", {}],
  ])('« %s » is not guessed after 30 minutes', async (text, understood) => {
    expect(await afterTheHours(30, text, understood)).toEqual(NOT_UNDERSTOOD);
  });

  test('each message starts the half-hour again', async () => {
    const chat = openChat();
    await chat.say('horaires', 'permanence.hours');
    await sayAfter(chat, 20, "et l'adresse ?");
    expect(await sayAfter(chat, 20, 'et les horaires ?')).toEqual([
      'robot',
      "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi.",
    ]);
  });

  test('« oui » to an offer that is half an hour old accepts nothing', async () => {
    const chat = openChat({ now: TUESDAY_MORNING });
    await chat.say('blabla');
    await chat.say('zzzz');
    expect(await sayAfter(chat, 30, 'oui')).toEqual(['robot', "D'accord. Que voulez-vous savoir ?"]);
  });

  test('a question about a danger waits for its reply as long as it takes', async () => {
    const chat = openChat();
    await chat.say('il a un couteau', { danger: [2, 'violence'] });
    expect(await sayAfter(chat, 120, 'oui')).toEqual([
      'robot',
      'Appelez maintenant le 17 ou le 112. Dites où vous êtes.',
    ]);
  });
});
