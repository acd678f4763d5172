import { describe, expect, test } from '@jest/globals';
import { FOLLOW_UP, MENU, NEXT, UNTIL_SHOWN } from '../support/report-lines.js';
import { expectTranscript, type Line, openChat, play } from '../support/transcript.js';

const ASKED_TO_ADD: readonly Line[] = [
  ['robot', 'Voulez-vous ajouter ce texte à votre signalement ?'],
  ['boutons', "Oui, l'ajouter · Non, autre chose"],
];

describe('more information', () => {
  test('is added', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['résident', 'ok'],
      ['robot', 'Écrivez votre information avec vos mots, ou touchez « Retour ».'],
      ['boutons', 'Retour'],
      ['résident', 'c anonyme ?', 'privacy.confidentiality'],
      ['robot', "Seuls les délégués peuvent ouvrir votre signalement. Votre nom n'est pas obligatoire."],
      [
        'robot',
        "Le secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      [
        'robot',
        "Un signalement pas envoyé est effacé 24 heures après votre dernière réponse. Un signalement envoyé est effacé 90 jours après que les délégués l'ont clos.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['résident', 'Retour'],
      ['robot', 'Que voulez-vous faire ?'],
      NEXT,
      ['résident', 'Terminé'],
      ['robot', "D'accord. Gardez bien votre code."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
    ]));

  test('when the time is over: the code, and then it is added', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['entre-temps', '12 minutes'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "Le temps est passé. Donnez encore une fois votre code : j'ajouterai ensuite votre texte."],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
    ]));

  test('is asked for anew after a restart', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['entre-temps', '12 minutes'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "Le temps est passé. Donnez encore une fois votre code : j'ajouterai ensuite votre texte."],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['entre-temps', 'le serveur redémarre'],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ['robot', "Excusez-moi, je n'ai plus votre texte. Écrivez-le de nouveau."],
      ['boutons', 'Retour'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
    ]));

  test('that nobody asked for', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ['robot', 'Voulez-vous ajouter ce texte à votre signalement ?'],
      ['boutons', "Oui, l'ajouter · Non, autre chose"],
      ['résident', "Oui, l'ajouter"],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ['robot', 'Voulez-vous ajouter ce texte à votre signalement ?'],
      ['boutons', "Oui, l'ajouter · Non, autre chose"],
      ['résident', 'Non, autre chose'],
      ['robot', 'Que voulez-vous faire ?'],
      NEXT,
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Avec plaisir.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
    ]));

  test('that nobody asked for, in two messages', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ...ASKED_TO_ADD,
      ['résident', 'et ils ont cassé la porte du hall'],
      ...ASKED_TO_ADD,
      ['résident', 'euh'],
      ...ASKED_TO_ADD,
      ['résident', "Oui, l'ajouter"],
      ['robot', "C'est ajouté à votre signalement. Seuls les délégués peuvent le lire."],
      NEXT,
    ]));

  test('both messages are added, as one text', async () => {
    const chat = openChat();
    await play(chat, UNTIL_SHOWN);
    await chat.say('ils sont revenus hier soir avec le chien');
    await chat.say('et ils ont cassé la porte du hall');
    await chat.say("Oui, l'ajouter");
    expect(chat.reports.additions()).toEqual([
      'ils sont revenus hier soir avec le chien\net ils ont cassé la porte du hall',
    ]);
  });

  test('that nobody asked for, in two messages, with a restart between them', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'ils sont revenus hier soir avec le chien'],
      ...ASKED_TO_ADD,
      ['entre-temps', 'le serveur redémarre'],
      ['résident', 'et ils ont cassé la porte du hall'],
      ['robot', "Excusez-moi, je n'ai plus votre texte. Écrivez-le de nouveau."],
      ['boutons', 'Retour'],
    ]));

  test('about a danger under way: the numbers first, and it is added', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Ajouter une information'],
      ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
      ['boutons', 'Retour'],
      ['résident', 'ils sont en train de casser la porte', { danger: [2, 'intrusion'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Votre texte est ajouté à votre signalement.\nAvec plaisir.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
    ]));
});

describe('being told of answers', () => {
  test('in this conversation, and no more', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Être prévenu ici'],
      [
        'robot',
        "C'est noté : je vous préviens ici d'une réponse. Cette conversation est maintenant liée à votre signalement.",
      ],
      ['boutons', 'Ajouter une information · Ne plus être prévenu · Terminé'],
      ['résident', 'Ne plus être prévenu'],
      ['robot', "D'accord, je ne vous préviens plus. Cette conversation n'est plus liée à votre signalement."],
      NEXT,
      ['résident', 'Terminé'],
      ['robot', "D'accord. Gardez bien votre code."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
    ]));

  test('when the time is over: the code first', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['entre-temps', '12 minutes'],
      ['résident', 'Être prévenu ici'],
      ['robot', 'Le temps est passé. Par sécurité, donnez encore une fois votre code de suivi.'],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ...FOLLOW_UP,
    ]));
});
