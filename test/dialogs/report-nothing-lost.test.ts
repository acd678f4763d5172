import { describe, expect, test } from '@jest/globals';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import { type Chat, openChat, type Understood } from '../support/transcript.js';

const UNTIL_WHAT = ['Signaler', 'Commencer', 'Bruit, nuisances', 'Cassin', 'hier'];
const DANGER: Understood = { danger: [2, 'violence'] };
const KNIFE = 'un homme frappe sa femme avec un couteau au 3e étage';
const WINDOW = 'ils sont partis, ils avaient cassé la vitre';
const LOST = "Excusez-moi, je n'ai plus votre message. Écrivez-le de nouveau.";

async function begin(texts: readonly string[] = UNTIL_WHAT): Promise<Chat> {
  const chat = openChat();
  for (const text of texts) await chat.say(text);
  return chat;
}

function wait(chat: Chat, minutes: number): void {
  chat.now = new Date(chat.now.getTime() + minutes * 60_000);
}

/** All that a delegate would read under a question. */
function told(chat: Chat, step: ReportAnswer['step']): string {
  const texts = chat.reports.draft().map((answer) => (answer.step === step && 'text' in answer ? answer.text : ''));
  return texts.filter(Boolean).join('\n');
}

describe('what goes on with a story takes nothing away', () => {
  test('after a danger', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    await chat.say(WINDOW);
    await chat.say("Oui, c'est la suite");
    expect(told(chat, 'what')).toBe(`${KNIFE}\n${WINDOW}`);
  });

  test('after silence, when what was told cannot be read any more', async () => {
    const chat = await begin([...UNTIL_WHAT, 'ils crient sous ma fenêtre', 'Retour']);
    wait(chat, 31);
    chat.restart();
    await chat.say(WINDOW);
    await chat.say("Oui, c'est la suite");
    expect(told(chat, 'what')).toBe(`ils crient sous ma fenêtre\n${WINDOW}`);
  });

  test('is said to be added when the question that was open stays open', async () => {
    const chat = await begin([...UNTIL_WHAT, 'ils crient sous ma fenêtre', 'non']);
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    await chat.say(WINDOW);
    const lines = await chat.say("Oui, c'est la suite");
    const said = lines.filter(([kind]) => kind === 'robot').map(([, text]) => text);
    expect(said[0]).toBe("J'ai ajouté ce texte à votre signalement.");
    expect(said[1]).toContain('Étape 6 sur 7');
  });

  test('nor does it move the place and the date that were told', async () => {
    for (const step of ['where', 'when'] as const) {
      const chat = await begin([...UNTIL_WHAT, ...(step === 'where' ? ['Retour', 'Retour'] : ['Retour'])]);
      const before = chat.reports.draft();
      wait(chat, 31);
      await chat.say(WINDOW);
      await chat.say('et ils ont pris mon vélo rouge');
      await chat.say("Oui, c'est la suite");
      expect(chat.reports.draft()).toEqual([
        ...before,
        { step: 'what', text: `${WINDOW}\net ils ont pris mon vélo rouge` },
      ]);
    }
  });

  test('in several messages at a question about the date', async () => {
    const chat = await begin(UNTIL_WHAT.slice(0, -1));
    wait(chat, 31);
    await chat.say('hier soir ils ont cassé la porte');
    await chat.say('et ils ont pris mon vélo rouge');
    await chat.say("Oui, c'est la suite");
    expect(told(chat, 'what')).toBe('et ils ont pris mon vélo rouge');
    expect(chat.reports.draft()).toContainEqual({
      step: 'when',
      moment: expect.objectContaining({ text: 'hier soir ils ont cassé la porte' }),
    });
  });

  test('a part that a restart took is told, and the next one is kept', async () => {
    const chat = await begin();
    wait(chat, 31);
    await chat.say(WINDOW);
    chat.restart();
    expect(await chat.say('et ils ont pris mon vélo rouge')).toContainEqual(['robot', LOST]);
    await chat.say("Oui, c'est la suite");
    expect(told(chat, 'what')).toBe('et ils ont pris mon vélo rouge');
  });

  test('the question that a danger has answered is not asked again', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    const lines = await chat.say('qui lit ?', 'privacy.confidentiality');
    expect(lines).toContainEqual(['robot', expect.stringContaining('Étape 5 sur 7')]);
  });
});

