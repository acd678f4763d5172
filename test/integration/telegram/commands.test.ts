import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTelegramApi } from '../../../src/channels/telegram/api.js';
import { readCommand, readStart, registerCommands } from '../../../src/channels/telegram/commands.js';
import { openFakeTelegram } from '../../support/telegram/index.js';
import type { FakeTelegram } from '../../support/telegram/types.js';
import { WORDS } from '../../support/telegram-sending.js';

let fake: FakeTelegram;
beforeEach(async () => {
  fake = await openFakeTelegram();
});
afterEach(() => fake.close());

const register = () => registerCommands(createTelegramApi({ token: fake.token, apiRoot: fake.url }), WORDS);

describe('what Telegram shows of the bot', () => {
  test('is registered in French and for every other language, as often as wanted', async () => {
    await register();
    await register();
    const { commands, descriptions, shortDescriptions, menuButton } = fake.profile;
    expect([...commands.keys()].sort()).toEqual(['all_private_chats/', 'all_private_chats/fr']);
    for (const list of commands.values()) {
      expect(list.map(({ command }) => command)).toEqual([
        'start',
        'aide',
        'permanence',
        'signaler',
        'suivi',
        'delegue',
        'supprimer',
      ]);
    }
    expect([...descriptions.values()]).toEqual([WORDS.description, WORDS.description]);
    expect([...shortDescriptions.values()]).toEqual([WORDS.shortDescription, WORDS.shortDescription]);
    expect(menuButton).toMatchObject({ type: 'commands' });
    expect(fake.violations()).toEqual([]);
  });

  test('says that it is a robot, what to do in danger, and who may read', () => {
    for (const word of ['robot', '17', '112', '114', 'Confidentialité', '/supprimer']) {
      expect(WORDS.description).toContain(word);
    }
    for (const word of ['robot', 'Planoise', '17', '112', '114']) expect(WORDS.shortDescription).toContain(word);
  });

  test('fails as the call does, to be tried again', async () => {
    fake.fail({ method: 'setMyCommands', status: 429, retryAfter: 5 });
    await expect(register()).rejects.toMatchObject({ name: 'ApiFault', retryAfterMs: 5_000 });
  });
});

describe('a command', () => {
  test.each([
    ['/start', 'Voir le menu'],
    ['/start permanence', 'Horaires'],
    ['/start signaler', 'Signaler'],
    ['/start affiche', 'Voir le menu'],
    ['/start constructor', 'Voir le menu'],
    ['/aide', 'Comment ça marche ?'],
    ['/permanence', 'Horaires'],
    ['/Permanence@permanence_bot demain', 'Horaires'],
    ['/signaler il y a du bruit\nrue de Dole', 'Signaler'],
    ['/suivi', 'Suivre un signalement'],
    [' /delegue ', 'Parler à un délégué'],
    ['/supprimer', 'Effacer mes messages'],
  ])('%s says « %s »', (text, said) => expect(readCommand(text, WORDS)?.says).toBe(said));

  test.each(['/inconnu', 'permanence', '/', '// note', '/7/9 rue Picasso', 'voir /aide', '/aide/suite'])(
    '%s is no command of the bot',
    (text) => expect(readCommand(text, WORDS)).toBeUndefined(),
  );

  test.each([
    ['/delegue il me frappe en ce moment', 'il me frappe en ce moment'],
    ['/signaler il y a du bruit\nrue de Dole', 'il y a du bruit\nrue de Dole'],
    ['/start au secours', 'au secours'],
    ['/aide ?', '?'],
  ])('%j says what is written after it', (text, unread) => expect(readCommand(text, WORDS)).toMatchObject({ unread }));

  test.each(['/delegue', '/delegue ', '/start', '/start signaler', '/start une-vieille_affiche'])(
    '%j has nothing after it that somebody wrote',
    (text) => expect(readCommand(text, WORDS)).not.toHaveProperty('unread'),
  );

  test('that starts tells what led here', () => {
    expect(readStart('/start')).toEqual({ payload: '' });
    expect(readStart('/start permanence')).toEqual({ payload: 'permanence' });
    expect(readStart('/started')).toBeUndefined();
    expect(readStart('bonjour')).toBeUndefined();
  });
});
