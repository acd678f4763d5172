import { describe, expect, test } from '@jest/globals';
import type { ReportAnswer, ReportStep } from '../../src/domain/report-answers.js';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  ASKED_WHEN,
  ASKED_WHERE,
  HINT,
  INTRO,
  MENU,
  OFFER,
  prefaced,
  recap,
  UNTIL_CONTACT,
  UNTIL_RECAP,
  UNTIL_SENT,
  UNTIL_SHOWN,
  UNTIL_WHAT,
  UNTIL_WHEN,
  UNTIL_WHERE,
} from '../support/report-lines.js';
import { type Chat, type Line, openChat, play } from '../support/transcript.js';

async function expectChat(lines: readonly Line[], chat: Chat = openChat()): Promise<Chat> {
  expect(await play(chat, lines)).toEqual(lines);
  return chat;
}

function told({ reports }: Chat, step: ReportStep): readonly ReportAnswer[] {
  return reports.draft().filter((answer) => answer.step === step);
}

const CORRECTED = "C'est corrigé.";
const ADDED = "J'ai ajouté cette correction à votre texte.";
const UNCLEAR = "Je n'ai pas compris cette correction. Votre réponse d'avant est gardée.";
const WAITS = "Votre signalement n'est pas envoyé. Il sera effacé demain, mercredi 25 novembre à 10 h.";
const READ_BACK = (changes: Partial<Record<'Lieu' | 'Quand' | 'Faits' | 'En plus' | 'Contact', string>>) => {
  const items = {
    Lieu: 'Cassin',
    Quand: 'lundi 23 novembre (« hier »)',
    Faits: 'ils crient sous ma fenêtre',
    'En plus': 'pas de réponse',
    Contact: 'anonyme',
    ...changes,
  };
  return recap('Sujet : Bruit, nuisances', ...Object.entries(items).map(([title, value]) => `${title} : ${value}`));
};

/** Of a walk: 3 « Bruit », 4 « Cassin », 5 « hier », 6 « ils crient sous ma fenêtre », 7 « non », 8 « non ». */
const PLACE = 4;
const WHEN = 5;
const STORY = 6;

describe('an answer that is corrected', () => {
  test('is replaced, and the question that was open is asked again', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ...prefaced(CORRECTED, ASKED_WHEN),
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Picardie' }]);
    expect(chat.stored()).not.toContain('Picardie');
  });

  test('is read back as it is now, as often as it is corrected', async () => {
    const chat = await expectChat([
      ...UNTIL_RECAP,
      ['résident', 'avant-hier', { corrects: WHEN }],
      ['robot', CORRECTED],
      ...READ_BACK({ Quand: 'dimanche 22 novembre (« avant-hier »)' }),
      ['résident', 'ils crient et ils cassent tout', { corrects: STORY }],
      ['robot', CORRECTED],
      ...READ_BACK({ Quand: 'dimanche 22 novembre (« avant-hier »)', Faits: 'ils crient et ils cassent tout' }),
      ['résident', 'ils crient seulement', { corrects: STORY }],
      ['robot', CORRECTED],
      ...READ_BACK({ Quand: 'dimanche 22 novembre (« avant-hier »)', Faits: 'ils crient seulement' }),
      ['résident', 'il y a un chien', { corrects: 7 }],
      ['robot', CORRECTED],
      ...READ_BACK({
        Quand: 'dimanche 22 novembre (« avant-hier »)',
        Faits: 'ils crient seulement',
        'En plus': 'il y a un chien',
      }),
      ['résident', 'Envoyer'],
      ...UNTIL_SENT.slice(-4),
    ]);
    expect(chat.reports.sent()[0]?.filter(({ step }) => step === 'what')).toEqual([
      { step: 'what', text: 'ils crient seulement' },
    ]);
  });

  test('stands as it was when the correction answers nothing', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['résident', '?', { corrects: PLACE }],
      ...prefaced(UNCLEAR, ASKED_WHEN),
      ['résident', 'qui lit mes messages ?', { corrects: PLACE, intent: 'privacy.confidentiality' }],
      ...prefaced(UNCLEAR, ASKED_WHEN),
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'Cassin' }]);
  });

  test('is replaced though nobody here can read any more what it was', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['entre-temps', 'le serveur redémarre'],
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ...prefaced(CORRECTED, ASKED_WHEN),
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Picardie' }]);
  });

  test('that was changed since stands as it is', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['résident', 'Retour'],
      ...ASKED_WHERE,
      ['résident', 'Époisses'],
      ...ASKED_WHEN,
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ['résident', 'hier'],
      ['robot', "J'ai noté : lundi 23 novembre."],
      ...ASKED_WHAT,
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'Époisses' }]);
  });

  test('where a side question is open', () =>
    expectChat([
      ...UNTIL_WHEN,
      ['résident', 'annuler'],
      ['robot', "Voulez-vous effacer ce signalement ? Il n'est pas envoyé."],
      ['boutons', "Oui, l'effacer · Non, continuer"],
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ['robot', `${CORRECTED}\nVoulez-vous effacer ce signalement ? Il n'est pas envoyé.`],
      ['boutons', "Oui, l'effacer · Non, continuer"],
      ['résident', 'Non, continuer'],
      ...ASKED_WHEN,
    ]));
});