describe('dangers', () => {
  const SECOND = 'il a un couteau et il la menace encore';

  test('a second one goes under the first', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    await chat.say(SECOND, DANGER);
    expect(told(chat, 'what')).toBe(`${KNIFE}\n${SECOND}`);
  });

  test('a second one, when the first cannot be read any more', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    chat.restart();
    await chat.say(SECOND, DANGER);
    expect(told(chat, 'what')).toBe(`${KNIFE}\n${SECOND}`);
  });

  test('what is told while the question about it is open is kept', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say(SECOND, DANGER);
    await chat.say('ils habitent la tour 12 porte gauche');
    await chat.say('Oui, maintenant');
    expect(told(chat, 'what')).toBe(`${KNIFE}\n${SECOND}\nils habitent la tour 12 porte gauche`);
    expect(await chat.say('ok')).toContainEqual([
      'robot',
      expect.stringContaining('Reprenons votre signalement. Votre texte est gardé.'),
    ]);
  });

  test('a question meanwhile is no part of it', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say('qui va lire mon message ?', 'privacy.confidentiality');
    expect(told(chat, 'what')).toBe(KNIFE);
  });

  test('what is offered as a report meanwhile is added once, at the yes', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    await chat.say(WINDOW, 'report.start');
    expect(told(chat, 'what')).toBe(KNIFE);
    await chat.say('Reprendre');
    expect(told(chat, 'what')).toBe(KNIFE);
    expect(told(chat, 'more')).toBe(WINDOW);
  });

  test('one that is told at the place, the contact or the recap takes nothing away', async () => {
    const whole = [...UNTIL_WHAT, 'ils crient', 'le chien est méchant avec tous'];
    for (const texts of [whole, [...whole, 'non']]) {
      const chat = await begin(texts);
      await chat.say(KNIFE, DANGER);
      expect(told(chat, 'what')).toBe(`ils crient\n${KNIFE}`);
      expect(told(chat, 'more')).toBe('le chien est méchant avec tous');
    }
    const chat = await begin([...UNTIL_WHAT, 'Retour', 'Retour']);
    await chat.say(KNIFE, DANGER);
    expect(told(chat, 'where')).toBe('Cassin');
    expect(told(chat, 'what')).toBe(KNIFE);
  });

  test('one before the yes waits in memory for it', async () => {
    const chat = await begin(['Signaler']);
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    expect(chat.reports.draft()).toEqual([]);
    await chat.say('Commencer');
    expect(told(chat, 'what')).toBe(KNIFE);
  });

  test('one in answer to « Est-ce la suite ? »', async () => {
    const chat = await begin();
    wait(chat, 31);
    await chat.say(WINDOW);
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    await chat.say('reprendre');
    await chat.say('Reprendre');
    expect(told(chat, 'what')).toBe(`${WINDOW}\n${KNIFE}`);
  });

  test('one in place of an answer that was to be changed is read back with it', async () => {
    const chat = await begin([...UNTIL_WHAT, 'ils crient', 'non', 'non', 'Modifier', 'Les faits']);
    await chat.say(KNIFE, DANGER);
    await chat.say('Oui, maintenant');
    expect(await chat.say('ok')).toContainEqual(['robot', expect.stringContaining(`ils crient\n${KNIFE}`)]);
  });

  test('a report that takes no more does not keep the numbers back', async () => {
    const chat = await begin();
    await chat.say(KNIFE, DANGER);
    chat.reports.isFull = true;
    expect(await chat.say(SECOND, DANGER)).toContainEqual(['robot', 'Est-ce en train de se passer ?']);
  });
});

describe('a story that was offered to be added', () => {
  const WHOLE = [...UNTIL_WHAT, 'ils crient sous ma fenêtre', 'le chien est méchant', 'Voir le menu'];

  test('is added when nothing of the report can be read any more', async () => {
    const chat = await begin(WHOLE);
    chat.restart();
    await chat.say(WINDOW, 'report.start');
    expect(await chat.say('Reprendre')).toContainEqual(['robot', expect.stringContaining(WINDOW)]);
    expect(told(chat, 'what')).toBe('ils crient sous ma fenêtre');
    expect(told(chat, 'more')).toBe(`le chien est méchant\n${WINDOW}`);
    expect(await chat.say('non')).toContainEqual([
      'robot',
      expect.stringContaining(`• En plus : déjà scellé, puis « ${WINDOW} »`),
    ]);
    await chat.say('et ils ont pris mon vélo rouge');
    expect(told(chat, 'more')).toBe(`le chien est méchant\n${WINDOW}\net ils ont pris mon vélo rouge`);
  });

  test.each(['après un redémarrage', 'après une demi-heure'])('and is gone is asked for again, %s', async (after) => {
    const chat = await begin(WHOLE);
    await chat.say(WINDOW, 'report.start');
    if (after === 'après un redémarrage') chat.restart();
    else wait(chat, 31);
    expect(await chat.say('Reprendre')).toContainEqual(['robot', LOST]);
    await chat.say('Retour');
    await chat.say(WINDOW);
    expect(told(chat, 'more')).toContain(WINDOW);
  });

  test('in two messages', async () => {
    const chat = await begin(WHOLE);
    await chat.say(WINDOW, 'report.start');
    await chat.say('et ils ont pris mon vélo rouge');
    await chat.say('Reprendre');
    expect(told(chat, 'more')).toBe(`le chien est méchant\n${WINDOW}\net ils ont pris mon vélo rouge`);
  });

  test('and was left for something else is offered again', async () => {
    const chat = await begin(WHOLE);
    await chat.say(WINDOW, 'report.start');
    await chat.say('Voir le menu');
    expect(await chat.say('reprendre')).toContainEqual(['robot', expect.stringContaining('y ajouter ce message')]);
    await chat.say('Reprendre');
    expect(told(chat, 'more')).toBe(`le chien est méchant\n${WINDOW}`);
  });
});

describe('what may become a report', () => {
  test.each([
    ['je veux signaler du bruit', 'bruit'],
    ['je veux signaler un trafic', 'trafic'],
  ])('« %s » is in no transcript', async (text, word) => {
    const chat = openChat();
    await chat.say(text, 'report.start');
    expect(chat.stored()).not.toContain(word);
  });

  test.each(['je veux faire un signalement', 'Signaler'])('« %s » tells nothing, and is shown', async (text) => {
    const chat = openChat();
    await chat.say(text, 'report.start');
    expect(chat.stored()).toContain(text);
  });

  test('leaves no moment in the state, before the yes', async () => {
    const chat = openChat();
    await chat.say("on m'a cassé ma vitre hier soir vers 22 h", {
      between: ['report.start', 'complaint.file'],
      on: '2026-11-23',
    });
    for (const moment of ['2026-11-23', '22:00', '"happened"'])
      expect(JSON.stringify(chat.state)).not.toContain(moment);
  });

  test('what tells nothing keeps what it names for the matter that is chosen', async () => {
    const chat = openChat();
    await chat.say('mercredi ?', { between: ['report.start', 'permanence.hours'], on: '2026-11-25' });
    expect(JSON.stringify(chat.state)).toContain('2026-11-25');
  });
});
