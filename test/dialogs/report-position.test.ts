import { describe, expect, test } from '@jest/globals';
import type { ReportAnswer } from '../../src/domain/report-answers.js';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  ASKED_WHEN,
  ASKED_WHERE,
  BEGUN,
  HINT,
  INTRO,
  NEXT,
  prefaced,
  recap,
  UNTIL_RECAP,
  UNTIL_SHOWN,
  UNTIL_WHAT,
  UNTIL_WHEN,
  UNTIL_WHERE,
} from '../support/report-lines.js';
import { type Chat, type Line, openChat, play, type Understood } from '../support/transcript.js';

const PICASSO = { latitude: 47.21934, longitude: 5.96677 };
const CASSIN = { latitude: 47.22551, longitude: 5.97012 };
const HERE: Understood = { position: PICASSO };
const THERE: Understood = { position: CASSIN };

async function expectChat(lines: readonly Line[], chat: Chat = openChat()): Promise<Chat> {
  expect(await play(chat, lines)).toEqual(lines);
  return chat;
}

function placeIn(answers: readonly ReportAnswer[] | undefined): ReportAnswer | undefined {
  return answers?.find(({ step }) => step === 'where');
}

const KEPT: Line = ['robot', "J'ai gardé votre position pour le lieu."];
const ASKED_WHERE_ELSE: readonly Line[] = [
  [
    'robot',
    'Étape 2 sur 7. Vous avez déjà partagé une position. Écrivez une précision, ou partagez une autre position.',
  ],
  ['boutons', 'Époisses · Cassin · Île-de-France · Retirer la position · Retour'],
];
const UNUSED: readonly Line[] = [
  [
    'robot',
    "Votre position n'est pas gardée, et personne n'est prévenu. Elle sert seulement dans un signalement, pour dire le lieu.",
  ],
  ['robot', 'En cas de danger, appelez le 17 ou le 112 et dites où vous êtes. Vous ne pouvez pas parler : SMS au 114.'],
];
const READ_BACK = (place: string) =>
  recap(
    'Sujet : Bruit, nuisances',
    `Lieu : ${place}`,
    'Quand : lundi 23 novembre (« hier »)',
    'Faits : ils crient sous ma fenêtre',
    'En plus : pas de réponse',
    'Contact : anonyme',
  );