describe('a message that answered several questions', () => {
  const STORY_OF = 'y a des rodéos tous les soirs rue de Picardie';
  const BEGUN_BY_STORY: readonly Line[] = [
    ['résident', STORY_OF, 'report.start'],
    ...OFFER,
    ['résident', 'Commencer'],
    [
      'robot',
      "J'ai repris votre message :\n• Sujet : Rodéos, circulation\n• Lieu : rue de Picardie\n• Quand : tous les soirs\n• Faits : y a des rodéos tous les soirs rue de Picardie",
    ],
    ...ASKED_MORE,
  ];

  test('is corrected in all of them, and what it says no more is gone', async () => {
    const chat = await expectChat([
      ...BEGUN_BY_STORY,
      ['résident', 'y a des rodéos tous les soirs devant chez nous', { corrects: 1 }],
      ...prefaced(CORRECTED, ASKED_MORE),
    ]);
    expect(chat.reports.draft()).toEqual([
      { step: 'category', category: 'traffic' },
      { step: 'where', isSkipped: true },
      expect.objectContaining({ step: 'when' }),
      { step: 'what', text: 'y a des rodéos tous les soirs devant chez nous' },
    ]);
    expect(chat.stored()).not.toContain('Picardie');
  });

  test('but for those that were answered otherwise since', async () => {
    const chat = openChat();
    await play(chat, [
      ...BEGUN_BY_STORY,
      ['résident', 'Retour'],
      ['résident', 'deux motos font des roues'],
      ['résident', 'y a des rodéos tous les matins rue de Cologne', { corrects: 1 }],
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Cologne' }]);
    expect(told(chat, 'when')).toMatchObject([{ moment: { words: 'tous les matins' } }]);
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'deux motos font des roues' }]);
  });

  test('while it waits for the yes', async () => {
    const chat = await expectChat([
      ['résident', STORY_OF, 'report.start'],
      ...OFFER,
      ['résident', 'des jeunes cassent les vitres rue de Cologne', { corrects: 1, intent: 'report.start' }],
      ['robot', `${CORRECTED}\nVoulez-vous commencer le signalement ?`],
      ['boutons', 'Commencer · Non merci'],
      ['résident', 'Commencer'],
      [
        'robot',
        "J'ai repris votre message :\n• Sujet : Incivilités, dégâts\n• Lieu : rue de Cologne\n• Faits : des jeunes cassent les vitres rue de Cologne",
      ],
      ...ASKED_WHEN,
    ]);
    expect(chat.stored()).not.toContain('Picardie');
    expect(chat.stored()).not.toContain('Cologne');
  });

  test('while it waits for the yes, when it tells nothing any more', () =>
    expectChat([
      ['résident', STORY_OF, 'report.start'],
      ...OFFER,
      ['résident', 'rien', { corrects: 1 }],
      ['robot', `${CORRECTED}\nVoulez-vous commencer le signalement ?`],
      ['boutons', 'Commencer · Non merci'],
      ['résident', 'Commencer'],
      HINT,
      ...ASKED_CATEGORY,
    ]));

  test('before a choice between two readings of it', async () => {
    const chat = openChat();
    await play(chat, [
      ['résident', STORY_OF, { between: ['report.start', 'complaint.file'] }],
      ['résident', 'y a des rodéos rue de Cologne', { corrects: 1, between: ['report.start', 'complaint.file'] }],
      ['résident', 'Faire un signalement'],
      ['résident', 'Commencer'],
    ]);
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'y a des rodéos rue de Cologne' }]);
  });
});

