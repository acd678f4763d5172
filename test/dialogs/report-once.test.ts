import { describe, test } from '@jest/globals';
import {
  ASKED_CODE,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  FOLLOW_UP,
  MENU,
  prefaced,
  READ_BACK,
  SENT,
  UNTIL_SHOWN,
  UNTIL_WHAT,
} from '../support/report-lines.js';
import { expectTranscript, type Line } from '../support/transcript.js';

const NUMBERS: readonly Line[] = [
  ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
  ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
  ['robot', 'Est-ce en train de se passer ?'],
  ['boutons', "Oui, maintenant · Non, c'est passé"],
];
const AT_REST: readonly Line[] = [
  ['résident', 'ok'],
  ['robot', "D'accord. Que voulez-vous savoir ?"],
  MENU,
  ['résident', 'blabla'],
  ['robot', "Je n'ai pas compris."],
  ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
  MENU,
];

describe('a report that is gone back to from a question in its middle is there once', () => {
  test('after a danger', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'ils sont en train de casser la porte du voisin', { danger: [2, 'intrusion'] }],
      ...NUMBERS,
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_MORE),
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      [
        'robot',
        'Étape 7 sur 7. Voici votre signalement :\n• Sujet : Bruit, nuisances\n• Lieu : Cassin\n• Quand : lundi 23 novembre (« hier »)\n• Faits : ils sont en train de casser la porte du voisin\n• En plus : pas de réponse\n• Contact : anonyme',
      ],
      ...READ_BACK.slice(1),
      ['résident', 'Envoyer'],
      ...SENT,
      ...AT_REST,
    ]));

  test('after a question that asks something itself', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'une adresse mail pour vous écrire ?', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'reprendre'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHAT),
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...READ_BACK,
      ['résident', 'Envoyer'],
      ...SENT,
      ...AT_REST,
    ]));
});

test('so is the follow-up of one', () =>
  expectTranscript({}, [
    ...UNTIL_SHOWN,
    ['résident', 'ils sont en train de casser la porte du voisin', { danger: [2, 'intrusion'] }],
    ...NUMBERS,
    ['résident', 'Suivre un signalement'],
    ...ASKED_CODE,
    ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
    ...FOLLOW_UP,
    ['résident', 'Terminé'],
    ['robot', "D'accord. Gardez bien votre code."],
    ['robot', 'Que voulez-vous savoir ?'],
    MENU,
    ['résident', 'Terminé'],
    ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
    MENU,
  ]));