describe('a position at the question about the place', () => {
  test('is the answer, is read back and is sealed', async () => {
    const chat = await expectChat([
      ...UNTIL_WHERE,
      ['résident', '', HERE],
      ...ASKED_WHEN,
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...READ_BACK('Position partagée'),
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Position partagée', position: PICASSO });
    expect(chat.stored()).not.toContain('47.2');
  });

  test('with the name of the place', async () => {
    const chat = await expectChat([...UNTIL_WHERE, ['résident', 'École Bourgogne', HERE], ...ASKED_WHEN]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'École Bourgogne', position: PICASSO });
  });

  test('after words that were not understood, and after half an hour', async () => {
    const chat = await expectChat([
      ...UNTIL_WHERE,
      ['résident', 'hein'],
      ['robot', "Étape 2 sur 7. Je n'ai pas compris le lieu. Écrivez une rue, un immeuble ou un lieu."],
      ['boutons', 'Époisses · Cassin · Île-de-France · Je préfère ne pas dire · Retour'],
      ['entre-temps', '40 minutes'],
      ['résident', '', HERE],
      ...ASKED_WHEN,
    ]);
    expect(placeIn(chat.reports.draft())).toMatchObject({ position: PICASSO });
  });

  test('is asked for', async () => {
    const chat = openChat();
    await play(chat, UNTIL_WHERE);
    const said: unknown[] = JSON.parse(chat.stored())[0];
    expect(said.at(-1)).toMatchObject({ asksFor: 'position' });
    expect(said.slice(0, -1).filter((content) => JSON.stringify(content).includes('asksFor'))).toEqual([]);
  });
});

describe('a position and words', () => {
  test('words make it more precise', async () => {
    const chat = await expectChat([
      ...UNTIL_WHERE,
      ['résident', '', HERE],
      ...ASKED_WHEN,
      ['résident', 'Retour'],
      ...ASKED_WHERE_ELSE,
      ['résident', 'la porte du fond'],
      ...ASKED_WHEN,
      ['résident', 'retour'],
      ...ASKED_WHERE_ELSE,
      ['résident', '', THERE],
      ...ASKED_WHEN,
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'la porte du fond', position: CASSIN });
  });

  test('it can be taken back', async () => {
    const chat = await expectChat([
      ...UNTIL_WHERE,
      ['résident', '', HERE],
      ...ASKED_WHEN,
      ['résident', 'Retour'],
      ...ASKED_WHERE_ELSE,
      ['résident', 'Retirer la position'],
      ...ASKED_WHERE,
      ['résident', 'rue de Picardie'],
      ...ASKED_WHEN,
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'rue de Picardie' });
  });

  test('it can be taken back, and the words stand', async () => {
    const chat = await expectChat([
      ...UNTIL_WHERE,
      ['résident', 'la porte du fond', {}],
      ...ASKED_WHEN,
      ['résident', '', HERE],
      KEPT,
      ...ASKED_WHEN,
      ['résident', 'Retour'],
      ...ASKED_WHERE_ELSE,
      ['résident', 'Retirer la position'],
      ['robot', 'Votre position est retirée. Vos mots pour le lieu sont gardés.'],
      ...ASKED_WHEN,
      ['résident', 'la porte du haut', { corrects: 4 }],
      ...prefaced("C'est corrigé.", ASKED_WHEN),
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'la porte du haut' });
  });

  test('it can be taken back where the place is chosen to be changed', async () => {
    const chat = openChat();
    await play(chat, [...UNTIL_RECAP, ['résident', '', HERE], ['résident', 'Modifier'], ['résident', 'Le lieu']]);
    expect(await chat.say('Retirer la position')).toEqual([
      ['robot', 'Votre position est retirée. Vos mots pour le lieu sont gardés.'],
      ...READ_BACK('Cassin'),
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin' });
  });

  test('chosen to be changed', async () => {
    const chat = await expectChat([
      ...UNTIL_RECAP,
      ['résident', 'Modifier'],
      ['robot', 'Que voulez-vous modifier ?'],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', 'Le lieu'],
      ...ASKED_WHERE,
      ['résident', '', HERE],
      ...READ_BACK('Cassin (avec la position partagée)'),
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin', position: PICASSO });
  });
});

describe('a position elsewhere in a report', () => {
  test('is kept for the place, and the question stands', async () => {
    const chat = await expectChat([
      ...BEGUN,
      ['résident', '', HERE],
      KEPT,
      ...ASKED_CATEGORY,
      ['résident', 'Bruit, nuisances'],
      ...ASKED_WHEN,
      ['résident', '', THERE],
      KEPT,
      ...ASKED_WHEN,
    ]);
    expect(placeIn(chat.reports.draft())).toMatchObject({ text: 'Position partagée', position: CASSIN });
  });

  test('goes with the words about the place', async () => {
    const chat = await expectChat([...UNTIL_WHAT, ['résident', '', HERE], KEPT, ...ASKED_WHAT]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin', position: PICASSO });
  });

  test('at the recap, and where something is chosen to be changed', () =>
    expectChat([
      ...UNTIL_RECAP,
      ['résident', '', HERE],
      KEPT,
      ...READ_BACK('Cassin (avec la position partagée)'),
      ['résident', 'Modifier'],
      ['robot', 'Que voulez-vous modifier ?'],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', '', THERE],
      KEPT,
      ...READ_BACK('Cassin (avec la position partagée)'),
    ]));

  test('does not take away what is sealed for good', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['entre-temps', 'le serveur redémarre'],
      ['résident', '', HERE],
      [
        'robot',
        "Le lieu est déjà scellé : votre position n'est pas gardée. Pour changer le lieu, touchez « Modifier » à la fin, puis « Le lieu ».",
      ],
      ...ASKED_WHEN,
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin' });
  });

  test('before the yes it is kept in memory only', async () => {
    const chat = await expectChat([
      ['résident', 'Signaler'],
      ...INTRO,
      ['résident', '', HERE],
      ['robot', "Votre position n'est pas encore gardée. Elle dira le lieu, si vous continuez."],
      ['robot', 'Voulez-vous commencer le signalement ?'],
      ['boutons', 'Commencer · Non merci'],
      ['résident', 'Commencer'],
      ['robot', "J'ai repris votre message :\n• Lieu : Position partagée"],
      ...ASKED_CATEGORY,
    ]);
    expect(placeIn(chat.reports.draft())).toMatchObject({ position: PICASSO });
    expect(chat.stored()).not.toContain('47.2');
  });

  test.each(['31 minutes', 'le serveur redémarre'] as const)(
    'before the yes, with a story that is lost (%s): that is said',
    async (meanwhile) => {
      const chat = openChat();
      await play(chat, [
        ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
        ['entre-temps', meanwhile],
      ]);
      const lines = await chat.say('', HERE);
      expect(lines.slice(0, 2)).toEqual([
        ['robot', "Excusez-moi, je n'ai plus votre message. Écrivez-le de nouveau."],
        ['robot', "Votre position n'est pas encore gardée. Elle dira le lieu, si vous continuez."],
      ]);
    },
  );

  test('whether to go on with a report that waits', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'Signaler'],
      ['robot', 'Vous avez un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', 'Voulez-vous le reprendre ?'],
      ['boutons', 'Reprendre · Tout recommencer'],
      ['résident', '', HERE],
      ['robot', "Votre position n'est pas encore gardée. Elle dira le lieu, si vous continuez."],
      ['robot', 'Vous avez déjà un signalement commencé. Il sera effacé demain, mercredi 25 novembre à 10 h.'],
      ['robot', "Voulez-vous le reprendre et y ajouter ce message ? Votre message n'est pas encore gardé."],
      ['boutons', 'Reprendre · Tout recommencer · Non, autre chose'],
      ['résident', 'Reprendre'],
      ['robot', "J'ai repris votre message :\n• Lieu : Cassin (avec la position partagée)"],
      ...prefaced('Reprenons votre signalement.', ASKED_WHEN),
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin', position: PICASSO });
  });
});

describe('a position and words that are sealed for good', () => {
  const SEALED: Line = [
    'robot',
    "Le lieu est déjà scellé : votre position n'est pas gardée. Pour changer le lieu, touchez « Modifier » à la fin, puis « Le lieu ».",
  ];

  test.each([
    [
      'words, then a position',
      [
        ['résident', 'la porte du fond'],
        ['résident', '', HERE],
      ],
      4,
    ],
    [
      'a position, then words',
      [
        ['résident', '', HERE],
        ['résident', 'Retour'],
        ['résident', 'la porte du fond'],
      ],
      6,
    ],
  ] as const)('%s: corrected words do not take the position away unseen', async (_, said, corrects) => {
    const chat = openChat();
    await play(chat, [...UNTIL_WHERE, ...said, ['entre-temps', 'le serveur redémarre']]);
    expect(await chat.say('la porte du haut', { corrects })).toEqual(
      prefaced("Je n'ai pas compris cette correction. Votre réponse d'avant est gardée.", ASKED_WHEN),
    );
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'la porte du fond', position: PICASSO });
  });

  test('nor where nothing is known of what the answer is made of', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_WHERE,
      ['résident', '', HERE],
      ['résident', 'Retour'],
      ['résident', 'la porte du fond'],
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'la porte du haut', { corrects: 6 }],
    ]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'la porte du haut', position: PICASSO });
  });

  test('held until the report goes on: it is said that it does not fit', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_WHEN,
      ['entre-temps', 'le serveur redémarre'],
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'Signaler'],
      ['résident', '', HERE],
    ]);
    expect(await chat.say('Reprendre')).toEqual([SEALED, ...prefaced('Reprenons votre signalement.', ASKED_WHEN)]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin' });
  });
});