describe('a story that was told in several messages', () => {
  const MORE: Line = ['résident', 'et ils reviennent chaque vendredi avec des motos'];
  const TWO_PARTS: readonly Line[] = [
    ...UNTIL_CONTACT.slice(0, -ASKED_CONTACT.length - 1),
    ['résident', 'ils cassent aussi les bouteilles'],
    ...ASKED_CONTACT,
    MORE,
    ['robot', "J'ai ajouté ce texte à votre signalement."],
    ...ASKED_CONTACT,
  ];

  test.each([
    ['the first', 7],
    ['the last', 8],
  ])('keeps all of it beside the correction of %s', async (_, corrects) => {
    const chat = await expectChat([
      ...TWO_PARTS,
      ['résident', 'ils cassent aussi les vitres', { corrects }],
      ...prefaced(ADDED, ASKED_CONTACT),
    ]);
    expect(told(chat, 'more')).toEqual([
      {
        step: 'more',
        text: `ils cassent aussi les bouteilles\n${MORE[1]}\nCorrection : ils cassent aussi les vitres`,
      },
    ]);
  });

  test('two messages that wait for the yes', async () => {
    const chat = openChat();
    await play(chat, [
      ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
      ['résident', 'et ils menacent les gens qui passent'],
      ['résident', 'et ils insultent les gens', { corrects: 2 }],
      ['résident', 'Commencer'],
    ]);
    expect(told(chat, 'what')).toEqual([
      {
        step: 'what',
        text: 'des jeunes cassent les boîtes aux lettres\net ils menacent les gens qui passent\nCorrection : et ils insultent les gens',
      },
    ]);
  });

  test.each(['31 minutes', 'le serveur redémarre'] as const)(
    'two messages that waited for the yes and are lost (%s): that is said',
    async (meanwhile) => {
      const chat = openChat();
      await play(chat, [
        ['résident', 'des jeunes cassent les boîtes aux lettres', 'report.start'],
        ['résident', 'et ils menacent les gens qui passent'],
        ['entre-temps', meanwhile],
      ]);
      const lines = await chat.say('et ils insultent les gens', { corrects: 2 });
      expect(lines[0]).toEqual([
        'robot',
        "C'est corrigé. Mais je n'ai plus vos autres messages : écrivez-les de nouveau.\nVoulez-vous commencer le signalement ?",
      ]);
      await play(chat, [
        ['résident', 'et ils insultent tout le monde', { corrects: 2 }],
        ['résident', 'Commencer'],
      ]);
      expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'et ils insultent tout le monde' }]);
    },
  );

  test('after a break: whether it goes on with the report', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_WHAT,
      ['entre-temps', '40 minutes'],
      ['résident', 'ils ont cassé la porte du hall'],
      ['résident', 'ils ont cassé la vitre du hall', { corrects: 6 }],
      ['résident', "Oui, c'est la suite"],
    ]);
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'ils ont cassé la vitre du hall' }]);
  });
});

