import { describe, expect, test } from '@jest/globals';
import { createRootDialog } from '../../dialogs/index.js';
import { RECEIPT } from '../support/report-shelf.js';
import { buildDialogDependencies, openChat, type Understood } from '../support/transcript.js';

const CANARY = 'Zanzibar';

/** What is typed at each step of a walk; the canary is in every answer. */
const WALK: readonly (readonly [string, Understood?])[] = [
  ['Signaler'],
  ['Commencer'],
  ['Trafic de drogue'],
  [`derrière chez ${CANARY}`],
  [`hier soir chez ${CANARY}`],
  [`${CANARY} vend dans le hall`],
  [`${CANARY} a un chien`],
  [`${CANARY} 06 12 34 56 78`],
  [`et ${CANARY} menace les gens qui passent`],
  ['Modifier'],
  ['Les faits'],
  [`c'est plutôt le frère de ${CANARY}`],
  ['Annuler'],
  [`non, ${CANARY} est un voisin`],
];

describe('nothing that is told is stored', () => {
  test('by the walk, whatever is typed', async () => {
    const chat = openChat();
    for (const [text, understood] of WALK) {
      await chat.say(text, understood);
      expect(chat.stored()).not.toContain(CANARY);
    }
    expect(JSON.stringify(chat.reports.draft())).toContain(CANARY);
    const state = JSON.stringify(chat.state);
    for (const value of ['dealing', 'Trafic de drogue', '2026-11-23', '06 12', '612345678', '22']) {
      expect(state).not.toContain(value);
    }
    expect(state.length).toBeLessThan(700);
  });

  test('by a danger in its middle', async () => {
    const chat = openChat();
    for (const text of ['Signaler', 'Commencer', 'Trafic de drogue', 'Cassin', 'hier']) await chat.say(text);
    await chat.say(`${CANARY} est en train de casser la porte`, { danger: [2, 'intrusion'] });
    await chat.say(`oui ${CANARY} est là`);
    await chat.say('merci', 'smalltalk.thanks');
    expect(chat.stored()).not.toContain(CANARY);
    expect(JSON.stringify(chat.reports.draft())).toContain(CANARY);
  });

  test.each<[string, Understood]>([
    ['that is understood', { intent: 'report.start' }],
    ['that may be something else', { between: ['report.start', 'complaint.file'] }],
    ['beside a question', { both: ['permanence.hours', 'report.start'] }],
  ])('by a first message that tells a story, %s', async (_, understood) => {
    const chat = openChat();
    await chat.say(`${CANARY} vend de la drogue dans le hall`, understood);
    await chat.say('Faire un signalement');
    expect(chat.stored()).not.toContain(CANARY);
    expect(chat.reports.draft()).toEqual([]);
    await chat.say('oui');
    expect(chat.stored()).not.toContain(CANARY);
    expect(JSON.stringify(chat.reports.draft())).toContain(CANARY);
  });

  test('by what comes after half an hour', async () => {
    const chat = openChat();
    for (const text of ['Signaler', 'Commencer', 'Trafic de drogue', 'Cassin', 'hier']) await chat.say(text);
    chat.now = new Date(chat.now.getTime() + 31 * 60_000);
    await chat.say(`${CANARY} vend dans le hall de l'immeuble`);
    await chat.say(`et ${CANARY} menace les gens qui passent`);
    await chat.say("Oui, c'est la suite");
    expect(chat.stored()).not.toContain(CANARY);
    expect(JSON.stringify(chat.reports.draft())).toContain(CANARY);
  });

  test('by what became of a report: neither its code, nor what was answered, nor what was added', async () => {
    const chat = openChat();
    for (const [text] of WALK.slice(0, 8)) await chat.say(text);
    await chat.say('Envoyer');
    chat.reports.answerAsDelegate({ text: `nous connaissons ${CANARY}` });
    await chat.say('Suivre un signalement');
    expect(await chat.say(RECEIPT)).toContainEqual(['robot', expect.stringContaining(`nous connaissons ${CANARY}`)]);
    await chat.say(`${CANARY} est revenu avec son chien`);
    await chat.say("Oui, l'ajouter");
    await chat.say('Ajouter une information');
    await chat.say(`${CANARY} est parti`);
    expect(chat.reports.additions()).toHaveLength(2);
    expect(chat.stored()).not.toContain(CANARY);
    expect(chat.stored()).not.toContain(RECEIPT.slice(0, 11));
  });

  test('once it is sent, the state names the report no more', async () => {
    const chat = openChat();
    for (const [text] of WALK.slice(0, 8)) await chat.say(text);
    expect(JSON.stringify(chat.state)).toContain('"reportId":"r1"');
    await chat.say('Envoyer');
    expect(JSON.stringify(chat.state)).not.toContain('"reportId"');
  });
});

describe('what is confidential', () => {
  const dialogs = createRootDialog(buildDialogDependencies());
  const isConfidential = (state: unknown) => dialogs.isConfidential(JSON.parse(JSON.stringify({ dialogs: state })));

  test('is every message from the offer of a report to its end', async () => {
    const chat = openChat();
    await chat.say('Horaires');
    expect(isConfidential(chat.state)).toBe(false);
    for (const [text] of WALK.slice(0, 8)) {
      await chat.say(text);
      expect(isConfidential(chat.state)).toBe(true);
    }
    await chat.say('Envoyer');
    expect(isConfidential(chat.state)).toBe(true);
    await chat.say('Voir le menu');
    expect(isConfidential(chat.state)).toBe(false);
  });

  test('is every message about what became of one', async () => {
    const chat = openChat();
    await chat.say('Suivre un signalement');
    expect(isConfidential(chat.state)).toBe(true);
    await chat.say('Annuler');
    expect(isConfidential(chat.state)).toBe(false);
  });

  test('is the reply to a danger inside a report, and to any other question there', async () => {
    const chat = openChat();
    for (const text of ['Signaler', 'Commencer']) await chat.say(text);
    await chat.say('au secours', { danger: [2] });
    expect(isConfidential(chat.state)).toBe(true);
  });

  test('is a state that the dialogs can go on from no more', async () => {
    const chat = openChat();
    await chat.say('Signaler');
    const stored = JSON.stringify(chat.state).replace(/"version":"[^"]*"/, '"version":"0"');
    expect(isConfidential(JSON.parse(stored))).toBe(true);
  });

  test.each([undefined, null, 'x', {}, { dialogStack: 'x' }, { dialogStack: [{ id: 'root', state: {} }] }])(
    'is not %j',
    (state) => {
      expect(dialogs.isConfidential(JSON.parse(JSON.stringify({ dialogs: state })))).toBe(false);
    },
  );
});