describe('a position and a report that was sent', () => {
  test('is added to it as words', async () => {
    const chat = await expectChat([
      ...UNTIL_SHOWN,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['résident', '', HERE],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
      ['résident', '', THERE],
      ['robot', 'Voulez-vous ajouter ce texte à votre signalement ?'],
      ['boutons', "Oui, l'ajouter · Non, autre chose"],
      ['résident', "Oui, l'ajouter"],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
    ]);
    expect(chat.reports.additions()).toEqual([
      'Position partagée : 47.21934, 5.96677',
      'Position partagée : 47.22551, 5.97012',
    ]);
    expect(chat.stored()).not.toContain('47.2');
  });
});

describe('a position outside of a report', () => {
  test('is not kept, and says what to do', () =>
    expectChat([
      ['résident', '', HERE],
      ...UNUSED,
      ['boutons', "Faire un signalement · Voir l'adresse · Parler à un délégué"],
    ]));

  test('does not answer the question of another dialog', () =>
    expectChat([
      ['résident', 'Être rappelé'],
      ['robot', "Un délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', '', HERE],
      ...UNUSED,
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
    ]));

  test('in a danger, under which a report waits', async () => {
    const chat = openChat();
    await play(chat, UNTIL_WHEN);
    await chat.say('au secours il me frappe', { danger: [2, 'violence'] });
    const lines = await chat.say('', HERE);
    expect(lines.slice(0, 2)).toEqual(UNUSED);
    expect(lines.at(-1)).toEqual(['boutons', "Oui, maintenant · Non, c'est passé"]);
    expect(placeIn(chat.reports.draft())).toEqual({ step: 'where', text: 'Cassin' });
  });
});

describe('what is no text, in a report', () => {
  test('does not answer the question', () =>
    expectChat([
      ...UNTIL_WHERE,
      ['résident', '', { enclosed: 'photo' }],
      ['robot', 'pas dans un signalement'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'devant le Lidl'],
      ...ASKED_WHEN,
      ['résident', 'hier', { enclosed: 'photo' }],
      ['robot', 'pas dans un signalement, avec texte'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
    ]));

  test('before the yes, and once it is sent', () =>
    expectChat([
      ['résident', 'Signaler'],
      ...INTRO,
      ['résident', '', { enclosed: 'voice' }],
      ['robot', 'pas dans un signalement'],
      ['robot', 'Reprenons votre signalement.\nVoulez-vous commencer le signalement ?'],
      ['boutons', 'Commencer · Non merci'],
      ['résident', 'Commencer'],
      HINT,
      ...ASKED_CATEGORY,
    ]));
});