describe('a contact', () => {
  const ASKED_WAY: readonly Line[] = [
    [
      'robot',
      "Étape 6 sur 7. Ajoutez un numéro ou un e-mail, pour qu'un délégué puisse vous joindre. Vous pouvez passer.",
    ],
    ['boutons', 'Passer · Retour'],
  ];

  test('is corrected as a whole', () =>
    expectChat([
      ...UNTIL_CONTACT,
      ['résident', 'Marie 06 12 34 56 78'],
      ...READ_BACK({ Contact: 'Marie, 06 12 34 56 78' }),
      ['résident', '06 12 34 56 79', { corrects: 8 }],
      ['robot', CORRECTED],
      ...READ_BACK({ Contact: '06 12 34 56 79' }),
    ]));

  test('of two messages keeps what the other one said', () =>
    expectChat([
      ...UNTIL_CONTACT,
      ['résident', 'Marie'],
      ...ASKED_WAY,
      ['résident', '06 12 34 56 78'],
      ...READ_BACK({ Contact: 'Marie, 06 12 34 56 78' }),
      ['résident', 'Maria', { corrects: 8 }],
      ['robot', CORRECTED],
      ...READ_BACK({ Contact: 'Maria, 06 12 34 56 78' }),
    ]));

  test('of which only a first name is left asks how to reach them', () =>
    expectChat([
      ...UNTIL_CONTACT,
      ['résident', 'Marie 06 12 34 56 78'],
      ...READ_BACK({ Contact: 'Marie, 06 12 34 56 78' }),
      ['résident', 'Maria', { corrects: 8 }],
      ...prefaced(CORRECTED, ASKED_WAY),
      ['résident', 'maria@exemple.fr'],
      ...READ_BACK({ Contact: 'Maria, maria@exemple.fr' }),
    ]));
});

describe('a first name alone', () => {
  test('that was to stay so is not asked about again', () =>
    expectChat([
      ...UNTIL_CONTACT,
      ['résident', 'Marie'],
      [
        'robot',
        "Étape 6 sur 7. Ajoutez un numéro ou un e-mail, pour qu'un délégué puisse vous joindre. Vous pouvez passer.",
      ],
      ['boutons', 'Passer · Retour'],
      ['résident', 'Passer'],
      ...READ_BACK({ Contact: 'Marie' }),
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ['robot', CORRECTED],
      ...READ_BACK({ Contact: 'Marie', Lieu: 'rue de Picardie' }),
    ]));
});

