import { describe, expect, test } from '@jest/globals';
import { ASKED_CATEGORY, MENU, SENT, UNTIL_RECAP, UNTIL_SHOWN, UNTIL_WHAT } from '../support/report-lines.js';
import { expectTranscript, type Line, openChat, play } from '../support/transcript.js';

const FULL: readonly Line[] = [
  ['robot', "Votre signalement est complet. Je ne peux plus rien y ajouter : votre dernier texte n'est pas gardé."],
  ['robot', "Voulez-vous l'envoyer comme il est ?"],
  ['boutons', 'Envoyer · Annuler'],
];
const ASKED_TO_WRITE: readonly Line[] = [
  ['robot', 'Écrivez votre information. Elle est scellée : seuls les délégués pourront la lire.'],
  ['boutons', 'Retour'],
];
const UNTIL_ADDING: readonly Line[] = [...UNTIL_SHOWN, ['résident', 'Ajouter une information'], ...ASKED_TO_WRITE];
const NUMBERS: readonly Line[] = [
  ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
  ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
  ['robot', 'Est-ce en train de se passer ?'],
  ['boutons', "Oui, maintenant · Non, c'est passé"],
];

describe('a draft that holds no more', () => {
  test('can be sent as it is', () =>
    expectTranscript({}, [
      ...UNTIL_RECAP,
      ['entre-temps', 'le signalement est plein'],
      ['résident', 'ils ont aussi cassé une vitre hier'],
      ...FULL,
      ['résident', 'et la porte du hall est cassée'],
      ...FULL,
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('in the middle', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', 'le signalement est plein'],
      ['résident', 'ils crient sous ma fenêtre'],
      ...FULL,
      ['résident', 'Annuler'],
      ['robot', "Voulez-vous effacer ce signalement ? Il n'est pas envoyé."],
      ['boutons', "Oui, l'effacer · Non, continuer"],
      ['résident', "Oui, l'effacer"],
      ['robot', "C'est fait. Votre signalement est effacé. Rien n'a été envoyé."],
      MENU,
    ]));

  test('a danger comes first all the same', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['entre-temps', 'le signalement est plein'],
      ['résident', 'ils sont en train de casser la porte du voisin', { danger: [2, 'intrusion'] }],
      ...NUMBERS,
    ]));
});

describe('what is added to a report', () => {
  test('that holds no more', () =>
    expectTranscript({}, [
      ...UNTIL_ADDING,
      ['entre-temps', 'le signalement est plein'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "Votre signalement est complet. Je ne peux plus rien y ajouter : votre texte n'est pas gardé."],
      ['robot', 'Vous pouvez faire un nouveau signalement, ou parler à un délégué.'],
      ['boutons', 'Faire un signalement · Parler à un délégué'],
    ]));

  test('that nobody can read now', () =>
    expectTranscript({}, [
      ...UNTIL_ADDING,
      ['entre-temps', 'plus personne ne peut lire'],
      ['résident', 'le chien est un berger noir'],
      ['robot', "Aucun délégué ne peut lire votre texte pour le moment. Il n'est pas ajouté."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Suivre un signalement · Parler à un délégué · Voir l'adresse"],
    ]));

  test('that is erased', () =>
    expectTranscript({}, [
      ...UNTIL_ADDING,
      ['entre-temps', 'le signalement est effacé'],
      ['résident', 'le chien est un berger noir'],
      ['robot', 'Ce signalement est effacé : je ne peux plus rien y changer.'],
      ['boutons', 'Faire un signalement · Parler à un délégué'],
    ]));

  test('is not held any longer', async () => {
    const chat = openChat();
    await play(chat, UNTIL_SHOWN);
    await chat.say('ils sont revenus hier soir avec le chien');
    chat.reports.isFull = true;
    await chat.say("Oui, l'ajouter");
    chat.reports.isFull = false;
    await chat.say('Faire un signalement');
    expect(await chat.say('Commencer')).toEqual([
      ['robot', "J'ai six questions. Vous pouvez toujours écrire « retour » ou « annuler »."],
      ...ASKED_CATEGORY,
    ]);
  });

  test('a danger comes first all the same', () =>
    expectTranscript({}, [
      ...UNTIL_ADDING,
      ['entre-temps', 'le signalement est plein'],
      ['résident', 'ils sont en train de casser la porte', { danger: [2, 'intrusion'] }],
      ...NUMBERS,
    ]));
});

test('nobody is told of answers to a report that is erased', () =>
  expectTranscript({}, [
    ...UNTIL_SHOWN,
    ['entre-temps', 'le signalement est effacé'],
    ['résident', 'Être prévenu ici'],
    ['robot', 'Ce signalement est effacé : je ne peux plus rien y changer.'],
    ['boutons', 'Faire un signalement · Parler à un délégué'],
  ]));
