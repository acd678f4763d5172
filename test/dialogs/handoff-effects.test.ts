import { describe, expect, test } from '@jest/globals';
import { type Chat, type ChatOptions, openChat, TUESDAY_MORNING } from '../support/transcript.js';

const HOUR = 60 * 60_000;

async function say(chat: Chat, ...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const said: (readonly string[])[] = [];
  for (const text of texts)
    said.push((await chat.say(text)).filter(([kind]) => kind === 'robot').map(([, words]) => words));
  return said;
}

describe('who speaks after it', () => {
  test.each<[readonly string[], ChatOptions, Chat['status']]>([
    [['Parler à un délégué'], {}, 'waiting'],
    [['Parler à un délégué', 'Parler à un délégué'], {}, 'waiting'],
    [['Parler à un délégué'], { outlook: { available: 0, hours: 'closed' } }, 'waiting'],
    [['Parler à un délégué'], { isBlocked: true }, 'bot'],
    [['Parler à un délégué', 'blabla'], {}, 'waiting'],
    [['Parler à un délégué', 'Attendre'], {}, 'waiting'],
    [['Attendre'], {}, 'waiting'],
    [['j’attends'], {}, 'bot'],
    [['Parler à un délégué', 'Voir le menu'], {}, 'bot'],
    [['Parler à un délégué', 'retour'], {}, 'bot'],
    [['Parler à un délégué', 'stop'], {}, 'bot'],
    [['Parler à un délégué', 'Je ne veux plus attendre'], {}, 'bot'],
    [['Parler à un délégué', 'Être rappelé'], {}, 'waiting'],
    [['Parler à un délégué', 'Être rappelé', 'Annuler'], {}, 'waiting'],
    [['Être rappelé', 'Annuler'], {}, 'bot'],
    [['menu'], { status: 'closed' }, 'bot'],
    [['menu'], { status: 'assigned' }, 'bot'],
    [['blabla'], { status: 'assigned' }, 'assigned'],
  ])('%j %j: %s', async (texts, options, status) => {
    const chat = openChat(options);
    await say(chat, ...texts);
    expect(chat.status).toBe(status);
  });
});

describe('what is left for the delegates', () => {
  const at = TUESDAY_MORNING.getTime();

  test.each([
    [
      ['marie', '06 12 34 56 78', 'Le matin', 'Envoyer'],
      { firstName: 'Marie', phone: '+33612345678', moment: { part: 'morning' } },
    ],
    [['Passer', 'marie@exemple.fr', 'Peu importe', 'oui'], { email: 'marie@exemple.fr', moment: { part: 'any' } }],
    [['non', '0692123456', 'je sais pas', 'envoyez'], { phone: '+262692123456', moment: { part: 'any' } }],
    [
      ['Marie', '06 12 34 56 78', 'le soir', 'plutôt marie@exemple.fr', 'Envoyer'],
      { firstName: 'Marie', email: 'marie@exemple.fr', moment: { part: 'evening' } },
    ],
  ])('%j', async (replies, request) => {
    const chat = openChat();
    await say(chat, 'Parler à un délégué', 'Être rappelé', ...replies);
    expect(chat.callbacks()).toEqual([{ ...request, id: expect.any(String), requestedAt: at }]);
    expect(chat.status).toBe('bot');
  });

  test.each([['Annuler'], ['menu'], ['Parler à un délégué'], ['non'], ['bof']])(
    'nothing when the summary is answered with « %s »',
    async (reply) => {
      const chat = openChat();
      await say(chat, 'Être rappelé', 'Marie', '06 12 34 56 78', 'Le soir', reply);
      expect(chat.callbacks()).toEqual([]);
    },
  );

  test('nothing of a conversation that is blocked', async () => {
    const chat = openChat({ isBlocked: true });
    await say(chat, 'Être rappelé', 'Marie', '06 12 34 56 78', 'Le soir', 'Envoyer');
    expect(chat.callbacks()).toEqual([]);
  });
});

describe('a form that waits', () => {
  test('goes on within the hour, and is forgotten after it', async () => {
    const chat = openChat();
    await say(chat, 'Être rappelé', 'Passer');
    chat.now = new Date(chat.now.getTime() + HOUR - 1);
    expect(await say(chat, '06 12 34')).toEqual([[expect.stringContaining('Il manque des chiffres')]]);
    chat.now = new Date(chat.now.getTime() + HOUR);
    expect(await say(chat, '06 12 34')).toEqual([expect.arrayContaining(["Je n'ai pas compris."])]);
  });

  test.each(['assigned', 'closed'] as const)(
    'is dropped once a delegate has had the conversation (%s)',
    async (status) => {
      const chat = openChat();
      await say(chat, 'Être rappelé');
      chat.status = status;
      expect(await say(chat, 'menu')).toEqual([['Que voulez-vous savoir ?']]);
      expect(await say(chat, 'Marie')).toEqual([expect.arrayContaining(["Je n'ai pas compris."])]);
    },
  );

  test('outlasts a wait that nobody ended', async () => {
    const chat = openChat();
    await say(chat, 'Parler à un délégué', 'Être rappelé', 'Passer');
    chat.status = 'bot';
    expect(await say(chat, '06 12 34 56 78')).toEqual([[expect.stringContaining('Quel moment vous convient ?')]]);
  });

  test('is dropped when it was stored by another version of the form', async () => {
    const chat = openChat();
    await say(chat, 'Être rappelé', 'Passer');
    const stored = JSON.stringify(chat.state);
    expect(stored).toContain('"place":"contact"');
    chat.state = JSON.parse(stored.replace(/"version":"[^"]*"/, '"version":"earlier"'));
    expect(await say(chat, '06 12 34 56 78')).toEqual([expect.arrayContaining(["Je n'ai pas compris."])]);
  });

  test('leaves nothing behind once it was sent or given up', async () => {
    for (const end of ['Envoyer', 'Annuler', 'menu']) {
      const chat = openChat();
      await say(chat, 'Être rappelé', 'Marie', '06 12 34 56 78', 'Le soir', end);
      expect(JSON.stringify(chat.state)).not.toMatch(/Marie|3361234/);
    }
  });

  test('is forgotten with everything else that is erased', async () => {
    const chat = openChat();
    await say(chat, 'Être rappelé', 'Marie', '06 12 34 56 78', 'Effacer mes messages', 'Oui, tout effacer');
    expect(chat.erasures()).toBe(1);
    expect(JSON.stringify(chat.state)).not.toMatch(/Marie|3361234/);
  });
});