describe('while the report waits', () => {
  test('it is corrected, and that is said', async () => {
    const chat = await expectChat([
      ...UNTIL_WHAT,
      ['résident', 'menu'],
      ['robot', `${WAITS} Pour continuer, écrivez « reprendre ».\nQue voulez-vous savoir ?`],
      MENU,
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ['robot', `${CORRECTED} ${WAITS}`],
      ['boutons', 'Reprendre · Voir le menu'],
      ['résident', 'rue de Cologne', { corrects: PLACE }],
      ['robot', `${CORRECTED} ${WAITS}`],
      ['boutons', 'Reprendre · Voir le menu'],
      ['résident', '?', { corrects: PLACE }],
      ['robot', UNCLEAR],
      ['robot', WAITS],
      ['boutons', 'Reprendre · Voir le menu'],
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Cologne' }]);
    expect(chat.stored()).not.toContain('Cologne');
  });

  test('under another question, which is asked again', () =>
    expectChat([
      ...UNTIL_WHAT,
      ['résident', 'Être rappelé'],
      [
        'robot',
        `${WAITS} Pour continuer, écrivez « reprendre ».\nUn délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses.`,
      ],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
    ]).then((chat) =>
      expectChat(
        [
          ['résident', 'rue de Picardie', { corrects: PLACE }],
          ['robot', `${CORRECTED} ${WAITS}`],
          ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
          ['boutons', 'Passer · Annuler'],
        ],
        chat,
      ),
    ));

  test('when nothing is known of it but what the report itself says', async () => {
    const chat = await expectChat([
      ...UNTIL_WHAT,
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['entre-temps', 'un délégué prend et rend la conversation'],
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ['robot', `${CORRECTED} ${WAITS}`],
      ['boutons', 'Reprendre · Voir le menu'],
      ['résident', 'ils hurlent sous ma fenêtre', { corrects: STORY }],
      ['robot', `${CORRECTED} ${WAITS}`],
      ['boutons', 'Reprendre · Voir le menu'],
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Picardie' }]);
    expect(told(chat, 'what')).toEqual([
      { step: 'what', text: 'ils crient sous ma fenêtre\nCorrection : ils hurlent sous ma fenêtre' },
    ]);
  });
});

describe('once the report is sent', () => {
  const LATE: readonly Line[] = [
    ['robot', 'Ce texte est déjà envoyé aux délégués : je ne peux plus le corriger.'],
    ['robot', 'Pour ajouter une correction, touchez « Suivre un signalement » et donnez votre code.'],
  ];

  test('it says how to add a correction', () =>
    expectChat([
      ...UNTIL_SENT,
      ['résident', 'rue de Picardie', { corrects: PLACE }],
      ...LATE,
      ['boutons', 'Suivre un signalement · Voir le menu'],
    ]));

  test('of what was added by the code, too', async () => {
    const chat = openChat();
    await play(chat, [...UNTIL_SHOWN, ['résident', 'Ajouter une information']]);
    await chat.say('ils sont revenus hier soir');
    const lines = await chat.say('ils sont revenus ce soir', { corrects: 13 });
    expect(lines).toEqual([...LATE, ['boutons', 'Suivre un signalement · Voir le menu']]);
    expect(chat.reports.additions()).toEqual(['ils sont revenus hier soir']);
  });

  test('what waits for a yes is held as it is now', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ['résident', 'ils sont revenus hier soir avec deux chiens', { corrects: 12 }],
      ['résident', "Oui, l'ajouter"],
    ]);
    expect(chat.reports.additions()).toEqual(['ils sont revenus hier soir avec deux chiens']);
  });

  const TWO_HELD: readonly Line[] = [
    ...UNTIL_SHOWN,
    ['résident', 'ils sont revenus hier soir avec le chien'],
    ['résident', 'ils ont cassé la vitre du hall'],
  ];

  test.each([
    ['the first', 12],
    ['the last', 13],
  ])('of two messages that wait for a yes, the correction of %s stands beside both', async (_, corrects) => {
    const chat = openChat();
    await play(chat, [...TWO_HELD, ['résident', 'non', { corrects }], ['résident', "Oui, l'ajouter"]]);
    expect(chat.reports.additions()).toEqual([
      'ils sont revenus hier soir avec le chien\nils ont cassé la vitre du hall\nCorrection : non',
    ]);
  });

  test('of two messages that are lost, the correction is held, and that is said', async () => {
    const chat = openChat();
    await play(chat, [...TWO_HELD, ['entre-temps', 'le serveur redémarre']]);
    const lines = await chat.say('ils ont cassé la vitre du local', { corrects: 13 });
    expect(lines).toEqual([
      ['robot', "C'est corrigé. Mais je n'ai plus vos autres messages : écrivez-les de nouveau."],
      ['robot', 'Voulez-vous ajouter ce texte à votre signalement ?'],
      ['boutons', "Oui, l'ajouter · Non, autre chose"],
    ]);
  });

  test('what waits for a yes stands when another message is corrected', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ['résident', 'euh'],
      ['résident', "oui, l'ajouter", { corrects: 13 }],
    ]);
    expect(chat.reports.additions()).toEqual(['ils sont revenus hier soir avec le chien']);
  });

  test('what waited for a yes or for the code, and is added', async () => {
    const chat = openChat();
    await play(chat, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ['entre-temps', '11 minutes'],
      ['résident', "Oui, l'ajouter"],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
    ]);
    expect(chat.reports.additions()).toHaveLength(1);
    const lines = await chat.say('ils sont revenus hier soir avec deux chiens', { corrects: 12 });
    expect(lines).toEqual([...LATE, ['boutons', 'Suivre un signalement · Voir le menu']]);
  });
});

describe('a correction of something else', () => {
  test('the last message is answered anew', () =>
    expectChat([
      ['résident', 'orraires'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      MENU,
      ['résident', 'menu', { corrects: 1 }],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
    ]));

  test('an earlier one is left without an answer, and is no break in a report', () =>
    expectChat([
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Que voulez-vous savoir ?'],
      MENU,
      ...UNTIL_WHAT,
      ['entre-temps', '1 minutes'],
      ['résident', 'bonsoir', { corrects: 1, intent: 'smalltalk.greeting' }],
      ['entre-temps', '1 minutes'],
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
    ]));

  test('the last message, in a report that did not understand it, answers the question', () =>
    expectChat([
      ...UNTIL_WHERE,
      ['résident', 'hein'],
      ['robot', "Étape 2 sur 7. Je n'ai pas compris le lieu. Écrivez une rue, un immeuble ou un lieu."],
      ['boutons', 'Époisses · Cassin · Île-de-France · Je préfère ne pas dire · Retour'],
      ['résident', 'devant le Lidl', { corrects: 4 }],
      ...ASKED_WHEN,
      ['résident', 'devant le Carrefour', { corrects: 4 }],
      ...prefaced(CORRECTED, ASKED_WHEN),
    ]));

  test('in the form of a call-back it says how an answer is changed', () =>
    expectChat([
      ['résident', 'Être rappelé'],
      ['robot', "Un délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Mari'],
      ['robot', 'À quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'Marie', { corrects: 2 }],
      [
        'robot',
        "Pour changer une réponse, répondez d'abord aux questions. Ensuite, je relis tout et vous touchez « Changer ».\nÀ quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.",
      ],
      ['boutons', 'Annuler'],
      ['résident', '06 12 34'],
      ['robot', 'Il manque des chiffres. Un numéro français a 10 chiffres. Écrivez-le encore une fois.'],
      ['boutons', 'Annuler'],
    ]));
});

describe('a message that led from one question to another', () => {
  const DISCARDED = "C'est fait. Votre signalement est effacé. Rien n'a été envoyé.";

  test('a consent that is taken back is no answer', async () => {
    const chat = openChat();
    await play(chat, [
      ['résident', 'Signaler'],
      ['résident', 'oui'],
    ]);
    const lines = await chat.say('non', { corrects: 2 });
    expect(lines[0]).toEqual(['robot', DISCARDED]);
    expect(chat.reports.draft()).toEqual([]);
  });

  test.each(['non', 'je ne veux pas'])('after a story, « %s » asks whether to erase it', async (refusal) => {
    const chat = openChat();
    await play(chat, [
      ['résident', 'des jeunes cassent les vitres rue de Cologne', 'report.start'],
      ['résident', 'oui'],
      ...ASKED_WHEN,
    ]);
    const asked: readonly Line[] = [
      ['robot', "Voulez-vous effacer ce signalement ? Il n'est pas envoyé."],
      ['boutons', "Oui, l'effacer · Non, continuer"],
    ];
    expect(await chat.say(refusal, { corrects: 2 })).toEqual(asked);
    expect(told(chat, 'when')).toEqual([]);
    expect(await chat.say('non merci', { corrects: 2 })).toEqual(prefaced(UNCLEAR, asked));
    expect(await chat.say('Non, continuer')).toEqual(ASKED_WHEN);
  });

  test('a consent that is given in other words stands', () =>
    expectChat([
      ...UNTIL_SENT.slice(0, INTRO.length + 1),
      ['résident', 'oui'],
      HINT,
      ...ASKED_CATEGORY,
      ['résident', "d'accord", { corrects: 2 }],
      ...prefaced(UNCLEAR, ASKED_CATEGORY),
    ]));

  test('« retour » that is corrected replaces nothing', async () => {
    const chat = await expectChat([
      ...UNTIL_WHEN,
      ['résident', 'retour'],
      ...ASKED_WHERE,
      ['résident', 'hier soir', { corrects: 5 }],
      ...prefaced(UNCLEAR, ASKED_WHERE),
      ['résident', 'hein'],
      ['robot', "Étape 2 sur 7. Je n'ai pas compris le lieu. Écrivez une rue, un immeuble ou un lieu."],
      ['boutons', 'Époisses · Cassin · Île-de-France · Je préfère ne pas dire · Retour'],
      ['résident', 'devant le Lidl', { corrects: 6 }],
      ...ASKED_WHEN,
    ]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'devant le Lidl' }]);
  });

  test('« modifier » at the end', () =>
    expectChat([
      ...UNTIL_RECAP,
      ['résident', 'modifier'],
      ['robot', 'Que voulez-vous modifier ?'],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', 'envoyer', { corrects: 9 }],
      ['robot', `${UNCLEAR}\nQue voulez-vous modifier ?`],
      ['boutons', 'Le sujet · Le lieu · La date · Les faits · Le texte ajouté · Le contact · Revenir au résumé'],
      ['résident', 'non'],
      ...READ_BACK({}),
      ['résident', 'le lieu', { corrects: 10 }],
      ['robot', UNCLEAR],
      ...READ_BACK({}),
    ]));
});

describe('a danger in corrected words', () => {
  test('numbers are shown, and the draft is kept', async () => {
    const chat = openChat();
    await play(chat, UNTIL_CONTACT);
    const lines = await chat.say('au secours ils cassent ma porte', { corrects: STORY, danger: [2, 'intrusion'] });
    expect(lines[0]?.[1]).toBe("Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez.");
    expect(lines.at(-2)).toEqual(['robot', 'Est-ce en train de se passer ?']);
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'au secours ils cassent ma porte' }]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'Cassin' }]);
    await chat.say("Non, c'est passé");
    expect((await chat.say('reprendre')).slice(0, 1)).toEqual(
      prefaced('Reprenons votre signalement.', ASKED_CONTACT).slice(0, 1),
    );
  });

  test('under the question about it, a correction of the report is taken', async () => {
    const chat = openChat();
    await play(chat, UNTIL_CONTACT);
    await chat.say('au secours ils cassent ma porte', { danger: [2, 'intrusion'] });
    const lines = await chat.say('rue de Picardie', { corrects: PLACE });
    expect(lines[0]).toEqual(['robot', CORRECTED]);
    expect(lines.at(-1)).toEqual(['boutons', "Oui, maintenant · Non, c'est passé"]);
    expect(told(chat, 'where')).toEqual([{ step: 'where', text: 'rue de Picardie' }]);
  });

  test.each([
    ['that was not understood', [...UNTIL_WHAT, ['résident', 'euh']], 6],
    ['that was no part of the report', UNTIL_WHAT, 1],
  ] as const)('of a message %s, what is told is kept', async (_, before, corrects) => {
    const chat = openChat();
    await play(chat, before);
    await chat.say('ils sont en train de casser la porte du voisin', { corrects, danger: [2, 'intrusion'] });
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'ils sont en train de casser la porte du voisin' }]);
    await chat.say('ils cassent la porte du voisin et ils crient', { corrects, danger: [2, 'intrusion'] });
    expect(told(chat, 'what')).toEqual([{ step: 'what', text: 'ils cassent la porte du voisin et ils crient' }]);
  });

  test('of an earlier message, where nobody would answer it otherwise', async () => {
    const chat = openChat();
    await chat.say('bonjour', 'smalltalk.greeting');
    await chat.say('merci', 'smalltalk.thanks');
    const lines = await chat.say('au secours', { corrects: 1, danger: [2, 'violence'] });
    expect(lines.map(([, words]) => words).join(' ')).toContain('Est-ce en train de se passer ?');
  });
});
